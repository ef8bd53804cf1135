"""Who comes in by a link, and which hosts and pages are ours."""

from itertools import count

import pytest

from workshop_tui.served.guard import Guard, is_loopback, written


def guard(*names: str) -> Guard:
    numbers = count(1)
    return Guard(names, lambda: f"secret {next(numbers)}")


def test_a_link_gives_a_cookie_once_and_then_another_link_works() -> None:
    ours = guard()
    first = ours.token
    assert ours.redeem("secret") == ours.redeem("") == ours.redeem("sécret 1") == ""
    cookie = ours.redeem(first)
    assert ours.knows(cookie)
    assert ours.redeem(first) == ""
    other = ours.redeem(ours.token)
    assert ours.knows(cookie)  # who came before stays
    assert ours.knows(other)
    assert len({first, cookie, other, ours.token}) == 4
    assert not any(map(ours.knows, ("", first, ours.token, "\udc80", f"{cookie} ")))


def test_secrets_are_long_and_never_the_same() -> None:
    tokens = {Guard().token for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 40


@pytest.mark.parametrize(
    ("host", "address", "is_ours"),
    [
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("LocalHost:8000", "127.0.0.1", True),
        ("127.0.0.1:8000", "::ffff:127.0.0.1", True),
        ("[::1]:8000", "::1", True),
        ("localhost:8000", "::1", True),
        ("127.0.0.1:8001", "127.0.0.1", False),
        ("127.0.0.1", "127.0.0.1", False),
        ("evil.example:8000", "127.0.0.1", False),
        ("localhost.evil.example:8000", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        (":8000", "127.0.0.1", False),
        ("10.0.0.7:8000", "127.0.0.1", False),
        ("10.0.0.7:8000", "10.0.0.7", True),
        ("localhost:8000", "10.0.0.7", False),
        ("our-box:8000", "10.0.0.7", True),
        ("[fe80::7]:8000", "fe80::7%eth0", True),
    ],
)
def test_a_request_asks_for_the_address_it_came_to_or_for_a_name_of_ours(
    host: str, address: str, is_ours: bool
) -> None:
    assert guard("Our-Box").is_our_host(host, address, 8000) is is_ours


def test_the_usual_port_may_be_left_out() -> None:
    assert guard().is_our_host("127.0.0.1", "127.0.0.1", 80)
    assert guard().is_our_host("[::1]", "::1", 80)


def test_only_a_page_of_the_host_itself_may_ask() -> None:
    for origin, is_own in {
        "http://127.0.0.1:8000": True,
        "HTTP://127.0.0.1:8000": True,
        "https://127.0.0.1:8000": False,
        "http://127.0.0.1:8001": False,
        "http://127.0.0.1:8000.evil.example": False,
        "http://evil.example": False,
        "null": False,
        "": False,
    }.items():
        assert Guard.is_own_origin(origin, "127.0.0.1:8000") is is_own, origin


def test_which_hosts_nobody_else_can_reach() -> None:
    for host, is_ours in {
        "127.0.0.1": True,
        "127.3.2.1": True,
        "::1": True,
        "localhost": True,
        "0.0.0.0": False,  # noqa: S104 - it is asked about
        "10.0.0.7": False,
        "our-box": False,
        "": False,
    }.items():
        assert is_loopback(host) is is_ours, host
    assert (written("::1"), written("127.0.0.1")) == ("[::1]", "127.0.0.1")
