"""A word is counted as textstat counts it, from the dictionary that comes with the project."""

from __future__ import annotations

import inspect
import string
import subprocess
import sys

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.syllables import CMUDICT, WordCounts, count_syllables, word_counts

TEXT = """Gov. Ida Marsh, the harbour's oldest pilot, said "we can't wait" on Nov. 22, 2031 -- twice.
They're re-opening the 40-year-old quay; it'll cost $1.3 million (about 1,200,000 euros), O'Dell's office
announced. Nobody'd asked 'why now?', MARSH'S deputy added ... unbelievably, extraordinarily late!"""
LETTERS = st.text(alphabet=string.ascii_letters + "'’-.,\"éßΣ_0123456789", min_size=1, max_size=18)
# "İ" alone becomes two characters in small letters, and textstat then counts it in two ways itself
TOKENS = st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"], exclude_characters="İ"), max_size=12)


def totals(text: str) -> WordCounts:
    return WordCounts(*(sum(field) for field in zip(*map(word_counts, text.split()), strict=True)))


def textstat_totals(text: str) -> tuple[int, ...]:
    return (
        textstat.lexicon_count(text),
        textstat.letter_count(text),
        textstat.char_count(text),
        textstat.syllable_count(text),
        textstat.polysyllabcount(text),
        *(textstat.difficult_words(text, threshold, unique=False) for threshold in (0, 2, 3)),
        textstat.long_word_count(text),
        textstat.miniword_count(text),
    )


@pytest.mark.parametrize(
    ("word", "n_syllables"),
    [
        ("ship", 1),
        ("harbour", 2),
        ("Harbor's", 2),
        ("statement,", 2),
        ("nuclear", 3),
        ("fire", 2),
        ("", 0),
        ("--", 0),
    ],
)
def test_syllables_are_those_one_counts_aloud(word, n_syllables):
    assert count_syllables(word) == n_syllables


def test_a_word_adds_each_of_its_counts():
    # un-be-liev-a-bly: five syllables, twelve letters, a comma, not on the list of easy words
    assert word_counts("Unbelievably,") == (1, 12, 13, 5, True, True, True, True, True, False)


def test_an_easy_word_is_never_difficult():
    assert word_counts("The") == (1, 3, 3, 1, False, False, False, False, False, True)


def test_punctuation_alone_is_characters_and_no_word():
    assert word_counts('..."') == (0, 0, 4, 0, False, False, False, False, False, False)


def test_two_words_at_once_are_refused():
    with pytest.raises(ValueError, match="white space"):
        word_counts("two words")


def test_sums_over_words_are_the_counts_of_the_text():
    assert totals(TEXT) == textstat_totals(TEXT)


@given(st.lists(LETTERS, min_size=1, max_size=8).map(" ".join))
def test_sums_over_words_are_the_counts_of_any_invented_text(text):
    assert totals(text) == textstat_totals(text)


@given(TOKENS)
def test_any_token_counts_what_textstat_counts(token):
    assert word_counts(token) == textstat_totals(token)


def test_every_listed_word_has_textstats_syllables():
    words = dict.fromkeys(line.split(" ", 1)[0] for line in CMUDICT.read_text("ascii").splitlines())
    # Uncached: 126,000 words would pass through a cache of 128.
    direct = inspect.unwrap(textstat.backend.counts.count_syllables)
    assert len(words) == 126_052
    assert [word for word in words if count_syllables(word) != direct(word, "en_US")] == []


def test_textstat_itself_needs_no_network_once_the_module_is_imported(root):
    code = "import analysis.measures.syllables, textstat; print(textstat.syllable_count('nuclear harbour'))"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert child.stdout.strip() == "5"
