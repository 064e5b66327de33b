"""Who made a bundle: only what was signed with the right key is loaded."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from pathlib import Path

import pytest

from ydan.errors import BundleError
from ydan.model import load_bundle, signature
from ydan.model.bundle import default_bundle_path


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A copy of the shipped one."""
    return Path(shutil.copytree(default_bundle_path(), tmp_path / "bundle"))


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A private key; ``key.pub`` lies beside it."""
    signature.new_key(tmp_path / "key")
    return tmp_path / "key"


def public(key: Path) -> Path:
    return key.with_name(key.name + ".pub")


def test_a_signed_bundle_is_loaded(bundle: Path, key: Path) -> None:
    """With the public half of the key that signed it."""
    signature.sign(bundle, key)
    assert load_bundle(bundle, public(key)).version == "1.0.0"


def test_an_unsigned_bundle_is_refused_where_a_key_is_set(bundle: Path, key: Path) -> None:
    """And loaded where none is."""
    assert load_bundle(bundle).version == "1.0.0"
    with pytest.raises(BundleError, match=r"chưa ký.*sign-bundle"):
        load_bundle(bundle, public(key))


def test_another_key_is_refused(bundle: Path, key: Path, tmp_path: Path) -> None:
    """Somebody else's signature."""
    signature.new_key(tmp_path / "other")
    signature.sign(bundle, tmp_path / "other")
    with pytest.raises(BundleError, match="không khớp"):
        load_bundle(bundle, public(key))


@pytest.mark.parametrize("spoil", [b"", b"khong phai chu ky", b"AAAA"])
def test_a_damaged_signature_is_refused(bundle: Path, key: Path, spoil: bytes) -> None:
    """Whatever stands in the file."""
    signature.sign(bundle, key).write_bytes(spoil)
    with pytest.raises(BundleError, match="không khớp"):
        load_bundle(bundle, public(key))


def test_no_file_of_a_signed_bundle_can_be_changed(bundle: Path, key: Path) -> None:
    """The manifest is signed and holds the hashes of the others: changing weights and hash together shows as well."""
    signature.sign(bundle, key)
    manifest = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))
    manifest["version"] = "9.9.9"
    (bundle / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(BundleError, match="không khớp"):
        load_bundle(bundle, public(key))


def test_a_damaged_bundle_is_not_signed(bundle: Path, key: Path) -> None:
    """A signature says that it is whole."""
    with (bundle / "weights.npz").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(BundleError, match="mã băm"):
        signature.sign(bundle, key)
    assert not (bundle / signature.SIGNATURE).exists()


def test_a_key_is_never_written_over(key: Path) -> None:
    """What it signed would be lost."""
    before = key.read_bytes()
    with pytest.raises(BundleError, match="Đã có tệp"):
        signature.new_key(key)
    assert key.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
def test_the_private_key_is_its_owners_alone(key: Path) -> None:
    """Nobody else on the machine reads it."""
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_what_is_no_key_is_said_so(bundle: Path, key: Path, tmp_path: Path) -> None:
    """A missing file, another file, the wrong half."""
    signature.sign(bundle, key)
    for wrong in (tmp_path / "none", bundle / "vocabulary.txt", key):
        with pytest.raises(BundleError, match="khóa công khai"):
            load_bundle(bundle, wrong)
    for wrong in (tmp_path / "none", public(key)):
        with pytest.raises(BundleError, match="khóa ký"):
            signature.sign(bundle, wrong)
