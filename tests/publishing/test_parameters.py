"""A request that does not fit a notebook's parameters is refused, and told what would fit."""

from __future__ import annotations

import pytest

from analysis.publishing.parameters import BadParameter, check_parameters, declared_parameters


def test_defaults_fill_in_what_is_not_given(write_notebook):
    cell = 'story: str = "toy"  # of "a = b"\noutlet: str | None = None\nwide: float = 1'
    path = write_notebook(parameters=cell)
    assert declared_parameters(path) == {
        "story": ("str", "toy"),
        "outlet": ("str | None", None),
        "wide": ("float", 1),
    }
    assert check_parameters(path, {"outlet": "afp"}) == {"story": "toy", "outlet": "afp", "wide": 1}


@pytest.mark.parametrize(
    "parameters",
    [
        {"n": "abc"},
        {"n": True},
        {"n": None},
        {"name": 1},
        {"names": "a"},
        {"names": ["a", 1]},
        {"names": ("a",)},
    ],
)
def test_a_value_of_another_type_is_refused(write_notebook, parameters):
    with pytest.raises(BadParameter, match="declared"):
        check_parameters(write_notebook(), parameters)


def test_an_unknown_name_is_answered_with_the_nearest_right_one(write_notebook):
    with pytest.raises(BadParameter, match="no parameter 'storry'; did you mean story\\?"):
        check_parameters(write_notebook(), {"storry": "toy"})
    with pytest.raises(BadParameter, match="no parameter 'x = 1; y'; it has story, n, name, names"):
        check_parameters(write_notebook(), {"x = 1; y": "toy"})


@pytest.mark.parametrize(
    "cell",
    [
        "story = 'toy'",
        "story: str",
        "import os",
        "story: str = open('x').read()",
        "story: str = 1",
        "story: Path = 'toy'",
        "story: str = (",
    ],
)
def test_a_parameters_cell_holds_typed_literals_only(write_notebook, cell):
    with pytest.raises(BadParameter):
        check_parameters(write_notebook(parameters=cell), {})


def test_a_notebook_without_its_parameters_cell_is_refused(write_notebook):
    with pytest.raises(BadParameter, match="0 cells tagged"):
        check_parameters(write_notebook("1", parameters=None), {})


def test_what_is_no_notebook_is_refused(tmp_path):
    (tmp_path / "x.ipynb").write_text("{}")
    for path in (tmp_path / "x.ipynb", tmp_path / "none.ipynb"):
        with pytest.raises(BadParameter, match="not a notebook"):
            check_parameters(path, {})
