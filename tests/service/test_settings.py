"""Settings come from ``YDAN_*`` or a test; what is wrong is named before anything is served."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.service.conftest import KEY
from ydan_service.environment import settings_from
from ydan_service.settings import LOOPBACK, Settings, SettingsError


def test_without_any_setting_only_this_machine_may_call() -> None:
    """CONTRACT.md: 127.0.0.1:8000, no key."""
    assert settings_from({}) == Settings("127.0.0.1", 8000, None, None, (), 1000, 10_000_000)
    assert not settings_from({}).open_to_others


def test_each_variable_sets_its_field() -> None:
    """Several override files are divided as in PATH."""
    found = settings_from(
        {
            "YDAN_HOST": "0.0.0.0",
            "YDAN_PORT": "9000",
            "YDAN_API_KEY": KEY,
            "YDAN_MODEL": "mo-hinh",
            "YDAN_COMPETENCE": os.pathsep.join(["a.csv", "b.csv", ""]),
            "YDAN_MOST_OPINIONS": "5",
            "YDAN_MOST_BYTES": "100",
            "YDAN_MOST_FILE_BYTES": "200",
            "YDAN_PAGES": "off",
            "YDAN_DATA": "du-lieu",
            "YDAN_DATABASE_URL": "postgresql://may/ydan",
            "YDAN_KEYS": "a:AAAA",
            "YDAN_KEY_FILE": "khoa.json",
            "YDAN_PUBLIC_URL": "https://ydan.example/",
            "YDAN_SECURE_COOKIES": "off",
            "YDAN_TRUSTED_PROXIES": "10.0.0.1, 10.0.0.2",
            "YDAN_OIDC_ISSUER": "https://sso.example/",
            "YDAN_OIDC_CLIENT_ID": "ydan",
            "YDAN_OIDC_CLIENT_SECRET": "bi-mat",
            "YDAN_OIDC_NAME": "tài khoản tỉnh",
        }
    )
    assert found == Settings(
        host="0.0.0.0",
        port=9000,
        api_key=KEY,
        bundle=Path("mo-hinh"),
        overrides=(Path("a.csv"), Path("b.csv")),
        most_opinions=5,
        most_bytes=100,
        most_file_bytes=200,
        serve_pages=False,
        data_dir=Path("du-lieu"),
        database_url="postgresql://may/ydan",
        keys="a:AAAA",
        key_file=Path("khoa.json"),
        public_url="https://ydan.example",
        cookies_by_https_only=False,
        trusted_proxies=("10.0.0.1", "10.0.0.2"),
        oidc_issuer="https://sso.example/",
        oidc_client_id="ydan",
        oidc_client_secret="bi-mat",
        oidc_name="tài khoản tỉnh",
    )


def test_the_command_line_wins() -> None:
    """Host, port, folder and whether there are pages."""
    environment = {"YDAN_HOST": "localhost", "YDAN_PORT": "9000", "YDAN_DATA": "a", "YDAN_PAGES": "on"}
    found = settings_from(environment, "::1", 7000, Path("b"), pages=False)
    assert (found.host, found.port, found.data_dir, found.serve_pages) == ("::1", 7000, Path("b"), False)


@pytest.mark.parametrize("open_to", [{"host": "0.0.0.0"}, {"host": "::"}, {"host": "192.168.1.5"},
                                     {"host": "ydan.example"}, {"public_url": "https://ydan.example"}])  # fmt: skip
def test_without_pages_to_sign_in_on_an_open_address_must_have_a_key(open_to: dict[str, str]) -> None:
    """Also behind a proxy; the message names the variable and the way back. With pages, persons sign in."""
    with pytest.raises(SettingsError, match=r"YDAN_API_KEY.*--host 127\.0\.0\.1"):
        Settings(serve_pages=False, **open_to)  # type: ignore[arg-type]
    assert Settings(serve_pages=False, api_key=KEY, **open_to).open_to_others  # type: ignore[arg-type]
    assert Settings(**open_to).open_to_others  # type: ignore[arg-type]
    assert Settings(serve_pages=False, database_url="postgresql://x/y", **open_to).open_to_others  # type: ignore[arg-type]


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_needs_none(host: str) -> None:
    """In all its three spellings."""
    assert not Settings(host=host, serve_pages=False).open_to_others


@pytest.mark.parametrize(
    ("given", "secure"),
    [
        ({}, False),
        ({"host": "0.0.0.0"}, True),
        ({"public_url": "https://ydan.example"}, True),
        ({"host": "0.0.0.0", "public_url": "http://may-chu"}, False),
        ({"host": "0.0.0.0", "cookies_by_https_only": False}, False),
        ({"cookies_by_https_only": True}, True),
    ],
)
def test_cookies_go_by_https_only_unless_on_loopback(given: dict[str, Any], secure: bool) -> None:
    """What the public address or the switch says wins."""
    assert Settings(**given).secure_cookies is secure


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "::1"}, "http://[::1]:8000"),
        ({"host": "0.0.0.0", "port": 80}, "http://127.0.0.1:80"),
        ({"host": "::"}, "http://[::1]:8000"),
        ({"public_url": "https://ydan.example"}, "https://ydan.example"),
    ],
)
def test_the_base_url_is_one_that_a_browser_opens(given: dict[str, Any], url: str) -> None:
    """An address that means all of them is shown as this machine's."""
    assert Settings(**given).base_url == url


@pytest.mark.parametrize(
    "url", ["ydan.example", "ftp://ydan.example", "https://", "https://ydan.example/y", "https://a?b"]
)
def test_a_public_url_that_is_no_origin_is_refused(url: str) -> None:
    """With an example."""
    with pytest.raises(SettingsError, match=r"YDAN_PUBLIC_URL.*ví dụ"):
        Settings(public_url=url)


@pytest.mark.parametrize("half", [{"oidc_issuer": "https://sso.example"}, {"oidc_client_id": "ydan"}])
def test_half_an_openid_connect_setting_is_refused(half: dict[str, Any]) -> None:
    """Both names are in the message."""
    with pytest.raises(SettingsError, match=r"YDAN_OIDC_ISSUER.*YDAN_OIDC_CLIENT_ID"):
        Settings(**half)


@pytest.mark.parametrize("name", ["YDAN_PAGES", "YDAN_SECURE_COOKIES"])
def test_a_switch_is_on_off_or_auto(name: str) -> None:
    """Anything else is named."""
    with pytest.raises(SettingsError, match=f"{name}.*on, off"):
        settings_from({name: "có"})
    assert settings_from({name: "auto"}) == Settings()


def test_secrets_are_not_in_the_settings_repr() -> None:
    """A log line that holds the settings holds no key and no password."""
    secret = "mat-khau-rat-dai-1"
    shown = repr(replace(Settings(), api_key=secret, keys=secret, database_url=secret, oidc_client_secret=secret))
    assert secret not in shown


@pytest.mark.parametrize("key", ["x", "x" * 15])
def test_a_short_key_is_refused(key: str) -> None:
    """It could be guessed; sixteen are taken."""
    with pytest.raises(SettingsError, match="16"):
        Settings(api_key=key)
    assert Settings(api_key="x" * 16)


@pytest.mark.parametrize("name", ["YDAN_PORT", "YDAN_MOST_OPINIONS", "YDAN_MOST_BYTES", "YDAN_MOST_FILE_BYTES"])
@pytest.mark.parametrize("raw", ["0", "-1", "1.5", "tám nghìn", "²", " 80"])
def test_a_number_that_is_none_is_named(name: str, raw: str) -> None:
    """With an example of a good one."""
    with pytest.raises(SettingsError, match=f"{name}.*ví dụ"):
        settings_from({name: raw})


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_does_not_exist_is_refused(port: int) -> None:
    """The message tells the range."""
    with pytest.raises(SettingsError, match="65535"):
        settings_from({}, None, port)


def test_an_empty_variable_is_as_good_as_none() -> None:
    """As a compose file leaves them."""
    assert settings_from(dict.fromkeys(("YDAN_HOST", "YDAN_PORT", "YDAN_API_KEY", "YDAN_COMPETENCE"), "")) == Settings()
