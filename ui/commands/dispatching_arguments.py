"""Arguments of the commands that send forces and goods to an event."""

from __future__ import annotations

from typing import Any

from db.words import mark, t
from ui.commands.verbs import add_officer, add_verb, lazy


def add(commands: Any) -> None:
    """`dispatch`, `stage`, `check-in`, `response` and `sent`."""
    send = add_verb(commands, "dispatch", lazy("dispatching", "dispatch"),
                    mark("propose forces for an event, or order them"))
    send.add_argument("event", metavar="NO", help=t("number of the event"))
    send.add_argument("--force", action="append", default=[], metavar="NAME",
                      help=t("a force to order; may be repeated"))
    send.add_argument("--take", action="store_true", help=t("order what is proposed"))
    send.add_argument("--minutes", type=int, default=None, help=t("promised minutes"))
    send.add_argument("--text", default="", help=t("text of the order"))
    send.add_argument("--reinforces", default="", metavar="ORDER",
                      help=t("number of the order that is reinforced"))
    send.add_argument("--also-out", action="store_true",
                      help=t("even if it is out elsewhere"))
    add_officer(send)
    stamp = add_verb(commands, "stage", lazy("dispatching", "stage"),
                     mark("stamp a stage of an order, or correct one"))
    stamp.add_argument("order", metavar="ORDER", help=t("number of the order"))
    stamp.add_argument("stage", nargs="?", default="", metavar="STAGE", choices=["", *_stages()],
                       help=t("one of: {kinds}", kinds=", ".join(_stages())))
    for name in ("at", "said-by", "place", "note", "reason"):
        stamp.add_argument(f"--{name}", default="")
    stamp.add_argument("--way", default="phone")
    for name in ("people", "vehicles"):
        stamp.add_argument(f"--{name}", type=int, default=None)
    for name in ("came", "left"):
        stamp.add_argument(f"--{name}", type=int, default=0)
    stamp.add_argument("--strike", action="store_true", help=t("strike this stage's time"))
    add_officer(stamp)
    asked = add_verb(commands, "check-in", lazy("dispatching", "check"),
                     mark("note a safety check-in, or list who is asked"))
    asked.add_argument("order", nargs="?", default="", metavar="ORDER",
                       help=t("number of the order"))
    asked.add_argument("--people", type=int, default=None)
    asked.add_argument("--trouble", default="", help=t("what is wrong with them"))
    asked.add_argument("--said-by", default="")
    add_officer(asked)
    answer = add_verb(commands, "response", lazy("dispatching", "response"),
                      mark("start, adjust or end the response to an event"))
    answer.add_argument("event", metavar="NO", help=t("number of the event"))
    answer.add_argument("--level", type=int, default=0)
    answer.add_argument("--end", action="store_true")
    for name in ("measures", "expected", "approver", "reason"):
        answer.add_argument(f"--{name}", default="")
    add_officer(answer)
    sent = add_verb(commands, "sent", lazy("dispatching", "goods"),
                    mark("list what an event got besides forces, or take it back"))
    sent.add_argument("event", metavar="NO", help=t("number of the event"))
    sent.add_argument("--back", default="", metavar="SLIP")
    sent.add_argument("--quantity", type=float, default=0)
    sent.add_argument("--condition", default="")
    add_officer(sent)


def _stages() -> list[str]:
    from dispatch.terms import Stage

    return [stage.value for stage in Stage if stage is not Stage.ORDERED]
