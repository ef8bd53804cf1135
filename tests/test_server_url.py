"""A server's URL: whatever writes it, its password is not told."""

from __future__ import annotations

import json

from workshop_tui.server_url import server_url

GIVEN = "postgresql://anna:s3cret@db.example/workshops?sslpassword=other"


def test_no_way_to_write_it_tells_its_password() -> None:
    url = server_url(GIVEN)
    ways = (
        str(url),
        repr(url),
        f"{url}",
        f"{url!r}",
        str([url]),
        json.dumps({"at": url}, default=str),
    )
    for told in ways:
        assert "db.example/workshops" in told
        assert not [secret for secret in url.secrets if secret in told]
    assert url.secrets == {"s3cret", "other"}


def test_it_is_the_same_as_another_of_the_same_text() -> None:
    assert server_url(GIVEN) == server_url(GIVEN)
    assert hash(server_url(GIVEN)) == hash(server_url(GIVEN))
    assert server_url(GIVEN) != server_url(GIVEN.replace("s3cret", "another"))
