"""Utterances: the same thing said, in other translations or in part; what only shares a phrase stays apart."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.evidence.utterances import with_groups
from analysis.tables import QUOTATION_PARTS, QUOTATIONS


def groups(
    *said: tuple[str, str, str], episode: dict[str, str] | None = None, is_part: bool = False
) -> list[str]:
    """The group of each quotation of `said`: (copy, speaker, content with its quotation marks), one a paragraph."""
    texts: dict[str, str] = {}
    quoted, parts, marks, sentences = [], [], [], []
    for doc_id, speaker, content in said:
        text = texts.get(doc_id, "")
        start = len(text) + 2 if text else 0
        texts[doc_id] = f"{text}\n\n{content}" if text else content
        n = sum(row[0] == doc_id for row in parts)
        row = dict.fromkeys(QUOTATIONS.names, "") | {"doc_id": doc_id, "quotation_id": n, "sentence_id": n}
        row |= dict.fromkeys(("source_start", "source_end", "cue_start", "cue_end"), pd.NA)
        row |= {"n_words": 9, "n_words_quoted": 9, "kind": "direct", "is_speech": True, "speaker": speaker}
        quoted.append(row)
        parts.append((doc_id, n, 0, n, start, start + len(content), 9, 9, ""))
        a, b = content.index("“"), content.index("”") + 1
        marks.append((doc_id, start + a, start + b))
        sentences.append((doc_id, start, start + len(content)))
    episodes = {id: (episode or {}).get(id, "") for id in texts}
    episodes["other"] = episodes[said[0][0]]
    documents = pd.DataFrame({"doc_id": list(episodes), "episode": list(episodes.values())})
    spans = pd.DataFrame(marks, columns=["doc_id", "start", "end"])
    cut = pd.DataFrame(sentences, columns=["doc_id", "start", "end"])
    # a story holds more than what is quoted: words are rare in many sentences
    texts["other"] = "\n\n".join(f"Word{n} stands here." for n in range(200))
    at = 0
    for n in range(200):
        length = len(f"Word{n} stands here.")
        cut.loc[len(cut)] = ("other", at, at + length)
        at += length + 2
    _, found = with_groups(
        QUOTATIONS.frame(pd.DataFrame(quoted)),
        QUOTATION_PARTS.frame(parts),
        texts,
        cut,
        spans,
        documents,
        is_part=is_part,
    )
    return found["group_id"].tolist()


def test_the_same_words_of_one_speaker_are_one_utterance():
    assert (
        groups(("a", "reed", "“The ferry was late again.”"), ("b", "reed", "“The ferry was late again.”"))
        == ["a/0.0"] * 2
    )


def test_another_translation_is_one_utterance():
    assert (
        groups(
            ("a", "reed", "“We shall defend the sovereign harbour against greedy rivals.”"),
            ("b", "reed", "“Against rivals full of greed we are going to defend our sovereign harbour.”"),
        )
        == ["a/0.0"] * 2
    )


def test_a_part_of_an_utterance_belongs_to_it():
    assert (
        groups(
            ("a", "reed", "“I am very sorry for every passenger on the quay, and for the crew.”"),
            ("b", "reed", "she was “very sorry” for the passengers"),
        )
        == ["a/0.0"] * 2
    )


def test_two_speakers_say_two_things_whatever_the_words():
    assert groups(
        ("a", "reed", "“The ferry was late again.”"), ("b", "hall", "“The ferry was late again.”")
    ) == ["", ""]


def test_what_is_said_in_two_episodes_is_said_twice():
    two = ("a", "reed", "“The ferry was late again.”"), ("b", "reed", "“The ferry was late again.”")
    assert groups(*two, episode={"a": "one", "b": "two"}) == ["", ""]


LATE = ("a", "reed", "“The ferry was late again.”"), ("b", "reed", "“The ferry was late again.”")
SORRY = ("c", "reed", "“I am sorry for the crew.”"), ("d", "reed", "“I am sorry for the crew.”")
TWO_EPISODES = {"a": "one", "b": "one", "c": "two", "d": "two"}


def test_utterances_of_a_story_have_different_names_in_whichever_parts_it_is_measured():
    together = groups(*LATE, *SORRY, episode=TWO_EPISODES)
    apart = [name for own in (LATE, SORRY) for name in groups(*own, episode=TWO_EPISODES, is_part=True)]
    assert together == apart == ["a/0.0", "a/0.0", "c/0.0", "c/0.0"]


def test_in_a_part_of_a_story_no_utterance_depends_on_other_episodes():
    one = ("a", "reed", "“We shall defend the sovereign harbour.”")
    other = ("b", "reed", "“Our harbour is sovereign and we are going to keep it so.”")
    # of many sentences that say the same words these tell nothing, unless they are another episode's
    mates = [("c", "hall", f"“Sovereign harbour, day {n}.”") for n in range(60)]
    alone, beside = (groups(one, other, *more, episode=TWO_EPISODES, is_part=True) for more in ((), mates))
    whole = groups(one, other, *mates, episode=TWO_EPISODES)
    assert beside[:2] == alone != whole[:2]


def test_in_a_part_of_a_story_copies_of_no_episode_share_no_utterance():
    assert groups(*LATE, is_part=True) == ["", ""]
    assert groups(*LATE) == ["a/0.0"] * 2


def test_two_utterances_that_share_a_phrase_stay_two():
    assert groups(
        ("a", "reed", "“I have spent 26 years on this quay and nobody told me of the plan for the cranes.”"),
        ("b", "reed", "“I gave 26 years to them and my back is the only thing that they gave me in return.”"),
    ) == ["", ""]


def test_of_one_copy_two_utterances_do_not_become_one_by_a_third():
    found = groups(
        ("a", "reed", "“The harbour needs deeper water for larger vessels.”"),
        ("a", "reed", "“The harbour needs deeper thinking about larger coral reefs.”"),
        ("b", "reed", "“The harbour needs deeper water for larger vessels.”"),
    )
    assert found == ["a/0.0", "", "a/0.0"]


def test_a_copy_that_repeats_its_words_has_one_utterance():
    found = groups(
        ("a", "reed", "she spoke of a “dreadful and wasteful dredger”"),
        ("a", "reed", "“It is a dreadful and wasteful dredger that nobody asked for.”"),
        ("b", "reed", "“It is a dreadful and wasteful dredger that nobody asked for.”"),
    )
    assert found == ["a/0.0"] * 3


@pytest.mark.parametrize("speaker", ["", "reed"])
def test_words_of_nobody_known_are_matched_by_nearly_all_of_them(speaker):
    one = ("a", speaker, "“The dredger poisons oysters, lobsters and crabs.”")
    assert groups(one, ("b", "", "“Oysters, lobsters and crabs: the dredger poisons them.”")) == ["a/0.0"] * 2
    assert groups(one, ("b", "", "“Oysters, lobsters and children love holidays at sea.”")) == ["", ""]
