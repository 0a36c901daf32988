"""Arguments of the commands that send forces and goods to an event."""

from __future__ import annotations

from typing import Any

from db.words import mark, t
from ui.commands.verbs import add_officer, add_verb, lazy

STAMP = {"at": mark("when it happened: 21:47 or 2026-11-23 21:47"),
         "said-by": mark("who said it"), "place": mark("where the force is"),
         "note": mark("a note"), "reason": mark("why it is entered late, or corrected")}
COUNTS = {"people": mark("how many people"), "vehicles": mark("how many vehicles")}
MORE = {"came": mark("how many more people came to the scene"),
        "left": mark("how many people left the scene")}
RESPONSE = {"measures": mark("the measures taken"), "expected": mark("how it is likely to go on"),
            "approver": mark("who approved it"), "reason": mark("the reason")}


def add(commands: Any) -> None:
    """`dispatch`, `stage`, `check-in`, `response` and `sent`."""
    for command in (_dispatch, _stage, _check_in, _response, _sent):
        command(commands)


def _dispatch(commands: Any) -> None:
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


def _stage(commands: Any) -> None:
    stamp = add_verb(commands, "stage", lazy("dispatching", "stage"),
                     mark("stamp a stage of an order, or correct one"))
    stamp.add_argument("order", metavar="ORDER", help=t("number of the order"))
    stamp.add_argument("stage", nargs="?", default="", metavar="STAGE", choices=["", *_stages()],
                       help=t("one of: {kinds}", kinds=", ".join(_stages())))
    for name, says in STAMP.items():
        stamp.add_argument(f"--{name}", default="", metavar="WORDS", help=t(says))
    stamp.add_argument("--way", default="phone", choices=_ways(), metavar="WAY",
                       help=t("how it was said: {ways}", ways=", ".join(_ways())))
    for name, says in COUNTS.items():
        stamp.add_argument(f"--{name}", type=int, default=None, metavar="N", help=t(says))
    for name, says in MORE.items():
        stamp.add_argument(f"--{name}", type=int, default=0, metavar="N", help=t(says))
    stamp.add_argument("--strike", action="store_true", help=t("strike this stage's time"))
    add_officer(stamp)


def _check_in(commands: Any) -> None:
    asked = add_verb(commands, "check-in", lazy("dispatching", "check"),
                     mark("note a safety check-in, or list who is asked"))
    asked.add_argument("order", nargs="?", default="", metavar="ORDER",
                       help=t("number of the order"))
    asked.add_argument("--people", type=int, default=None, metavar="N",
                       help=t(COUNTS["people"]))
    asked.add_argument("--trouble", default="", help=t("what is wrong with them"))
    asked.add_argument("--said-by", default="", metavar="WORDS", help=t(STAMP["said-by"]))
    add_officer(asked)


def _response(commands: Any) -> None:
    answer = add_verb(commands, "response", lazy("dispatching", "response"),
                      mark("start, adjust or end the response to an event"))
    answer.add_argument("event", metavar="NO", help=t("number of the event"))
    answer.add_argument("--level", type=int, default=0, metavar="N",
                        help=t("the level, 1 to 4"))
    answer.add_argument("--end", action="store_true", help=t("end the response"))
    for name, says in RESPONSE.items():
        answer.add_argument(f"--{name}", default="", metavar="WORDS", help=t(says))
    add_officer(answer)


def _sent(commands: Any) -> None:
    sent = add_verb(commands, "sent", lazy("dispatching", "goods"),
                    mark("list what an event got besides forces, or take it back"))
    sent.add_argument("event", metavar="NO", help=t("number of the event"))
    sent.add_argument("--back", default="", metavar="SLIP",
                      help=t("number of the slip that is taken back"))
    sent.add_argument("--quantity", type=float, default=0, metavar="N",
                      help=t("how many come back; else all"))
    sent.add_argument("--condition", default="", metavar="WORDS",
                      help=t("in what condition it came back"))
    add_officer(sent)


def _ways() -> list[str]:
    from dispatch.terms import Way

    return [way.value for way in Way]


def _stages() -> list[str]:
    from dispatch.terms import Stage

    return [stage.value for stage in Stage if stage is not Stage.ORDERED]
