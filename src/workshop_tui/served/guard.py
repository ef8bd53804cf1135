"""Who may come in by a browser: whoever has opened a link that works once, and asks for a host of ours."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address

_LENGTH = 32
"""Bytes of a secret, of which a link and a cookie hold one each."""
_HTTP = 80


def _secret() -> str:
    return secrets.token_urlsafe(_LENGTH)


class Guard:
    """Gives out one link at a time, and knows those again who have come by one. Knows no web server."""

    def __init__(self, names: Iterable[str] = (), new_secret: Callable[[], str] = _secret) -> None:
        """Take by which names this machine may be asked for, besides the address that is connected to."""
        self._names = frozenset(name.lower() for name in names)
        self._new_secret = new_secret
        self.token = new_secret()
        """What the link holds that works now."""
        self._cookies: list[str] = []

    def redeem(self, token: str) -> str:
        """Return the cookie that the link gives which holds this token, "" where it gives none.

        From then on another link works.
        """
        if not _same(token, self.token):
            return ""
        self.token = self._new_secret()
        self._cookies.append(self._new_secret())
        return self._cookies[-1]

    def knows(self, cookie: str) -> bool:
        """Whether somebody has come by a link before."""
        return any(_same(cookie, each) for each in self._cookies)

    def is_our_host(self, host: str, address: str, port: int) -> bool:
        """Whether a request that was made to an address and port here asks for that, by number or by name.

        A page of somebody else's can have its own name lead to this machine; it asks for that name.
        """
        name, colon, asked = host.lower().rpartition(":")
        if not colon or host.endswith("]"):
            name, asked = host.lower(), str(_HTTP)
        local = _plain(address)
        ours = {written(local), *self._names, *(("localhost",) if ip_address(local).is_loopback else ())}
        return asked == str(port) and name in ours

    @staticmethod
    def is_own_origin(origin: str, host: str) -> bool:
        """Whether a page that asks comes from the host that it asks, which is known to be ours."""
        return origin.lower() == f"http://{host.lower()}"


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _plain(address: str) -> str:
    """Return an address as whoever connects writes it: an old one that comes as a new one, as the old one."""
    found = ip_address(address.partition("%")[0])
    return str(found.ipv4_mapped or found) if isinstance(found, IPv6Address) else str(found)


def written(host: str) -> str:
    """Return a host as it stands in an address of the web."""
    return f"[{host}]" if ":" in host else host


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, whatever network there is."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
