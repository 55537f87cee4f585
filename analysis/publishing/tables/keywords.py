"""Words more frequent in one copy than in the others: described for copies, tested for outlets over ten or more episodes."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.findings import of_outlets
from analysis.comparison.keyness import key_words, key_words_of_outlet
from analysis.evidence.content_words import is_function_word
from analysis.publishing.displays import Display, Note, Prose, Stack, Table
from analysis.story import Story

MOST = 15
LEVEL = 0.05
VOICES = {"outside": "outside quotation marks", "quoted": "inside quotation marks"}
DESCRIBED = (
    "Describes these copies and tests nothing: of a few hundred words some are always far ahead in one of two texts. Left out are function words, names, "
    "the story's own terms and words of fewer than three hits or two paragraphs; spellings (defence, defense) count as one word."
)


def keywords(story: Story, outlet: str, *, voice: str = "outside") -> Display:
    """The words of each counted copy of `outlet` that stand out against the other outlets' copies of the episode."""
    documents, of_event = story.documents.set_index("doc_id"), set(story.of_events["doc_id"])
    copies = [doc_id for doc_id in story.copies() if doc_id not in story.unmeasured]
    shown: list[Display] = (
        [_of_outlet(story, outlet, voice)] if of_outlets(story.differences) and not story.excerpt_of else []
    )
    shown.append(Note(DESCRIBED))
    for doc_id in story.copies(outlet):
        if doc_id not in copies:
            continue
        others = [
            one
            for one in copies
            if {one, doc_id} <= of_event
            and documents.loc[one, "episode"] == documents.loc[doc_id, "episode"]
            and documents.loc[one, "outlet"] != outlet
        ]
        shown.append(_of_copy(story, doc_id, others, voice))
    return Stack(shown)


def _of_copy(story: Story, doc_id: str, others: list[str], voice: str) -> Display:
    found = key_words(story.terms, doc_id, others, voice=voice)
    found = found[~found["term"].map(is_function_word).astype(bool)]
    label = story.labels[doc_id]
    if found.empty:
        return Prose([f"{label}: no word stands out in this sense, or there is nothing to compare with."])
    top = found.head(MOST)
    frame = pd.DataFrame(
        {
            "word": top["term"],
            "hits here": top["n"],
            "in the others": top["n_others"],
            "per 1,000 words here": top["rate_per_1000"],
            "in the others ": top["rate_per_1000_others"],
            "log ratio": top["log_ratio"],
            "log-likelihood": top["log_likelihood"],
            "weighted log-odds (z)": top["log_odds_z"],
            "copies with it": [f"{n} of {1 + len(others)}" for n in top["n_copies"]],
            "paragraphs here": top["n_paragraphs"],
            "dispersion": top["dispersion"],
        }
    )
    more = f" The first {MOST} of {len(found)}, by weighted log-odds." if len(found) > MOST else ""
    return Table(
        frame,
        f"{label}: words more frequent than in the other copies of the event, {VOICES[voice]}",
        note="Log ratio: 1 is twice as frequent, 2 four times; a count of zero stands as a half. Dispersion: 0 spread evenly over the paragraphs, towards 1 all in one. "
        f"Words that are names are in no count here.{more}",
        formats={
            "per 1,000 words here": ".1f",
            "in the others ": ".1f",
            "log ratio": ".1f",
            "log-likelihood": ".1f",
            "weighted log-odds (z)": ".1f",
            "dispersion": ".2f",
        },
        align={"copies with it": "right"},
        collapsed=True,
    )


def _of_outlet(story: Story, outlet: str, voice: str) -> Display:
    pairs = story.pairs
    terms = story.terms[~story.terms["doc_id"].isin(story.unmeasured)]
    found = key_words_of_outlet(terms, story.documents, pairs, outlet, voice=voice)
    clear = found[found["p"] <= LEVEL]
    name = story.about.outlet_name(outlet)
    if found.empty:
        return Prose([f"{name}: too few episodes, or too few words in five of them, to test any."])
    told = f"{len(found)} words that stand in five episodes or more were tested together, over the episodes"
    if clear.empty:
        return Prose([f"{name}: {told}; none is oftener or rarer than in the others beyond chance."])
    frame = pd.DataFrame(
        {
            "word": clear["term"],
            "per 1,000 words more than the others": clear["difference"],
            "episodes with it": clear["n_episodes"],
            "p, of any word": clear["p"],
        }
    )
    return Table(
        frame,
        f"{name}: words oftener or rarer than in the others, over the episodes, {VOICES[voice]}",
        note=f"{told} (signs flipped at random, the largest |t| of all words; Westfall and Young 1993).",
        formats={"per 1,000 words more than the others": "+.2f", "p, of any word": ".3f"},
    )
