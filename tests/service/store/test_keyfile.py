"""The key file: made once, for its owner alone, followed while in use; and keys from the environment."""

from __future__ import annotations

import base64
import json
import stat
import sys
from pathlib import Path

import pytest

from ydan_service.store.errors import SealError
from ydan_service.store.keyfile import KeyFile, new_key_text, ring_from_text

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    """A key file with one key."""
    found = KeyFile(tmp_path / "data" / "khoa.json")
    found.create()
    return found


@posix
def test_it_is_made_for_its_owner_alone(file: KeyFile) -> None:
    """Also after a change of keys."""
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    file.add()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


@posix
@pytest.mark.parametrize("mode", [0o604, 0o620, 0o666, 0o602])
def test_one_that_others_may_read_is_refused(file: KeyFile, mode: int) -> None:
    """With the command that mends it."""
    file.path.chmod(mode)
    with pytest.raises(SealError, match=f"chmod 600 {file.path}"):
        file.ring()


def test_one_that_is_there_is_never_overwritten(file: KeyFile) -> None:
    """It may be the only key to the data."""
    before = file.path.read_bytes()
    with pytest.raises(SealError, match="không ghi đè"):
        file.create()
    assert file.path.read_bytes() == before


def test_a_ring_sees_a_new_key_at_once(file: KeyFile) -> None:
    """A server that runs goes on while ``rotate-key`` changes the file."""
    ring = file.ring()
    sealed = ring.seal(b"x", "a")
    new = file.add()
    assert ring.newest == new
    assert ring.open(sealed, "a") == b"x"
    assert file.drop_old() == [sealed.key_id]
    assert ring.ids == (new,)


def test_a_ring_goes_on_while_its_file_is_away(file: KeyFile) -> None:
    """A disk that comes back is no reason to fail; a start without the file is."""
    ring = file.ring()
    sealed = ring.seal(b"x", "a")
    file.path.rename(file.path.with_suffix(".away"))
    assert ring.open(sealed, "a") == b"x"
    with pytest.raises(SealError, match="Không thấy tệp khóa"):
        file.ring()


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", '{"keys": []}', '{"keys": [1]}', '{"keys": [{"id": "a"}]}',
     '{"keys": [{"id": "a", "key": "?", "made_at": ""}]}', '{"keys": [{"id": "a", "key": "AAAA", "made_at": ""}]}'],
)  # fmt: skip
def test_a_damaged_file_is_named(file: KeyFile, content: str) -> None:
    """And that the copy should be put back."""
    file.path.write_text(content)
    with pytest.raises(SealError, match="Hãy đặt lại"):
        file.ring()


def test_keys_come_from_the_environment_too() -> None:
    """Newest first, as the file has them."""
    one, two = new_key_text(), new_key_text()
    ring = ring_from_text(f" {one}, {two} ,")
    assert ring.ids == (one.partition(":")[0], two.partition(":")[0])


@pytest.mark.parametrize(
    "text", ["", ",", "AAAA", ":AAAA", "a:AAAA", "a:?", f"a:{base64.b64encode(bytes(31)).decode()}"]
)
def test_a_wrong_variable_is_explained(text: str) -> None:
    """Without showing the key."""
    with pytest.raises(SealError, match="YDAN_KEYS") as caught:
        ring_from_text(text)
    assert "AAAA" not in str(caught.value)


def test_the_same_name_twice_is_refused() -> None:
    """One of the two keys would be lost."""
    key = base64.b64encode(bytes(32)).decode()
    with pytest.raises(SealError, match="YDAN_KEYS"):
        ring_from_text(f"a:{key},a:{key}")


def test_a_file_is_plain_json_that_a_person_can_keep(file: KeyFile) -> None:
    """Id, key and day: enough to write it down."""
    (entry,) = json.loads(file.path.read_text())["keys"]
    assert set(entry) == {"id", "key", "made_at"}
    assert len(base64.b64decode(entry["key"])) == 32
