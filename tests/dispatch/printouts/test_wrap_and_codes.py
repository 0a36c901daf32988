"""Line breaking and verification codes hold for any text."""

from __future__ import annotations

import hashlib
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from dispatch.printouts.codes import ALPHABET, code_of, normalise
from dispatch.printouts.wrap import CLOSING, break_lines

TEXTS = st.text(
    alphabet="底张街道报告疏散消防，。；：！？（）《》,.;:)( 0123456789-abcXYZ\n", max_size=120
)


def edges(text: str) -> list[float]:
    return list(accumulate((1.0 if c > "\u2e80" else 0.5 for c in text), initial=0.0))


@given(TEXTS, st.integers(3, 30))
def test_wrapping_loses_no_character_and_keeps_the_rules(text: str, width: int) -> None:
    lines = break_lines(text, edges(text), width)
    kept = "".join(text[a:b] for a, b in lines)
    assert "".join(kept.split()) == "".join(text.split())
    for (_, before), (a, b) in pairwise(lines):
        new_paragraph = "\n" in text[before:a]
        if a < b and not new_paragraph and text[before:a] == "":
            assert text[a] not in CLOSING


@given(TEXTS, st.integers(3, 30))
def test_a_line_is_too_wide_only_for_signs_that_may_not_begin_the_next(
    text: str, width: int
) -> None:
    places = edges(text)
    for a, b in break_lines(text, places, width):
        if places[b] - places[a] > width:
            body = text[a:b].rstrip(CLOSING)
            assert places[a + max(1, len(body) - 1)] - places[a] <= width


def test_numbers_and_codes_stay_whole() -> None:
    text = "事件编号2026-0119于2026-10-14报送，电话000-6218"
    shown = [text[a:b] for a, b in break_lines(text, edges(text), 9)]
    assert len(shown) > 2
    for whole in ("2026-0119", "2026-10-14", "000-6218"):
        assert any(whole in line for line in shown)


@given(st.binary())
def test_a_code_survives_being_read_out(data: bytes) -> None:
    code = code_of(hashlib.sha256(data).hexdigest())
    assert len(code) == 14
    assert set(code.replace("-", "")) <= set(ALPHABET)
    spoken = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert normalise(spoken) == code


def test_codes_differ_with_the_digest() -> None:
    first, second = (code_of(hashlib.sha256(x).hexdigest()) for x in (b"1", b"2"))
    assert first != second


@pytest.mark.parametrize("wrong", ["", "7K4M", "7K4M-9TQ2-XW3U", "7K4M-9TQ2-XW3DD"])
def test_what_is_no_code_is_refused(wrong: str) -> None:
    with pytest.raises(Refused):
        normalise(wrong)
