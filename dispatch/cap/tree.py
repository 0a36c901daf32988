"""The tree of a CAP file: XML from outside becomes elements that know their line; pure.

Document types, entities, giant, deep and crowded files are refused before they cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from db.errors import Refused

LARGEST = 4 * 2**20
"""Bytes; a message with a picture inside is still smaller."""

MOST_ELEMENTS, DEEPEST = 20_000, 16
DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_\-]{1,40})[\"']")
HAN = ("gb2312", "gbk", "gb18030", "gb-18030", "cp936", "gb_2312-80")
"""Encodings that the XML reader itself does not know."""


class Node:
    """An element whose children are asked for by their plain names."""

    def __init__(self, element: Element, lines: dict[Element, int]) -> None:
        self._element, self._lines = element, lines
        self.space, _, self.name = element.tag.rpartition("}")

    @property
    def line(self) -> int:
        return self._lines[self._element]

    @property
    def text(self) -> str:
        return (self._element.text or "").strip()

    def all(self, name: str) -> Iterator[Node]:
        """The children of a name, in their order."""
        for child in self._element:
            if child.tag.rpartition("}")[2] == name:
                yield Node(child, self._lines)

    def first(self, name: str) -> str:
        """The text of the first child of a name that has any; empty where there is none."""
        return next((one.text for one in self.all(name) if one.text), "")


class _Builder(TreeBuilder):
    """Builds the tree, counts, and notes the line of each element."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Element, int] = {}
        self.depth = 0
        self.reader: Any = None

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        if self.depth > DEEPEST or len(self.lines) >= MOST_ELEMENTS:
            raise Refused("Line {line}: this is no CAP message: it holds more than {most} elements"
                          " or nests deeper than {deep}.", field="file", line=self._line,
                          most=MOST_ELEMENTS, deep=DEEPEST)
        made = super().start(tag, attrs)
        self.lines[made] = self._line
        return made

    @property
    def _line(self) -> int:
        return int(self.reader.CurrentLineNumber)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def read_tree(data: bytes) -> Node:
    """The root element of an XML text.

    Raises:
        Refused: empty, too large, no XML, a document type or entities; says where.
    """
    if len(data) > LARGEST:
        raise Refused("The file is larger than {most} MB: no warning is. Choose another file.",
                      field="file", most=LARGEST // 2**20)
    if not data.strip():
        raise Refused("The file is empty.", field="file")
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.reader = parser.parser
    try:
        parser.feed(_decoded(data))
        return Node(parser.close(), builder.lines)
    except DefusedXmlException as error:
        raise Refused("Line {line}: the file declares a document type or entities, as attacks do."
                      " It was not opened.", field="file",
                      line=parser.parser.CurrentLineNumber) from error
    except ParseError as error:
        raise Refused("This is no XML file that can be read: it breaks at line {line}, column"
                      " {column}.", field="file", line=error.position[0],
                      column=error.position[1] + 1) from error
    except (LookupError, ValueError) as error:
        raise Refused("This is no XML file that can be read: its encoding is not the one that it"
                      " names, or not known.", field="file") from error


def _decoded(data: bytes) -> str | bytes:
    """The text itself where it is in GB 2312, GBK or GB 18030, else the bytes as they are."""
    found = DECLARED.match(data)
    if found is None or found[1].decode("ascii").lower() not in HAN:
        return data
    return data.decode("gb18030").lstrip()
