"""Secrets 凭据 of channels: in the system's keyring, never in the store, the log or an export."""

from __future__ import annotations

from db.change import RowId
from db.errors import StoreError
from db.store import Store

SERVICE = "watchdesk"


def secret_name(store: Store, channel: RowId) -> str:
    """One entry for each channel of each store, told apart by the first link of its chain."""
    first = str(store.value("select hash from change order by id limit 1") or "")
    return f"{first[:16]}:{channel}"


def put_secret(store: Store, channel: RowId, secret: str) -> None:
    """Keep a channel's secret; an empty one is taken away.

    Raises:
        StoreError: no keyring is there, or it is locked.
    """
    import keyring
    from keyring.errors import PasswordDeleteError

    try:
        if secret:
            keyring.set_password(SERVICE, secret_name(store, channel), secret)
        else:
            keyring.delete_password(SERVICE, secret_name(store, channel))
    except PasswordDeleteError:
        return
    except Exception as error:
        raise _no_keyring(error) from error


def secret_of(name: str) -> str:
    """The secret under a `secret_name`, empty when there is none; may be read on any thread.

    Raises:
        StoreError: as `put_secret`.
    """
    import keyring

    try:
        return keyring.get_password(SERVICE, name) or ""
    except Exception as error:
        raise _no_keyring(error) from error


def _no_keyring(error: Exception) -> StoreError:
    return StoreError("The system's keyring cannot be used ({why}). A password or token is kept"
                      " nowhere else: unlock or install a keyring (GNOME Keyring, KWallet,"
                      " Windows credentials), then enter it again. Until then call by the sheet.",
                      field="secret", why=error)
