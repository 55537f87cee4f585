"""Folders: a worker finds stories under the name that the person gave."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.arguments import use_folders
from analysis.folders import ROOT, data_folder


@pytest.mark.skipif(os.name != "posix", reason="links need a privilege elsewhere")
def test_a_data_folder_keeps_the_name_it_is_given_where_that_is_a_link(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", "")  # which is given back
    (tmp_path / "export" / "stories").mkdir(parents=True)
    (tmp_path / "shared").symlink_to(tmp_path / "export")
    monkeypatch.chdir(tmp_path)
    use_folders(Path("shared/stories"))
    assert data_folder() == tmp_path / "shared" / "stories"
    (tmp_path / "own").symlink_to(ROOT / "data")
    use_folders(Path("own"))
    assert data_folder() == ROOT / "data"  # the project's, whatever it is called
