"""Bulletins 值班快报 and 值班要情 on paper: masthead, issue and day, the parts, who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from db.words import t
from dispatch.printouts import official
from dispatch.printouts.phrases import NUMERALS, full_time
from dispatch.printouts.sheet import BEIJING, Align, Prose, Section, Sheet


@dataclass(frozen=True, slots=True)
class BulletinFacts:
    """Everything on a bulletin. `issue` is the number of the year 第×期; `parts` are title and
    text in their order; `sent_to` 呈报, `copied_to` 抄送, `checked_by` 核稿, `signed_by` 签发."""

    number: str
    org: str
    masthead: str
    issue: int
    made_at: datetime
    parts: tuple[tuple[str, str], ...]
    subject: str = ""
    lead: str = ""
    sent_to: str = ""
    copied_to: str = ""
    checked_by: str = ""
    signed_by: str = ""
    compiled_by: str = ""
    one_page: bool = False
    drill: bool = False
    zone: tzinfo = BEIJING


def bulletin_sheet(facts: BulletinFacts) -> Sheet:
    size, leading = (12.0, 20.0) if facts.one_page else (official.BODY, official.LEADING)
    opening = [Prose(t("paper|Issue {n}", n=facts.issue), 14, 22, align=Align.CENTRE),
               Prose(f"{facts.org}\u3000\u3000{full_time(facts.made_at, facts.zone)}", 12, 20,
                     align=Align.CENTRE)]
    if facts.subject:
        opening.append(Prose(facts.subject, 16, 26, align=Align.CENTRE, before=6))
    if facts.lead:
        opening.append(Prose(facts.lead, size, leading, 2, before=6))
    return Sheet(
        title=facts.masthead,
        org=facts.org,
        number=facts.number,
        made_at=facts.made_at,
        sections=(Section("", tuple(opening)), *_parts(facts, size, leading), _foot(facts)),
        watermark=t("paper|DRILL") if facts.drill else "",
        margins=official.MARGINS,
        official=True,
    )


def _parts(facts: BulletinFacts, size: float, leading: float) -> tuple[Section, ...]:
    if not facts.one_page:
        return official.numbered_parts(facts.parts)
    return tuple(Section(t("paper|{n}. {heading}", n=t(NUMERALS[at]),
                           heading=title), tuple(
        Prose(line.strip(), size, leading, 2) for line in (text or t("paper|None.")).splitlines()
        if line.strip())) for at, (title, text) in enumerate(facts.parts))


def _foot(facts: BulletinFacts) -> Section:
    rows = ((t("paper|Reported to: {names}", names=facts.sent_to), facts.sent_to),
            (t("paper|Copies to: {names}", names=facts.copied_to), facts.copied_to))
    prose = [Prose(words, 12, 20, before=0 if at else 14) for at, (words, there) in enumerate(rows)
             if there]
    names = "\u3000\u3000".join((
        t("paper|Compiled by: {name}", name=facts.compiled_by or "\u3000" * 4),
        t("paper|Checked by: {name}", name=facts.checked_by or "\u3000" * 4),
        t("paper|Issued by: {name}", name=facts.signed_by or "\u3000" * 4)))
    return Section("", (*prose, Prose(names, 12, 20, before=8)), keep=True)
