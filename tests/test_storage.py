"""What is written is written whole or not at all."""

from __future__ import annotations

import os

import pytest

from analysis.storage import write_atomically


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "new" / "x"
    write_atomically(path, "old")
    assert path.stat().st_mode & 0o777 == 0o644

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, "new")
    assert path.read_text() == "old" and os.listdir(path.parent) == ["x"]
