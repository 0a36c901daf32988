"""Quick texts 常用语: sentences that are typed every night, by their number."""

from __future__ import annotations

import json
from collections.abc import Iterable

from db.errors import Refused
from db.store import Store
from resources.people import DESK, Officer, allowed
from resources.settings import setting

NAME = "quick_texts"
MOST = 9
"""As many as there are number keys."""
LONGEST = 200
USUAL = ("请确认具体地点和人员伤亡情况，随时续报。", "已通知带班领导，请按预案立即组织处置。",
         "请现场负责人保持电话畅通，每 30 分钟报告一次。", "已复诵确认，值班员记录无误。",
         "经回拨核实，情况属实。", "经核实，未造成人员伤亡。", "现场已设置警戒，正在疏散周边群众。",
         "险情已排除，力量陆续返回。", "值班电话、传真、视频测试正常。")
"""What a new district begins with; it is the district's own text, so it is not translated."""


def quick_texts(store: Store) -> list[str]:
    """The texts in the order of their number keys, at most nine."""
    kept = setting(store, NAME)
    try:
        found = json.loads(kept) if kept else list(USUAL)
    except ValueError:
        return list(USUAL)
    return [str(text) for text in found][:MOST]


@allowed(*DESK)
def put_quick_texts(store: Store, texts: Iterable[str], *, by: Officer) -> list[str]:
    """Keep the list; empty lines are left out.

    Raises:
        Refused: more than nine, or one that is longer than 200 characters.
    """
    kept = [text.strip() for text in texts if text.strip()]
    if len(kept) > MOST:
        raise Refused("There are {most} number keys, so {most} quick texts at most; these are"
                      " {n}.", field="texts", most=MOST, n=len(kept))
    long = next((n for n, text in enumerate(kept, 1) if len(text) > LONGEST), 0)
    if long:
        raise Refused("Quick text {n} is longer than {most} characters.", field="texts", n=long,
                      most=LONGEST)
    value = json.dumps(kept, ensure_ascii=False)
    row = store.one("select id from setting where name = :name", name=NAME)
    with store.change("quick_texts.put", by) as tx:
        if row:
            tx.update("setting", row["id"], value=value)
        else:
            tx.insert("setting", {"name": NAME, "value": value})
    return kept
