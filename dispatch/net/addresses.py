"""Addresses 服务地址: a channel, its secret and whom to reach as the library's own address. Pure.

Every message carries a key (`callout number - place`) that a gateway or a person can tell a
repeated message by: as the field `key` of a web hook, as the header `X-Watchdesk-Key` of both
hooks and mail. The program itself never sends a message again that may have got out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from db.errors import Refused
from dispatch.net.channels import Channel
from dispatch.net.terms import ChannelKind
from resources.net import Contact

KEY_HEADER = "X-Watchdesk-Key"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it goes out: to whom, what, and the key it can be told by."""

    addresses: tuple[str, ...]
    title: str
    text: str
    key: str


def address_for(channel: Channel, contact: Contact) -> str:
    """What a channel needs of a contact; empty when the contact cannot be reached by it. Pure."""
    if channel.kind is ChannelKind.MAIL:
        return contact.mail
    return contact.phone


def service_url(channel: Channel, secret: str, letter: Letter, seconds: float) -> str:
    """The library's address of a letter.

    Raises:
        Refused: the channel has no secret and needs one.
    """
    match channel.kind:
        case ChannelKind.MAIL:
            return _mail(channel, secret, letter, seconds)
        case ChannelKind.SMS | ChannelKind.HOOK:
            return _http(channel, secret, letter, seconds)
        case ChannelKind.OTHER:
            url = _needed(channel, secret)
            return url.replace("{phone}", quote(",".join(letter.addresses), safe=","))
        case ChannelKind.DINGTALK:
            token, _, sign = _needed(channel, secret).partition(" ")
            who = "/".join(quote(a.replace("-", ""), safe="") for a in letter.addresses)
            head = f"{quote(sign, safe='')}@" if sign else ""
            return f"dingtalk://{head}{quote(token, safe='')}/{who}?{_waits(seconds)}"
        case ChannelKind.WECOM:
            return f"wecombot://{quote(_needed(channel, secret), safe='')}?{_waits(seconds)}"
        case ChannelKind.FEISHU:
            return f"feishu://{quote(_needed(channel, secret), safe='')}/?{_waits(seconds)}"
        case _:
            return ""


def _needed(channel: Channel, secret: str) -> str:
    if not secret.strip():
        raise Refused("The channel {name} has no token in the keyring. Enter it in the channel's"
                      " form.", field="secret", name=channel.name)
    return secret.strip()


def _waits(seconds: float) -> str:
    return urlencode({"rto": f"{seconds:.1f}", "cto": f"{min(seconds, 10):.1f}"})


def _mail(channel: Channel, secret: str, letter: Letter, seconds: float) -> str:
    """`smtps://` before the host asks for an encrypted connection; else it is a plain one."""
    scheme, _, host = channel.address.rpartition("://")
    secure = scheme.lower() == "smtps"
    user = channel.user or ""
    login = f"{quote(user, safe='')}:{quote(secret, safe='')}@" if user and secret else ""
    asked = {"smtp": host.partition(":")[0], "from": channel.sender,
             "to": ",".join(letter.addresses), "mode": "ssl" if secure else "insecure",
             "format": "text", f"+{KEY_HEADER}": letter.key}
    return f"{'mailtos' if secure else 'mailto'}://{login}{host}/?{urlencode(asked)}" \
           f"&{_waits(seconds)}"


def _http(channel: Channel, secret: str, letter: Letter, seconds: float) -> str:
    """A gateway takes a form, a hook takes JSON; `options` rename the fields."""
    parts, options = urlsplit(channel.address), dict(channel.options or {})
    form = channel.kind is ChannelKind.SMS
    scheme = ("form" if form else "json") + ("s" if parts.scheme.lower() == "https" else "")
    fields = {options.pop("phone", "phone"): ",".join(letter.addresses),
              options.pop("key", "key"): letter.key}
    renamed = {"message": options.pop("text", ""), "title": options.pop("title", "")}
    asked = {f":{k}": v for k, v in {**fields, **options}.items()}
    asked |= {f":{k}": v for k, v in renamed.items() if v and v != k}
    asked |= {f":{k}": "" for k in ("version", "type", "attachments")}
    headers = {f"+{KEY_HEADER}": letter.key}
    if secret.strip():
        headers["+Authorization"] = secret.strip() if " " in secret.strip() \
            else f"Bearer {secret.strip()}"
    query = urlencode({**asked, **headers})
    # what stands in the gateway's own address after `?` goes on as its query
    own = "".join(f"&-{k}={quote(v, safe='')}" for k, v in _pairs(parts.query))
    return f"{scheme}://{parts.netloc}{parts.path}?method=post&{query}{own}&{_waits(seconds)}"


def _pairs(query: str) -> Sequence[tuple[str, str]]:
    return [(k, v) for k, _, v in (p.partition("=") for p in query.split("&")) if k]
