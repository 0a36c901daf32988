"""Builders of CAP files: the least that a message needs, and what hostile ones bring."""

from __future__ import annotations

from datetime import datetime, timedelta

from resources.localtime import local
from tests.builders import NIGHT, SHARED

REAL = SHARED / "cap"
HEADLINE = "云川新区气象台发布暴雨橙色预警"
SQUARE = "34.40,108.70 34.40,108.80 34.50,108.80 34.50,108.70 34.40,108.70"
SENT = NIGHT - timedelta(minutes=5)


def moment(at: datetime) -> str:
    return local(at).isoformat(timespec="seconds")


def an_info(*, language: str = "zh-CN", event: str = "暴雨", severity: str = "Severe",
            headline: str = HEADLINE, text: str = "预计未来 6 小时降雨 50 毫米以上。",
            sender_name: str = "云川新区气象台", expires: datetime | None = None,
            area: str = "石渠镇", shape: str = "", more: str = "") -> str:
    ends = f"<expires>{moment(expires)}</expires>" if expires else ""
    return f"""<info><language>{language}</language><category>Met</category>
<event>{event}</event><urgency>Expected</urgency><severity>{severity}</severity>
<certainty>Likely</certainty>{ends}<senderName>{sender_name}</senderName>
<headline>{headline}</headline><description>{text}</description>{more}
<area><areaDesc>{area}</areaDesc>{shape}</area></info>"""


def an_alert(*infos: str, identifier: str = "A-1", sender: str = "wx@example.org",
             sent: datetime = SENT, status: str = "Actual", kind: str = "Alert", refs: str = "",
             head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> bytes:
    named = f"<references>{refs}</references>" if refs else ""
    return f"""{head}<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>{identifier}</identifier><sender>{sender}</sender><sent>{moment(sent)}</sent>
<status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>{named}
{"".join(infos) if infos else an_info()}
</alert>""".encode()
