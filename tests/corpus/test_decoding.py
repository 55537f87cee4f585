"""Bytes become text in a named encoding, and every repair is counted."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.decoding import NotText, decode, mixed_script_words

CURLY = "“No,” said Vale’s mayor."


def kinds(data: bytes) -> dict[str, int]:
    return {kind: n for kind, n, _ in decode(data).repairs}


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
    ],
)
def test_every_accepted_encoding_gives_the_same_text_and_its_name(encoding, named):
    decoded = decode(CURLY.encode(encoding))
    assert (decoded.text, decoded.encoding) == (CURLY, named)


def test_big_endian_utf_16_is_read_by_its_mark():
    assert decode(b"\xfe\xff" + CURLY.encode("utf-16-be")).text == CURLY


def test_a_guessed_encoding_is_a_repair_and_a_known_one_is_none():
    assert kinds(CURLY.encode("cp1252")) == {"encoding": 3}  # two curly marks and the apostrophe
    assert kinds(CURLY.encode("utf-8-sig")) == {}


def test_bytes_undefined_in_windows_1252_are_replaced_and_counted():
    decoded = decode(b"caf\xe9 \x81 \x8d")
    assert decoded.text == "café \ufffd \ufffd"
    assert ("undecodable", 2) in [(kind, n) for kind, n, _ in decoded.repairs]


def test_a_file_cut_off_inside_a_character_is_still_utf_8():
    decoded = decode((CURLY + "é").encode()[:-1])
    assert (decoded.text, decoded.encoding) == (CURLY + "\ufffd", "utf-8")


def test_nul_and_other_control_characters_are_removed_and_counted_apart():
    decoded = decode(b"The har\x00bour \x07was shut for the whole of the winter.")
    assert decoded.text == "The harbour was shut for the whole of the winter."
    assert [(kind, n) for kind, n, _ in decoded.repairs] == [("nul", 1), ("control", 1)]


def test_invisible_and_direction_characters_are_removed_and_counted():
    decoded = decode("The \u202eVale\u202c har\u00adbour\u200b.".encode())
    assert decoded.text == "The Vale harbour."
    assert [(kind, n) for kind, n, _ in decoded.repairs] == [("invisible", 4)]


def test_line_ends_become_newlines_without_a_warning():
    decoded = decode("one\r\ntwo\rthree\u2028four".encode())
    assert (decoded.text, decoded.repairs) == ("one\ntwo\nthree\nfour", [])


def test_a_word_of_two_alphabets_is_listed_and_not_changed():
    text = "The \u0421ouncil met."  # the first letter is Cyrillic
    decoded = decode(text.encode())
    assert decoded.text == text
    [(kind, n, message)] = decoded.repairs
    assert (kind, n) == ("mixed_script", 1)
    assert "\u0421ouncil" in message


def test_a_word_wholly_in_another_alphabet_is_not_mixed():
    assert mixed_script_words("Москва and Αθήνα and Paris") == []


def test_mojibake_is_reported_and_not_changed():
    broken = CURLY.encode().decode("cp1252", errors="replace")
    decoded = decode(broken.encode())
    assert decoded.text == broken
    assert "mojibake" in [kind for kind, _, _ in decoded.repairs]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (pickle.dumps({"a": 1}), "pickle"),
        (b"PAR1....", "Parquet"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a..", "GIF"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "WebP"),
    ],
)
def test_another_format_is_refused_by_name(data, named):
    with pytest.raises(NotText, match=named):
        decode(data)


def test_a_token_over_a_thousand_characters_is_refused_and_one_of_a_thousand_is_not():
    assert decode(b"a" * 1_000).text == "a" * 1_000
    with pytest.raises(NotText, match=r"1,001 characters"):
        decode(b"x " + b"a" * 1_001)


def test_a_script_without_spaces_is_no_endless_token():
    text = "会谈在周三举行" * 300
    assert decode(text.encode()).text == text


def test_mostly_control_characters_are_no_text():
    with pytest.raises(NotText, match="control characters"):
        decode("no mark".encode("utf-16-le"))


@given(st.binary(max_size=200))
def test_bytes_give_text_without_control_characters_or_a_reason(data):
    try:
        text = decode(data).text
    except NotText as refusal:
        assert str(refusal)
    else:
        assert not any(ord(character) < 32 and character not in "\t\n" for character in text)
