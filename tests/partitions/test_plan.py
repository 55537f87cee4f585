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


def dated(n_episodes: int, n_copies: int) -> pd.DataFrame:
    """As many episodes, each of as many copies."""
    return rows(*(f"2031-{episode:04}" for episode in range(n_episodes) for _ in range(n_copies)))


def test_episodes_stay_whole_and_follow_each_other_by_their_ids():
    assert planned(rows("b", "a", "b", "c", "a"), 100) == [["d1", "d4", "d0", "d2", "d3"]]
    parts = [one.rows for one in partitions(dated(500, 3), CORRECTIONS.empty(), 30)]
    episodes = [episode for part in parts for episode in part["episode"].unique()]
    assert episodes == sorted(set(episodes)) and len(episodes) == 500


@pytest.mark.parametrize("n_copies", [1, 3, 20])
def test_partitions_have_the_size_on_average_and_at_most_twice_as_many(n_copies):
    sizes = [len(part) for part in planned(dated(9_000 // n_copies, n_copies), 100)]
    assert sum(sizes) == 9_000 and max(sizes) <= 200 and min(sizes[:-1]) >= 50
    assert 85 <= sum(sizes) / len(sizes) <= 115


def test_an_episode_that_is_larger_than_a_partition_is_one_of_its_own():
    assert planned(rows("a", *"bbbbb", "c"), 2) == [["d0"], ["d1", "d2", "d3", "d4", "d5"], ["d6"]]


@pytest.mark.parametrize("episode", ["2031-0000", "2031-0007x", "2031-0301", ""])
def test_a_document_more_leaves_the_other_partitions_as_they_were(episode):
    before = dated(600, 3)
    more = pd.concat([before, pd.DataFrame({"doc_id": ["new"], "episode": [episode]})])
    former, later = planned(before, 30), planned(more, 30)
    assert len([part for part in later if part not in former]) <= 2
    assert later[-20:] == former[-20:]


def test_where_partitions_end_does_not_depend_on_the_order_of_rows():
    for table in (dated(200, 3), rows(*[""] * 300)):
        mixed = table.sample(frac=1, random_state=7)
        assert [*map(set, planned(table, 30))] == [*map(set, planned(mixed, 30))]


def test_rows_of_an_export_that_are_of_no_episode_stay_in_their_order():
    table = rows(*[""] * 300).assign(row=range(300))
    parts = planned(table, 30)
    assert [id for part in parts for id in part] == table["doc_id"].to_list() and 5 <= len(parts) <= 15


def test_corrections_go_with_their_document():
    one = ("d3", "frame_hits", 0, 4, "", "", "delete", "", "", "", False)
    first, second = partitions(rows("a", "a", *"bbbb"), CORRECTIONS.frame([one]), 2)
    assert (len(first.corrections), second.corrections["doc_id"].to_list()) == (0, ["d3"])


@pytest.mark.parametrize("told", ["0", "-1", "many", "²"])
def test_a_size_that_is_no_size_is_refused(monkeypatch, told):
    monkeypatch.setenv("PARALLAX_PARTITION", told)
    with pytest.raises(BadSize, match=f"PARALLAX_PARTITION is '{told}'; allowed: a whole number from 1 on"):
        largest()
