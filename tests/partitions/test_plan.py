"""Which documents are measured together depends on the documents alone."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.partitions.plan import BadSize, largest, partitions
from analysis.tables import CORRECTIONS


def rows(*episodes: str) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(episodes))], "episode": episodes})


def planned(table: pd.DataFrame, size: int) -> list[list[str]]:
    return [one.rows["doc_id"].to_list() for one in partitions(table, CORRECTIONS.empty(), size)]


def test_episodes_stay_whole_and_follow_each_other_by_their_ids():
    assert planned(rows("b", "a", "b", "c", "a"), 4) == [["d1", "d4", "d0", "d2"], ["d3"]]


def test_an_episode_that_is_larger_than_a_partition_is_one_of_its_own():
    assert planned(rows("a", *"bbbb", "c"), 2) == [["d0"], ["d1", "d2", "d3", "d4"], ["d5"]]


def test_documents_of_no_episode_are_parted_anywhere():
    assert planned(rows("", "", "", "", ""), 2) == [["d0", "d1"], ["d2", "d3"], ["d4"]]


def test_corrections_go_with_their_document():
    one = ("d3", "frame_hits", 0, 4, "", "", "delete", "", "", "", False)
    first, second = partitions(rows("a", "a", "b", "b"), CORRECTIONS.frame([one]), 2)
    assert (len(first.corrections), second.corrections["doc_id"].to_list()) == (0, ["d3"])


@pytest.mark.parametrize("told", ["0", "-1", "many", "²"])
def test_a_size_that_is_no_size_is_refused(monkeypatch, told):
    monkeypatch.setenv("PARALLAX_PARTITION", told)
    with pytest.raises(BadSize, match=f"PARALLAX_PARTITION is '{told}'; allowed: a whole number from 1 on"):
        largest()
