"""Archives are unpacked in memory: each member is read, refused or left aside, and its name leads nowhere."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.files import items
from analysis.corpus.formats import read_data
from analysis.corpus.formats.item import Item, Limits, Refused

A, B = "The ferry stayed in port on Friday.", "The school on Lorn stayed closed."
PAGE = f"<html><head><title>Ferry waits</title></head><body><article>{f'<p>{A} {B}</p>' * 6}</article></body></html>"


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    with (
        warnings.catch_warnings(action="ignore"),
        zipfile.ZipFile(buffer := io.BytesIO(), "w", method) as archive,
    ):
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(*members: tuple[str | tarfile.TarInfo, str | bytes], mode: str = "w", **options) -> bytes:
    with tarfile.open(fileobj=(buffer := io.BytesIO()), mode=mode, **options) as archive:
        for name, data in members:
            content = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def read(data: bytes, name: str = "e.zip", **options) -> list[Item | Refused]:
    return list(read_data(data, name, **options))


def texts(found: list[Item | Refused]) -> list[str | None]:
    return [None if isinstance(one, Refused) else one.text for one in found]


def files(found: list[Item | Refused]) -> list[str]:
    return [one.file for one in found]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("e.zip", zipped), ("e.bin", lambda *members: zipped(*members, method=zipfile.ZIP_STORED)), ("e.tar", tarred),
        ("e.tgz", lambda *members: tarred(*members, mode="w:gz")), ("e.tar", lambda *members: tarred(*members, format=tarfile.GNU_FORMAT)),
    ],
)  # fmt: skip
def test_members_are_read_in_order_by_their_own_formats_and_named_behind_the_archive(name, make):
    data = make(
        ("b.txt", A), ("deep/er/a.csv", f"outlet,text\nEcho,{B}\nPost,\n"), ("a.jsonl", '{"text": "It waits."}\n{"text": "It sailed."}'),
        ("a.pdf", "%PDF-1.7\n"), ("p.html", PAGE),
    )  # fmt: skip
    found = read(data, name)
    assert texts(found)[:6] == [A, B, None, "It waits.", "It sailed.", None]
    assert found[6].fields["headline"] == "Ferry waits" and len(found) == 7
    inner = ["b.txt", "deep/er/a.csv", "deep/er/a.csv", "a.jsonl", "a.jsonl", "a.pdf", "p.html"]
    assert files(found) == [f"{name}/{one}" for one in inner]
    assert found[2].line == 3 and "PDF" in found[5].reason


NAMES_THAT_CLIMB = {
    "../up.txt": "up.txt",
    "../../../etc/cron.txt": "etc/cron.txt",
    "/etc/passwd.txt": "etc/passwd.txt",
    "a/../../b.txt": "a/b.txt",
    "./a.txt": "a.txt",
    "//host//share/a.txt": "host/share/a.txt",
    "..\\..\\windows\\a.txt": "windows/a.txt",
    "C:\\users\\a.txt": "C:/users/a.txt",
    "a\x1b[2Jb.txt": "a\ufffd[2Jb.txt",
    "a\r\nb.txt": "a\ufffd\ufffdb.txt",
    "Fähre 북 😀.txt": "Fähre 북 😀.txt",
}


@pytest.mark.parametrize("name", NAMES_THAT_CLIMB)
@pytest.mark.parametrize("make", [zipped, tarred])
def test_a_name_that_climbs_stays_below_the_archive_and_nothing_is_written(name, make, tmp_path, monkeypatch):
    (tmp_path / "here" / "below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here" / "below")
    before = sorted(tmp_path.rglob("*"))
    (one,) = read(make((name, A)), "e.zip")
    assert one.text == A and one.file == f"e.zip/{NAMES_THAT_CLIMB[name]}"
    assert sorted(tmp_path.rglob("*")) == before


def test_two_members_of_one_name_are_two_articles():
    for make in (zipped, tarred):
        assert texts(read(make(("a.txt", A), ("a.txt", B)))) == [A, B]


def test_folders_are_no_members():
    folder = tarfile.TarInfo("deep")
    folder.type = tarfile.DIRTYPE
    assert files(read(zipped(("deep/", ""), ("deep/a.txt", A)))) == ["e.zip/deep/a.txt"]
    assert files(read(tarred((folder, ""), ("deep/a.txt", A)))) == ["e.zip/deep/a.txt"]


@pytest.mark.parametrize("make", [zipped, tarred])
def test_what_systems_leave_in_an_archive_is_no_article(make):
    left = ["__MACOSX/._a.txt", "__MACOSX/deep/._a.txt", ".DS_Store", "deep/.DS_Store", "deep/._a.txt", "Thumbs.db", "deep/desktop.ini", ".git/config"]  # fmt: skip
    found = read(make(("deep/a.txt", A), *((name, b"\0\5\x16\7junk") for name in left)))
    assert files(found) == ["e.zip/deep/a.txt"]


def test_an_archive_of_nothing_else_is_one_refusal():
    for make in (zipped, tarred):
        (one,) = read(make(("__MACOSX/._a.txt", "x"), (".DS_Store", "x")))
        assert one.reason == "is an archive without a file that may be an article"
    assert all(isinstance(one, Refused) for data in (zipped(), tarred()) for one in read(data))


FOLDER = {
    "a.txt": A, "deep/b.txt": B, "READMEs of the islands.txt": f"{A} One.", "README first.txt": f"{A} Two.", "README.md": "x", "README": "x",
    ".hidden.txt": "x", ".git/a.txt": "x", "page.html": PAGE, "page_files/part.html": PAGE, "page_files/deep/part.txt": "x",
    "own_files/c.txt": f"{A} Three.",
    "deep/other.htm": PAGE.replace("Ferry", "School"), "deep/other_files/part.txt": "x", "__MACOSX_notes.txt": f"{A} Four.",
}  # fmt: skip


@pytest.mark.parametrize(
    "make",
    [
        zipped, tarred,
        lambda *members: zipped(*((f"./{name}", data) for name, data in members)),
        lambda *members: tarred(*((f"./{name}", data) for name, data in members)),  # as `tar -C folder -c .` names them
        lambda *members: zipped(*((name.replace("/", "\\"), data) for name, data in members)),
    ],
    ids=["zip", "tar", "zip of .", "tar of .", "zip of Windows"],
)  # fmt: skip
def test_an_archive_of_a_folder_holds_the_articles_of_the_folder(make, tmp_path):
    for name, text in FOLDER.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    expected = {str(Path(one.file).relative_to(tmp_path)): one.text for one in items(tmp_path)}
    assert set(expected) == {
        "a.txt", "deep/b.txt", "READMEs of the islands.txt", "README first.txt", "page.html", "own_files/c.txt", "__MACOSX_notes.txt",
        "deep/other.htm",
    }  # fmt: skip
    found = read(make(*FOLDER.items()))
    assert {one.file.removeprefix("e.zip/"): one.text for one in found if isinstance(one, Item)} == expected
    assert not [one for one in found if isinstance(one, Refused)]


@pytest.mark.parametrize(
    "inner",
    [
        zipped(("a.txt", B)),
        gzip.compress(B.encode()),
        tarred(("a.txt", B)),
        tarred(("a.txt", B), mode="w:gz"),
        zipped(),
    ],
    ids=["zip", "gz", "tar", "tgz", "empty"],
)
@pytest.mark.parametrize("make", [zipped, tarred])
def test_an_archive_in_an_archive_is_refused_and_costs_no_other_member(inner, make):
    first, refused, last = read(make(("a.txt", A), ("in.txt", inner), ("b.txt", B)))
    assert (first.text, last.text, refused.file) == (A, B, "e.zip/in.txt")
    assert "archive" in refused.reason


def test_an_archive_that_holds_itself_comes_to_an_end():
    data = zipped(("a.txt", A))
    for _ in range(50):
        data = zipped(("a.txt", A), ("in.zip", data))
    assert texts(read(data)) == [A, None]
    for _ in range(3):
        data = gzip.compress(data)
    assert texts(read(data, "e.gz")) == [None]


def test_a_workbook_among_the_members_is_named_as_one():
    (one,) = read(zipped(("a.xlsx", zipped(("xl/workbook.xml", "x")))))
    assert "an Excel workbook" in one.reason


def flagged(data: bytes, *, flag: int = 0, method: int | None = None) -> bytes:
    """A ZIP archive of one member with bits of its flags set, or another method of packing, in both places."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.index(mark) + at
        changed[place] |= flag
        if method is not None:
            changed[place + 2 : place + 4] = method.to_bytes(2, "little")
    return bytes(changed)


def test_an_encrypted_member_is_refused_with_that_reason_and_costs_no_other():
    data = zipped(("secret.txt", A), ("b.txt", B))
    refused, last = read(flagged(data, flag=1))
    assert refused.reason == "is encrypted; allowed: members without a password" and last.text == B
    assert refused.file == "e.zip/secret.txt"


def test_a_method_that_cannot_be_unpacked_costs_only_its_member():
    refused, last = read(flagged(zipped(("a.txt", A), ("b.txt", B)), method=9))
    assert refused.reason.startswith("could not be unpacked: ") and last.text == B


def test_a_changed_byte_costs_only_its_member():
    data = zipped(("a.txt", A), ("b.txt", B), method=zipfile.ZIP_STORED)
    refused, last = read(data.replace(A.encode(), A.replace("Friday", "Sunday").encode()))
    assert isinstance(refused, Refused) and "CRC" in refused.reason and last.text == B


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_unpacks_to_many_times_its_size_is_refused_before_it_is_unpacked(method):
    bomb = b"a " * 2_000_000
    data = zipped(("bomb.txt", bomb), ("b.txt", B), method=method)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        times = len(bomb) // archive.getinfo("bomb.txt").compress_size
    refused, last = read(data)
    assert times > 300 and last.text == B
    assert refused.reason == f"unpacks to {times:,} times its size; allowed: 300 times"


def test_a_small_member_may_be_packed_well():
    """A text of one repeated line is no bomb."""
    text = "It waits. It waits.\n" * 40_000
    assert texts(read(zipped(("a.txt", text), ("b.txt", B)))) == [text, B]


def test_a_member_over_the_limit_of_a_file_is_refused_with_both_sizes():
    limits = Limits(file_bytes=50)
    for make in (zipped, tarred):
        assert texts(read(make(("a.txt", "x " * 25), ("b.txt", B)), limits=limits)) == ["x " * 25, B]
        refused, last = read(make(("a.txt", "x " * 25 + "x"), ("b.txt", B)), limits=limits)
        assert refused.reason == "unpacks to 51 bytes; allowed: 50" and last.text == B


def test_all_members_together_may_unpack_to_25_files():
    members = [(f"{n}.txt", f"{n:02d} " + "word " * 9) for n in range(27)]  # 48 bytes each
    found = read(zipped(*members), limits=Limits(file_bytes=48))
    assert [isinstance(one, Item) for one in found] == [True] * 25 + [False] * 2
    assert found[25].reason == "unpacks to 48 bytes; allowed: 0"


def test_a_member_that_holds_more_than_the_archive_says_is_refused():
    data = bytearray(zipped(("a.txt", A * 100), ("b.txt", B)))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    refused, last = read(bytes(data))
    assert isinstance(refused, Refused) and refused.file == "e.zip/a.txt" and last.text == B


def test_an_archive_of_more_files_than_allowed_is_refused_as_a_whole():
    data = zipped(*((f"{n}.txt", A) for n in range(4)), ("__MACOSX/x", "x"))
    assert len(read(data, limits=Limits(items=4))) == 4
    (refused,) = read(data, limits=Limits(items=3))
    assert refused.reason == "holds 4 files; allowed: 3 an archive"


def test_links_are_refused_and_never_followed(tmp_path):
    (tmp_path / "secret.txt").write_text("Not for an article.", "utf-8")
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    refused, last = read(zipped((link, str(tmp_path / "secret.txt")), ("b.txt", B)))
    assert (refused.reason, refused.file, last.text) == ("is a link", "e.zip/link.txt", B)


@pytest.mark.parametrize(
    "type_", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE]
)
def test_links_and_devices_of_a_tar_are_refused_and_never_followed(type_, tmp_path):
    (tmp_path / "secret.txt").write_text("Not for an article.", "utf-8")
    member = tarfile.TarInfo("link.txt")
    member.type, member.linkname = type_, str(tmp_path / "secret.txt")
    refused, last = read(tarred((member, ""), ("b.txt", B)), "e.tar")
    assert (refused.reason, last.text) == ("is a link or a device, not a file", B)


@pytest.mark.parametrize(
    ("name", "content", "inner"),
    [
        ("a.txt.gz", A, "a.txt"), ("a.TXT.GZ", A, "a.TXT"), ("a.csv.gz", f"outlet,text\nEcho,{A}\n", "a.csv"),
        ("a.jsonl.gz", f'{{"text": "{A}"}}', "a.jsonl"), ("download", A, "download.content"), (".gz", A, ".gz.content"),
    ],
)  # fmt: skip
def test_a_gzip_file_is_read_as_what_it_holds(name, content, inner):
    (one,) = read(gzip.compress(content.encode()), name)
    assert (one.text, one.file) == (A, f"{name}/{inner}")


def test_gzip_files_behind_one_another_are_one():
    data = b"".join(gzip.compress(f"It was day {n}.\n".encode()) for n in range(2_000))
    assert texts(read(data, "a.txt.gz")) == ["".join(f"It was day {n}.\n" for n in range(2_000))]


def test_a_gzip_file_has_the_limit_of_a_file():
    limits = Limits(file_bytes=100)
    assert texts(read(gzip.compress(b"x " * 50), "a.gz", limits=limits)) == ["x " * 50]
    for data in (gzip.compress(b"x " * 51), gzip.compress(b"x " * 30) * 2):
        (refused,) = read(data, "a.gz", limits=limits)
        assert refused.reason == "unpacks to more than 100 bytes, which is what is allowed"


@pytest.mark.parametrize("cut", [1, 4, 9, 20])
def test_a_gzip_file_that_breaks_off_is_refused(cut):
    (refused,) = read(gzip.compress(A.encode() * 3)[:-cut], "a.txt.gz")
    assert isinstance(refused, Refused) and refused.reason == "is a gzip file that breaks off"


def test_a_gzip_file_with_a_wrong_checksum_is_refused():
    data = bytearray(gzip.compress(A.encode()))
    data[-6] ^= 1
    (refused,) = read(bytes(data), "a.txt.gz")
    assert isinstance(refused, Refused) and "cannot be unpacked" in refused.reason


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress], ids=["bzip2", "xz"])
def test_other_packings_are_refused_by_their_names_and_not_taken_for_text(pack):
    for data in (pack(A.encode()), pack(tarred(("a.txt", A)))):
        (refused,) = read(data, "a.txt")
        assert "archive, which is not read; allowed: " in refused.reason


@pytest.mark.parametrize("make", [zipped, tarred])
@pytest.mark.parametrize("share", [0.2, 0.45, 0.7])
def test_a_cut_archive_is_refused(make, share):
    members = [(f"{n}.txt", f"{A} It was day {n}." * 40) for n in range(9)]
    data = make(*members)
    found = read(data[: int(len(data) * share)])
    whole = {text for _, text in members}
    assert any(isinstance(one, Refused) and one.reason for one in found)
    assert all(one.text in whole for one in found if isinstance(one, Item))


PARTS = st.sampled_from(
    ["a", "b.txt", "c.csv", "..", ".", "", "C:", "d\x07", ".e", "__MACOSX", "북", "page_files", "README"]
)
NAMES = st.tuples(st.lists(PARTS, max_size=4), st.sampled_from(["/", "\\"])).map(
    lambda one: one[1].join(one[0]) + "f.txt"
)


@settings(max_examples=80, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6), st.sampled_from([zipped, tarred]))
def test_every_member_is_read_once_or_left_aside_and_no_name_leads_out(names, make):
    """All members hold an article; left aside are hidden ones and those of __MACOSX alone."""
    found = read(make(*((name, f"It was day {n}.") for n, name in enumerate(names))))
    parts = [
        [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")] for name in names
    ]
    kept = [
        n for n, name in enumerate(parts)
        if not any(part.startswith(".") or part == "__MACOSX" for part in name)
    ]  # fmt: skip
    if not kept:
        assert [isinstance(one, Refused) for one in found] == [True]
        return
    assert texts(found) == [f"It was day {n}." for n in kept]
    for one in found:
        archive, *inner = one.file.split("/")
        assert archive == "e.zip" and inner and not {"", ".", ".."} & set(inner)
        assert one.file.isprintable() and "\\" not in one.file


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_an_archive_with_changed_bytes_is_read_or_refused(data):
    sound = data.draw(st.sampled_from(SOUND))
    broken = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(2, len(sound) - 1))] = data.draw(st.integers(0, 255))
    found = read(bytes(broken), "e.zip")
    assert found and all(isinstance(one, Item) or one.reason for one in found)


SOUND = [
    make(("a.txt", A), ("deep/b.csv", f"outlet,text\nEcho,{B}\n"))
    for make in (zipped, tarred, lambda *members: tarred(*members, mode="w:gz"))
]
