"""Who speaks and how actors are called, as tables: counts of each copy, outside and inside quotation marks apart."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.findings import number
from analysis.measures import sources
from analysis.publishing.absences import NOT_TAKEN
from analysis.publishing.aggregates import voices
from analysis.publishing.aggregates.counts import of_outlet
from analysis.publishing.displays import NO_VALUE, Note, Prose, Stack, Table
from analysis.publishing.figures.layout import without_figures
from analysis.publishing.tables.side_by_side import DOT, MANY, side_by_side
from analysis.story import Story
from analysis.tables import CUE_CLASSES, GRAMMATICAL_ROLES, SOURCE_TYPES, VOICES

MOST = 25  # rows of a table that lists words; the CSV holds all
MOST_LABELS = 60  # of a story of many copies
MOST_OF_EPISODE = 12  # in each of several tables
FORMS = {"adjective": "adjective", "apposition": "set beside", "role": "role noun", "predicate": "said of"}


def turns(story: Story) -> pd.DataFrame:
    """What somebody is reported to have said in the counted copies: `measures.sources.turns`."""
    found = sources.turns(story.quotations, story.quotation_parts, story.sentences)
    return found[found["doc_id"].isin(story.copies())].reset_index(drop=True)


def speakers(story: Story) -> Table | Stack | Note:
    """Words of each source inside quotation marks · paraphrased, a column a counted copy, most words first."""
    if story.is_many or not story.has_sources:
        return voices.speakers(story)
    spoken = sources.spoken(turns(story), "source")

    def table(copies: list[str], labels: dict[str, str]) -> Table:
        own = spoken[spoken["doc_id"].isin(copies)]
        totals = (
            own.groupby("source", sort=False)["n_words"].sum().sort_values(ascending=False, kind="stable")
        )
        n_copies = own.groupby("source")["doc_id"].nunique()
        shown = [one for one in totals.index if one and (one in story.actors or n_copies[one] > 1)]
        most = MOST if len(copies) == len(story.copies()) else MOST_OF_EPISODE
        shown = (shown + [one for one in totals.index if one and one not in shown])[:most]
        cells = own.set_index(["source", "doc_id"])
        rows = [
            {"source": story.called(source)} | {labels[id]: _words(cells, source, id) for id in copies}
            for source in sorted(shown, key=lambda one: -totals[one])
        ]
        left_out = len([one for one in totals.index if one]) - len(shown)
        note = f"{left_out} more sources stand in the reports of the outlets." if left_out > 0 else ""
        columns = ["source", *(labels[id] for id in copies)]
        frame = pd.DataFrame(rows, columns=columns)
        return Table(frame, "", note=note, align=dict.fromkeys(columns[1:], "center"))

    return side_by_side(
        story,
        table,
        title="Who has the word: words inside quotation marks · paraphrased",
        title_of_episode="Who has the word",
        how="A cell holds the words of a source inside quotation marks · paraphrased. A dash: no word of this source was found in this copy. "
        "A word counts once, for the innermost speaker. Sources that are no actors of the story stand as printed.",
        collapsed=True,
    )


def _words(cells: pd.DataFrame, source: str, doc_id: str) -> str:
    if (source, doc_id) not in cells.index:
        return NO_VALUE
    own = cells.loc[(source, doc_id)]
    return f"{own['n_words_quoted']}{DOT}{own['n_words'] - own['n_words_quoted']}"


def source_types(story: Story) -> Table | Stack | Note:
    """Words of each type of source inside quotation marks · paraphrased, with turns, a column a counted copy."""
    if story.is_many or not story.has_sources:
        return voices.source_types(story)
    cells = sources.spoken(turns(story), "source_type").set_index(["source_type", "doc_id"])
    names = {**dict(zip(SOURCE_TYPES, SOURCE_TYPES, strict=True)), "": "not told"}

    def table(copies: list[str], labels: dict[str, str]) -> Table:
        rows = [
            {"type of source": name} | {labels[id]: _words_and_turns(cells, source_type, id) for id in copies}
            for source_type, name in names.items()
        ]
        columns = ["type of source", *(labels[id] for id in copies)]
        return Table(pd.DataFrame(rows, columns=columns), "", align=dict.fromkeys(columns[1:], "center"))

    return side_by_side(
        story,
        table,
        title="Types of sources: words inside quotation marks · paraphrased (turns)",
        title_of_episode="Types of sources",
        how="A cell holds the words of sources of the type inside quotation marks · paraphrased, in brackets their turns. Official: speaks for a state or one of its bodies, state media among them.",
    )


def _words_and_turns(cells: pd.DataFrame, source: str, doc_id: str) -> str:
    words = _words(cells, source, doc_id)
    return words if words == NO_VALUE else f"{words}  ({cells.loc[(source, doc_id), 'n_turns']})"


def source_categories(story: Story, outlet: str) -> Stack:
    """Attributions, turns and words of each category of source and where it first has the word, a table a counted copy of `outlet`."""
    if not story.has_sources:
        return Stack([Note(NOT_TAKEN, "reason")])
    own = turns(story)
    own = own.assign(kind_of_source=_kinds(own))
    spoken = sources.spoken(own, "kind_of_source")
    first = sources.first_turns(own, "kind_of_source").set_index(["doc_id", "kind_of_source"])["position"]
    copies = story.copies(outlet)
    tables = [
        without_figures(story, doc_id)
        or Table(
            _categories(spoken[spoken["doc_id"] == doc_id], first),
            f"{story.labels[doc_id]}: kinds of sources, by the words they have",
            align={"first has the word": "right"},
            collapsed=len(copies) > MANY,
        )
        for doc_id in copies
    ]
    how = (
        "A turn goes on until another source has the word. The last column is how far into the body the first attribution of that kind begins; it is shown for each copy, "
        "without interval. Unnamed is a source of which no name is given; whether anonymity was asked for is not known."
    )
    return Stack([*tables, Prose([how])])


def _categories(spoken: pd.DataFrame, first: pd.Series) -> pd.DataFrame:
    """The rows of one copy, most words first."""
    own = spoken.sort_values("n_words", ascending=False, kind="stable")
    keys = list(zip(own["doc_id"], own["kind_of_source"], strict=True))
    return pd.DataFrame(
        {
            "kind of source": own["kind_of_source"].to_numpy(),
            "attributions": own["n_attributions"].to_numpy(),
            "turns": own["n_turns"].to_numpy(),
            "words inside quotation marks": own["n_words_quoted"].to_numpy(),
            "paraphrased": (own["n_words"] - own["n_words_quoted"]).to_numpy(),
            "first has the word": [f"{100 * first[key]:.0f}\u00a0% in" for key in keys],
        }
    )


def _kinds(rows: pd.DataFrame) -> pd.Series:
    """A source's category with its type where that says more: "official-KP", "expert (unnamed)", "not told"."""
    category = rows["source_category"].where(rows["source_category"] != "", "category not told")
    is_unnamed = rows["source_type"] == "unnamed"
    nobody = (rows["source"] == "") & (rows["source_category"] == "")
    return (category + is_unnamed.map({True: " (unnamed)", False: ""})).mask(nobody, "nobody named")


def sources_counted(story: Story) -> Table | Note:
    """How many sources each counted copy has, as counted and rarefied to the copy with fewest attributions."""
    if not story.has_sources:
        return Note(NOT_TAKEN, "reason")
    doc_ids = [doc_id for doc_id in story.copies() if doc_id not in story.unmeasured]
    counted = sources.number_of_sources(turns(story), doc_ids)
    m = int(counted["m"].max()) if len(counted) else 0
    names = (f"sources in {m} attributions" if m else "sources, rarefied", "effective number in as many")
    frame = pd.DataFrame(
        {
            "copy": counted["doc_id"].map(story.labels),
            "attributions": counted["n_attributions"],
            "different sources": counted["n_sources"],
            names[0]: counted["rarefied"],
            names[1]: counted["effective"],
            "reason": counted["reason"],
        }
    )
    return Table(
        frame,
        "How many sources",
        note="A longer copy has more sources: to compare, each is cut in thought to as many attributions as the smallest has, of those with five or more (the mean over all ways to do so, "
        "Hurlbert 1971). The effective number is how many sources that say as much as each other would be as many (Hill number of order 1): it is "
        "lower the more a few of them say. Neither has an interval. Attributions to nobody, or to a pronoun that is not resolved, are left out.",
        formats=dict.fromkeys(names, ".1f"),
        reason="reason",
    )


def cue_words(story: Story, outlet: str) -> Table | Note:
    """The reporting words of the counted copies of `outlet` by class, with how often; and the share of each class."""
    if not story.has_sources:
        return Note(NOT_TAKEN, "reason")
    parts = (voices.turns(part) for part in story.partitions())
    own = pd.concat([rows.loc[rows["outlet_id"] == outlet, ["cue", "cue_class"]] for rows in parts])
    own = own[own["cue"] != ""]
    rows = []
    for cue_class, label in {**CUE_CLASSES, "unlisted": "Of no class"}.items():
        words = own.loc[own["cue_class"] == cue_class, "cue"].value_counts(sort=False)
        words = words.sort_index().sort_values(ascending=False, kind="stable")
        if len(words):
            shown = ", ".join(f"{word}\u00a0{n}" for word, n in words.head(MOST).items())
            more = f" and {len(words) - MOST} more" if len(words) > MOST else ""
            rows.append(
                {
                    "class": label,
                    "cues": int(words.sum()),
                    "of all, %": 100 * words.sum() / len(own),
                    "words": shown + more,
                }
            )
    return Table(
        pd.DataFrame(rows, columns=["class", "cues", "of all, %", "words"]),
        "The words that report, by class",
        note="By dictionary form, with how often each introduces an attribution. A class says what a word usually implies (an assertive verb presents as sure, a doubting one keeps a "
        "distance); whether it does so here has to be read in the passage.",
        formats={"of all, %": ".0f"},
    )


def cue_classes(story: Story) -> Table | Stack | Note:
    """The share of each class of cues, with counts, a column a counted copy."""
    if story.is_many or not story.has_sources:
        return voices.cue_classes(story)
    own = turns(story)
    own = own[own["cue"] != ""]
    counts = pd.crosstab(own["cue_class"], own["doc_id"])

    def table(copies: list[str], labels: dict[str, str]) -> Table:
        here = counts.reindex(columns=copies, fill_value=0)
        rows = [
            {"class": label} | {labels[id]: _share(here, cue_class, id) for id in copies}
            for cue_class, label in {**CUE_CLASSES, "unlisted": "Of no class"}.items()
            if cue_class in here.index and here.loc[cue_class].sum()
        ]
        columns = ["class", *(labels[id] for id in copies)]
        return Table(pd.DataFrame(rows, columns=columns), "", align=dict.fromkeys(columns[1:], "right"))

    return side_by_side(
        story,
        table,
        title="Classes of reporting words: share of cues (number)",
        title_of_episode="Classes of reporting words",
        how="A cell holds the share of the cues of a copy that are of the class, in brackets their number; the interval of each stands in estimates.csv.",
    )


def _share(counts: pd.DataFrame, cue_class: str, doc_id: str) -> str:
    total, n = counts[doc_id].sum(), counts.loc[cue_class, doc_id]
    return f"{number(100 * n / total, 0)}\u00a0%  ({n})" if total else NO_VALUE


def mentions(story: Story, outlet: str) -> Table | Note:
    """Where the actors stand in the sentences of the counted copies of `outlet`: number of mentions by grammatical role."""
    if not story.has_sources:
        return Note(NOT_TAKEN, "reason")
    rows = of_outlet(story, "mentions", outlet, ["actor", "role", "predicate"])
    roles = pd.crosstab(rows["actor"], rows["role"]).reindex(columns=list(GRAMMATICAL_ROLES), fill_value=0)
    roles["n"] = roles.sum(axis=1)
    roles = roles.sort_values("n", ascending=False, kind="stable").head(MOST)
    verbs = rows[rows["role"] == "agent"].groupby("actor")["predicate"]
    common = {actor: _common(own) for actor, own in verbs}
    frame = pd.DataFrame(
        {
            "actor": [story.called(actor) for actor in roles.index],
            "mentions": roles["n"].to_numpy(),
            "subject": roles["agent"].to_numpy(),
            "object": roles["patient"].to_numpy(),
            "possessor": roles["possessor"].to_numpy(),
            "other": roles["other"].to_numpy(),
            "what it does, oftenest": [common.get(actor, "") or NO_VALUE for actor in roles.index],
        }
    )
    return Table(
        frame,
        "Where actors stand in the sentence",
        note="Subject: of an active verb, or the one by whom a passive one is done. Object: of an active verb, or the subject of a passive one. These are places in grammar, "
        "not power: the subject of “suffered” stands here as one who does.",
    )


def _common(predicates: pd.Series) -> str:
    counts = predicates.value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    return ", ".join(f"{verb}\u00a0{n}" if n > 1 else verb for verb, n in counts.head(5).items())


def actor_labels(story: Story, outlet: str) -> Table | Note:
    """What the actors are called in the counted copies of `outlet`: the label, and its hits outside and inside quotation marks."""
    if not story.has_sources:
        return Note(NOT_TAKEN, "reason")
    rows = of_outlet(story, "actor_labels", outlet, ["actor", "label", "form", "voice"])
    counts = pd.crosstab([rows["actor"], rows["label"], rows["form"]], rows["voice"])
    counts = counts.reindex(columns=list(VOICES), fill_value=0).reset_index()
    order = rows.groupby("actor").size()
    counts["n"] = counts["outside"] + counts["quoted"]
    counts["of_actor"] = -counts["actor"].map(order).astype(float)
    counts = counts.sort_values(
        ["of_actor", "actor", "n", "label"], ascending=[True, True, False, True], kind="stable"
    )
    names = [story.called(actor) if actor else "no actor of the story" for actor in counts["actor"]]
    frame = pd.DataFrame(
        {
            "called": counts["label"].to_numpy(),
            "actor": names,
            "how": counts["form"].map(FORMS).to_numpy(),
            "outside quotation marks": counts["outside"].to_numpy(),
            "inside": counts["quoted"].to_numpy(),
        }
    )
    more = f"The {MOST_LABELS} first are shown. " if story.is_many and len(frame) > MOST_LABELS else ""
    return Table(
        frame.head(MOST_LABELS) if more else frame,
        f"What actors are called: {len(frame)} {'label' if len(frame) == 1 else 'labels'}",
        note=f"{more}A label inside quotation marks is a speaker's and not the copy's. Nationalities, numbers and names are no labels. Body text only.",
        collapsed=len(frame) > 20,
    )
