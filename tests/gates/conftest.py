"""Gates record what they measure; with `--validity FILE` the figures are written there as a page.

The page is written only when every gate ran and held, so that it never mixes figures of different days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml


@dataclass(frozen=True)
class Figure:
    """One line of the page: what was measured, the figure, its floor ("" where it is reported only), on how much."""

    gate: str
    figure: str
    floor: str
    n: str
    says: str
    says_not: str


HEAD = """\
# Measured quality

What is known of how well the instruments of Parallax work, and on what it was measured. `make validity` writes
this page from the gates in `tests/gates`; `make gates` holds the floors, which stand in `tests/gates/floors.yml`.
A floor is raised when a figure has risen and never lowered to pass. Figures without a floor are reported only.

The labelled texts belong to others and do not ship; who has them names their folder in `PARALLAX_SHARED`. None of
them is news of the stories reported here, so a figure says how an instrument does on texts like those, not that it
does as well on every story. The labelled sets are development halves: whoever worked on an instrument could see them.

| gate | measured | floor | on |
|---|---|---|---|
"""
FIGURES = pytest.StashKey[dict[str, Figure]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--validity", type=Path, metavar="FILE", help="write what the gates measured to FILE")
    parser.addoption(
        "--weights", type=Path, metavar="FILE", help="fit the weights of attributions, and write them to FILE"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = {}


@pytest.fixture(scope="session")
def floors() -> dict:
    """What quality may not fall below, one key a gate."""
    return yaml.safe_load(Path(__file__).with_name("floors.yml").read_text(encoding="utf-8"))


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Record the figure of a gate; of two with the same name the later one, the longer run, stays."""

    def keep(gate: str, figure: str, *, n: str, says: str, says_not: str, floor: str = "") -> None:
        request.config.stash[FIGURES][gate] = Figure(gate, figure, floor, n, says, says_not)

    return keep


def page(figures: list[Figure]) -> str:
    """The page as Markdown, in the order in which gates ran."""
    rows = "".join(
        f"| {one.gate} | {one.figure} | {one.floor or 'reported only'} | {one.n} |\n" for one in figures
    )
    notes: dict[tuple[str, str], list[str]] = {}
    for one in figures:
        notes.setdefault((one.says, one.says_not), []).append(one.gate)
    told = "".join(
        f"\n**{'; '.join(gates)}.** {says} *It does not say:* {says_not}\n"
        for (says, says_not), gates in notes.items()
    )
    return f"{HEAD}{rows}\n## What each figure means\n{told}"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    target = session.config.getoption("--validity", default=None)
    if target is None:
        return
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    if exitstatus != 0 or reporter.stats.get("skipped") or reporter.stats.get("deselected"):
        reporter.write_line(f"\n{target} is not written: a gate failed, was skipped or was left out")
        session.exitstatus = exitstatus or 1
        return
    target.write_text(page(list(session.config.stash[FIGURES].values())), encoding="utf-8")
    reporter.write_line(f"\n{target} written")
