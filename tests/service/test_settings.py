"""Settings come from ``YDAN_*`` or a test; what is wrong is named before anything is served."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.service.conftest import KEY
from ydan_service.settings import LOOPBACK, Settings, SettingsError, settings_from


def test_without_any_setting_only_this_machine_may_call() -> None:
    """CONTRACT.md: 127.0.0.1:8000, no key."""
    assert settings_from({}) == Settings("127.0.0.1", 8000, None, None, (), 1000, 10_000_000)


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
        }
    )
    assert found == Settings("0.0.0.0", 9000, KEY, Path("mo-hinh"), (Path("a.csv"), Path("b.csv")), 5, 100)


def test_the_command_line_wins() -> None:
    """Host and port."""
    found = settings_from({"YDAN_HOST": "localhost", "YDAN_PORT": "9000"}, "::1", 7000)
    assert (found.host, found.port) == ("::1", 7000)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "ydan.example"])
def test_another_address_than_loopback_must_have_a_key(host: str) -> None:
    """The message names the variable and the way back."""
    with pytest.raises(SettingsError, match=r"YDAN_API_KEY.*--host 127\.0\.0\.1"):
        Settings(host=host)
    assert Settings(host=host, api_key=KEY).api_key == KEY


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_needs_none(host: str) -> None:
    """In all its three spellings."""
    assert Settings(host=host).api_key is None


@pytest.mark.parametrize("key", ["x", "x" * 15])
def test_a_short_key_is_refused(key: str) -> None:
    """It could be guessed; sixteen are taken."""
    with pytest.raises(SettingsError, match="16"):
        Settings(api_key=key)
    assert Settings(api_key="x" * 16)


@pytest.mark.parametrize("name", ["YDAN_PORT", "YDAN_MOST_OPINIONS", "YDAN_MOST_BYTES"])
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
