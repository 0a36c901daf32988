"""Field groups 字段分组: under which heading of a form or card a field stands."""

from __future__ import annotations

from collections.abc import Iterable

from db.words import mark
from resources.fields import Field

GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (mark("group|Place"), frozenset(("town", "address", "lon", "lat", "src_crs", "covers",
                                     "muster_point", "radius_m"))),
    (mark("group|Contact and radio"), frozenset((
        "leader", "deputy", "duty_phone", "spare_phone", "call_sign", "channel", "terminal",
        "keeper", "phone", "phones", "contact", "contact_post", "principal", "key_holder", "on_net",
        "net_since", "watcher", "watcher_phone", "city"))),
    (mark("group|Strength and capability"), frozenset((
        "people", "ready_people", "vehicles", "certified", "capabilities", "gear", "grades",
        "promised_minutes", "arrive_minutes", "performance", "energy", "area_m2", "per_person_m2",
        "capacity", "occupants", "facilities", "field", "hazards"))),
    (mark("group|Stock limits"), frozenset(("min_stock", "max_stock", "safe_stock"))),
    (mark("group|Dates and papers"), frozenset((
        "bought_on", "inspected_on", "inspect_due", "test_due", "insured_until", "agreement",
        "hired_from", "hired_until", "avoids", "consulted", "signed_by", "issued_on", "filed_with",
        "filed_on", "file_number", "evaluated_on", "evaluate_due", "plan", "patrol",
        "patrolled_on", "cards"))),
    (mark("group|Danger"), frozenset((
        "substance", "amount", "threatened", "households", "property", "triggers", "scale",
        "danger", "monitored", "video"))),
    (mark("group|Keeping"), frozenset(("owner", "next_verify_due", "note"))))
FIRST = mark("group|What it is")


def grouped(fields: Iterable[Field]) -> list[tuple[str, list[Field]]]:
    """The fields under their headings, in the order of the groups; empty groups are left out."""
    heads = {name: head for head, names in GROUPS for name in names}
    found: dict[str, list[Field]] = {FIRST: [], **{head: [] for head, _ in GROUPS}}
    for field in fields:
        found[heads.get(field.name, FIRST)].append(field)
    order = [FIRST, *(head for head, _ in GROUPS[1:5]), GROUPS[5][0], GROUPS[0][0], GROUPS[6][0]]
    return [(head, found[head]) for head in order if found[head]]
