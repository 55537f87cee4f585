"""What all tests share: no network, one thread, no window, and the way to the shared material."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from analysis.story import Story

ROOT = Path(__file__).parents[1]
OFFLINE = Path(__file__).parent / "offline"
LONG = (
    "test_interruptions",
    "test_determinism",
    "test_tutorial",
    "test_bundles",
    "test_verification",
    "test_progress",
    "test_jupyterlab",
    "test_null_stories",
    "test_dependence",
    "test_measurement",
    "test_cluster",
    "test_explorer",
)

# For this process and all its children, kernels included; numpy reads the first when it is imported.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MPLBACKEND="Agg", PYTHONHASHSEED="0")


def pytest_configure() -> None:
    """Cut the network before any test module is imported: here, and by PYTHONPATH in every child process."""
    paths = [str(OFFLINE), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    spec = importlib.util.spec_from_file_location("parallax_offline", OFFLINE / "sitecustomize.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of few long tests come first: where two processors share the work, none waits for the other's last file."""
    items.sort(key=lambda item: item.path.stem not in LONG)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material that is not ours to publish: PARALLAX_SHARED, by default beside the repository."""
    folder = Path(os.environ.get("PARALLAX_SHARED", ROOT.parent / "shared")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no shared material at {os.environ.get('PARALLAX_SHARED', '../shared')}")
    return folder


@pytest.fixture(scope="session")
def story_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the tests' own: the sample story with its texts, the founding one without."""
    folder = tmp_path_factory.mktemp("stories") / "data"
    for story in ("sample-harbour", "kim-putin-2023"):
        texts = () if story == "sample-harbour" else ("*.txt",)
        shutil.copytree(ROOT / "data" / story, folder / story, ignore=shutil.ignore_patterns(*texts))
    return folder


def load_from(folder: Path, story: str) -> Story:
    """Load a story of the data folder `folder`."""
    from analysis.loading import load_story

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(folder))
        return load_story(story)


@pytest.fixture(scope="session")
def harbour(story_data: Path) -> Story:
    """The sample story, with its texts; measured again where the measures that ship are out of date."""
    return load_from(story_data, "sample-harbour")


@pytest.fixture(scope="session")
def harbour_without_texts(harbour: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The sample story as it is for someone who does not hold its texts."""
    folder = tmp_path_factory.mktemp("without") / "data"
    shutil.copytree(harbour.folder, folder / harbour.name, ignore=shutil.ignore_patterns("*.txt"))
    return load_from(folder, harbour.name)


@pytest.fixture(scope="session")
def founding(story_data: Path) -> Story:
    """The founding story as it ships: its measures, and no text."""
    return load_from(story_data, "kim-putin-2023")


@pytest.fixture(scope="session")
def founding_with_texts(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The founding story measured anew from its texts, which are not ours to publish."""
    from analysis.loading import measure_story

    folder = tmp_path_factory.mktemp("founding") / "data"
    story = folder / "kim-putin-2023"
    shutil.copytree(ROOT / "data" / story.name, story, ignore=shutil.ignore_patterns("*.txt", "*.parquet"))
    articles = shared / "stories" / story.name / "articles"
    shutil.copytree(articles, story / "articles", dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(folder))
        return measure_story(story.name)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A story of 60 episodes and four outlets: too many copies to be shown side by side."""
    from tests.many_copies import many_copies

    return many_copies(ROOT, tmp_path_factory.mktemp("archive") / "data")
