"""A verb that the model hangs on the wrong one is put where it belongs, and a parse stays a tree; all is invented."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.marked_texts import parsed


def root(text: str) -> str:
    parse = parsed(text)
    return next(parse.words[at] for at, dep in enumerate(parse.deps) if dep == "ROOT")


def test_a_second_thing_told_goes_with_the_telling():
    parse = parsed(
        "Berg said the town could help the port build quays and hinted the two might also discuss ferries."
    )
    hinted = parse.words.index("hinted")
    assert parse.words[parse.heads[hinted]] == "said"


def test_who_reports_a_quotation_stands_above_who_said_it():
    text = "Berg said her visit “is a clear expression of the value of the islands,” the official Norvic News Agency reported earlier on Monday."
    assert root(text) == "reported"


def test_who_reports_what_was_said_stands_above_who_said_it():
    assert root("Berg said the pier was sold, the Wire reported on Monday.") == "reported"
    assert root("Berg said the pier was sold, the Wire reported — a stunning remark.") == "reported"


def test_who_told_a_paper_stands_above_what_was_told():
    text = "The minister Anna Berg greeted Falk when he arrived at the port, giving him old photographs of sailors, including Otto Marr, the ministry told Norvic TV."
    assert root(text) == "told"


def test_what_the_model_reads_rightly_is_left_alone():
    assert root("Berg said the bridge would close and open again on Monday.") == "said"
    assert root("Falk left the hall, the port and the town, and told nobody.") == "left"


WORDS = st.sampled_from(
    "Berg Falk said told reported hinted could help “close,” the ministry , and was wise it . bridge".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=25).map(" ".join))
def test_every_parse_stays_a_tree(text):
    parse = parsed(text)
    for at in range(len(parse.words)):
        seen, above = {at}, parse.heads[at]
        while above not in seen and parse.heads[above] != above:
            seen.add(above)
            above = parse.heads[above]
        assert parse.heads[above] == above
        assert all(parse.heads[child] == at for child in parse.children[at])
