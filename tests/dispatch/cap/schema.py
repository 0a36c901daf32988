"""The part of XML Schema that CAP uses: sequences with counts, enumerations and patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

XS = "{http://www.w3.org/2001/XMLSchema}"


def faults(schema: Path, data: bytes) -> list[str]:
    """Where a file leaves the schema's order, counts or values."""
    found = fromstring(schema.read_bytes())
    tops = {one.get("name"): one for one in found.findall(f"{XS}element")}
    space = found.get("targetNamespace")
    root = fromstring(data)
    if root.tag != f"{{{space}}}alert":
        return [root.tag]
    return list(_faults(tops["alert"], root, tops, f"{{{space}}}"))


def _faults(rule: Element, node: Element, tops: dict[str | None, Element], space: str
            ) -> Iterator[str]:
    sequence = rule.find(f"{XS}complexType/{XS}sequence")
    if sequence is None:
        yield from _value_faults(rule, node)
        return
    waiting = list(node)
    for part in sequence:
        if part.tag != f"{XS}element":
            continue
        inner = tops[part.get("ref", "").partition(":")[2]] if part.get("ref") else part
        taken = 0
        while waiting and waiting[0].tag == space + str(inner.get("name")):
            yield from _faults(inner, waiting.pop(0), tops, space)
            taken += 1
        most = part.get("maxOccurs", "1")
        if taken < int(part.get("minOccurs", "1")) or (most != "unbounded" and taken > int(most)):
            yield f"{inner.get('name')} × {taken} in {node.tag}"
    yield from (f"{one.tag} is out of order" for one in waiting)


def _value_faults(rule: Element, node: Element) -> Iterator[str]:
    text = node.text or ""
    values = [one.get("value") for one in rule.iter(f"{XS}enumeration")]
    if values and text not in values:
        yield f"{node.tag}: {text}"
    for pattern in rule.iter(f"{XS}pattern"):
        if not re.fullmatch(str(pattern.get("value")), text):
            yield f"{node.tag}: {text}"
