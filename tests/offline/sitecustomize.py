"""Refuses every network address but loopback; Unix sockets stay open.

Python runs this module by itself at the start of each process that has its folder
on PYTHONPATH: `tests/conftest.py` puts it there, so that child processes and
notebook kernels are held to the same rule as the tests.
"""

from __future__ import annotations

import ipaddress
import socket
import sys


class NetworkRefused(OSError):
    """A test, or a process it started, asked for an address that is not this machine's own."""


def is_loopback(host: object) -> bool:
    """Tell whether `host`, a name or a number, is this machine to itself; no name is looked up."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost", "localhost."):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse(event: str, arguments: tuple) -> None:
    """Raise NetworkRefused where an event of the socket module leads off this machine.

    An audit hook sees what C code does too, and what was imported before it was set.
    """
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        connection, address = arguments
        if connection.family not in (socket.AF_INET, socket.AF_INET6) or address is None:
            return
        host = address[0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not is_loopback(host):
        raise NetworkRefused(f"the tests run without a network, but {event} asked for {host!r}")


sys.addaudithook(refuse)
