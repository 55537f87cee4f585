"""What all tests share: no network, one thread, no window, and the way to the shared material."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OFFLINE = Path(__file__).parent / "offline"

# For this process and all its children, kernels included; numpy reads the first when it is imported.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MPLBACKEND="Agg", PYTHONHASHSEED="0")


def pytest_configure() -> None:
    """Cut the network before any test module is imported: here, and by PYTHONPATH in every child process."""
    paths = [str(OFFLINE), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    spec = importlib.util.spec_from_file_location("parallax_offline", OFFLINE / "sitecustomize.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


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
