"""Meaning 解读: a CAP message as warnings of the desk: kind, colour, issuer, text; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.words import t
from dispatch.cap.message import Alert, Info, MsgType
from dispatch.cap.outlines import Rings
from dispatch.warnings import Facts
from resources.localtime import moment_text

NAMED = re.compile(r"((?:(?![红橙黄蓝]色)[^\W\d_]){0,30})([红橙黄蓝])色")
BEFORE_KIND = re.compile("变更为?|[升降]级为|发布|更新|确认|解除|撤销|取消|气象[台局]|中心|将")
"""`…气象台发布大风蓝色预警[IV级/一般]`: what stands between these and the colour is the kind."""

CODE = re.compile(r"\d{2}[A-Z]\d{2}")
HAN = re.compile("[\u4e00-\u9fff]")
LIFTED = re.compile("解除|撤销|取消")
LONGEST_KIND, LONGEST_AREA, LONGEST_TEXT = 40, 200, 3000
AHEAD = timedelta(minutes=2)
OLD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Draft:
    """One warning as a message says it; colour 0 where it says none that is known.

    `basis` says in words where the colour comes from; `remarks` what had to be changed.
    """

    facts: Facts
    rings: Rings
    basis: str
    remarks: tuple[str, ...] = ()


def chosen_infos(alert: Alert) -> tuple[Info, ...]:
    """The info parts in the best language there is: Chinese, else English, else the first's."""
    for wanted in ("zh", "en", *(i.language.lower() for i in alert.infos[:1])):
        found = tuple(i for i in alert.infos if i.language.lower().startswith(wanted))
        if found:
            return found
    return ()


def lifts(alert: Alert) -> bool:
    """Whether it ends the warnings it names: a Cancel, or an Update that gives the all-clear."""
    infos = chosen_infos(alert)
    return alert.msg_type is MsgType.CANCEL or (alert.msg_type is MsgType.UPDATE and bool(infos) and
                                                all(_clear(i) for i in infos))


def _clear(info: Info) -> bool:
    return info.all_clear or bool(LIFTED.search(info.headline))


def drafts(alert: Alert, now: datetime, colors: Mapping[str, int],
           kinds: Mapping[str, str]) -> tuple[Draft, ...]:
    """Each info part as a warning; `colors` and `kinds` come from their rules."""
    return tuple(_draft(alert, info, now, colors, kinds) for info in chosen_infos(alert))


def _draft(alert: Alert, info: Info, now: datetime, colors: Mapping[str, int],
           kinds: Mapping[str, str]) -> Draft:
    color, basis = color_of(info, colors)
    text, cut = _text(info)
    facts = Facts(kind_of(info, kinds), color, issuer_of(alert, info), area_of(info), text,
                  min(alert.sent, now), info.expires)
    remarks = (t("Its text is longer than {n} characters and is shortened.", n=LONGEST_TEXT),)
    return Draft(facts, tuple(r for a in info.areas for r in a.rings), basis,
                 remarks if cut else ())


def remarks_of(alert: Alert, now: datetime) -> tuple[str, ...]:
    """What a person should know of a message as a whole before it is kept."""
    if alert.sent > now + AHEAD:
        return (t("It was sent at {time}, later than it is here: look at both clocks.",
                  time=moment_text(alert.sent, year=True)), *alert.flaws)
    if now - alert.sent > OLD:
        return (t("It was sent {n} days ago.", n=(now - alert.sent).days), *alert.flaws)
    return alert.flaws


def named(words: str) -> tuple[str, str]:
    """The last kind and colour that a headline names, each empty where it does not."""
    found = NAMED.findall(words)
    return (BEFORE_KIND.split(found[-1][0])[-1], found[-1][1]) if found else ("", "")


def color_of(info: Info, colors: Mapping[str, int]) -> tuple[int, str]:
    """The level 1 red to 4 blue and its basis in words; 0 where nothing known is said."""
    for place, words in ((t("cap|headline"), info.headline), (t("cap|event"), info.event)):
        if (color := named(words)[1]) in colors:
            return colors[color], t("from the {place}", place=place)
    for value in info.values:
        plain = value.strip().lower().removesuffix("色")
        if plain in colors:
            said = t("cap|parameter {value}", value=value[:20])
            return colors[plain], t("from the {place}", place=said)
    if (level := colors.get(info.severity.strip().lower())) is not None:
        return level, t("by the severity {severity}", severity=info.severity[:20])
    return 0, t("not said")


def kind_of(info: Info, kinds: Mapping[str, str]) -> str:
    """What the warning is about: the event's words, the headline's, or those of its code."""
    for words in (info.event, info.headline):
        if kind := named(words)[0]:
            return kind
    codes = [c for c in (info.event, *info.codes) if c in kinds]
    if codes:
        return kinds[codes[0]]
    words = "" if CODE.fullmatch(info.event) else info.event
    return (words or info.headline or next(iter(info.codes), ""))[:LONGEST_KIND]


def issuer_of(alert: Alert, info: Info) -> str:
    """The unit that sent it: a sender in Chinese is its name, elsewhere it is an address."""
    named = alert.sender if HAN.search(alert.sender) else info.sender_name or alert.sender
    return named[:LONGEST_AREA]


def area_of(info: Info) -> str:
    """The areas' words, each once."""
    parts = [p.strip() for a in info.areas for p in re.split("[,，、;；]", a.words)]
    words = "、".join(dict.fromkeys(p for p in parts if p))
    return words if len(words) <= LONGEST_AREA else words[:LONGEST_AREA - 1] + "…"


def _text(info: Info) -> tuple[str, bool]:
    """The words of the warning, and whether they had to be shortened."""
    begins = (t("Expected from {time}.", time=moment_text(info.onset, year=True))
              if info.onset else "")
    words = "\n".join(p for p in (info.description or info.headline, begins, info.instruction)
                      if p)
    return words[:LONGEST_TEXT], len(words) > LONGEST_TEXT
