"""What is written holds the schema of CAP 1.2."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.store import Store
from dispatch.cap.reading import read_alert
from dispatch.cap.taking import take_alert
from dispatch.cap.writing import cap_bytes, outgoing
from dispatch.warnings import extend_warning, issue_warning, lift_warning
from tests.builders import NIGHT, an_officer, clock_of
from tests.dispatch.cap.builders import REAL, SQUARE, an_alert, an_info
from tests.dispatch.cap.schema import faults

XSD = REAL / "CAP-v1.2.xsd"
BY = an_officer()


@pytest.mark.skipif(not XSD.is_file(), reason="the shared schema is not here")
def test_every_turn_of_a_warning_holds_the_schema(store: Store) -> None:
    assert faults(XSD, (REAL / "example2.xml").read_bytes()) == []
    assert faults(XSD, (REAL / "example2.xml").read_bytes().replace(b"Severe<", b"Bad<")) != []
    came = take_alert(store, read_alert(an_alert(an_info(
        shape=f"<polygon>{SQUARE}</polygon>"))), by=BY).new[0]
    bare = issue_warning(store, "溃坝", 4, "区水利局", by=BY)
    for id_ in (came.id, bare.id):
        assert faults(XSD, cap_bytes(outgoing(store, id_))) == []
        clock_of(store).move(timedelta(minutes=1))
        extend_warning(store, id_, NIGHT + timedelta(days=1), by=BY)
        assert faults(XSD, cap_bytes(outgoing(store, id_))) == []
        lift_warning(store, id_, by=BY)
        assert faults(XSD, cap_bytes(outgoing(store, id_))) == []


def test_a_warning_that_came_as_a_file_names_it_and_keeps_its_outline(store: Store) -> None:
    came = take_alert(store, read_alert(an_alert(an_info(
        shape=f"<polygon>{SQUARE}</polygon>"))), by=BY).new[0]
    text = cap_bytes(outgoing(store, came.id)).decode()
    assert "<source>wx@example.org,A-1,2026-11-23T21:42:03+08:00</source>" in text
    assert "34.400000,108.700000" in text
    order = ["identifier", "sender", "sent", "status", "msgType", "source", "scope", "info",
             "language", "category", "event", "urgency", "severity", "certainty", "effective",
             "senderName", "headline", "description", "parameter", "area", "areaDesc", "polygon"]
    places = [text.index(f"<{name}>") for name in order]
    assert places == sorted(places)
