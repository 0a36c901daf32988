"""Verification codes 校验码: twelve characters that a tired person can read out on the phone."""

from __future__ import annotations

from db.errors import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two signs: digits and capitals without I, L, O and U."""

LENGTH = 12
GROUP = 4
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = str.maketrans("", "", "-‐‑‒–—−－ \t\u3000\u00a0·")


def code_of(digest: str) -> str:
    """The code of a sha256 digest given in hex: its first 60 bits, as `7K4M-9TQ2-XW3D`.

    Raises:
        ValueError: the digest is not hex or is shorter than 60 bits.
    """
    if len(digest) < LENGTH * 5 // 4:
        raise ValueError(digest)
    number = int(digest[: LENGTH * 5 // 4], 16)
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return _grouped(signs)


def normalise(code: str) -> str:
    """The code as it is printed, from what somebody typed: any case, O for 0, I or L for 1.

    Raises:
        Refused: it cannot be a verification code.
    """
    signs = code.upper().translate(_BETWEEN).translate(_LOOKALIKES)
    if len(signs) != LENGTH or any(sign not in ALPHABET for sign in signs):
        raise Refused(
            "paper|“{code}” is not a verification code. It has 12 letters and digits "
            "in three groups, such as 7K4M-9TQ2-XW3D.",
            field="code",
            code=code,
        )
    return _grouped(signs)


def _grouped(signs: str) -> str:
    return "-".join(signs[i : i + GROUP] for i in range(0, LENGTH, GROUP))
