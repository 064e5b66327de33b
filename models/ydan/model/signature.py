"""Who made a bundle: an Ed25519 signature over ``bundle.json``, which holds the hashes of every other file.

The hashes tell a damaged model from a whole one; only a signature tells ours from somebody else's. The private key
stays where models are made, the public one goes to where they are served.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ydan.errors import BundleError, MissingExtra

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE = "bundle.sig"
MANIFEST = "bundle.json"
_PURPOSE = b"ydan bundle 1\n"
"""Before what is signed, so that a signature made for anything else never passes for one of a bundle."""


def new_key(file: Path) -> Path:
    """Write a new private key to ``file``, readable by its owner alone, and its public half beside it (``.pub``).

    :raises BundleError: there is such a file already: a key that signed something must not be lost by a slip.
    """
    public = file.with_name(file.name + ".pub")
    for each in (file, public):
        if each.exists():
            raise BundleError(f"Đã có tệp {each}. Hãy chọn tên khác; đừng ghi đè một khóa đang dùng.")
    _need_cryptography()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519

    key = ed25519.Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(secret)
    public.write_bytes(
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return public


def sign(folder: Path, key_file: Path) -> Path:
    """Sign the bundle in ``folder``; every file is as ``bundle.json`` says, or nothing is signed.

    :raises BundleError: the bundle is not whole, or the key cannot be read.
    """
    from ydan.model.bundle import load_bundle

    load_bundle(folder)
    made = _private(key_file).sign(_PURPOSE + (folder / MANIFEST).read_bytes())
    file = folder / SIGNATURE
    file.write_bytes(base64.b64encode(made) + b"\n")
    return file


def verify(folder: Path, manifest: bytes, key_file: Path) -> None:
    """Check that ``manifest``, the bytes of the folder's ``bundle.json``, was signed with the key's private half.

    :raises BundleError: it was not, or the key cannot be read.
    """
    file = folder / SIGNATURE
    if not file.exists():
        raise BundleError(
            f"Mô hình ở {folder} chưa ký (thiếu {SIGNATURE}), máy này chỉ nhận mô hình ký bằng khóa {key_file}. "
            "Hãy chép lại cả thư mục từ nơi phát hành, hoặc ký: ydan-train sign-bundle THƯ-MỤC --key KHÓA"
        )
    public = _public(key_file)
    from cryptography.exceptions import InvalidSignature

    try:
        public.verify(base64.b64decode(file.read_bytes(), validate=False), _PURPOSE + manifest)
    except (InvalidSignature, ValueError) as error:
        raise BundleError(
            f"Chữ ký của mô hình ở {folder} không khớp khóa {key_file}: bundle.json đã bị sửa, hoặc ký bằng khóa khác. "
            "Không dùng mô hình này; hãy chép lại từ nơi phát hành."
        ) from error


def _private(file: Path) -> Ed25519PrivateKey:
    _need_cryptography()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519

    try:
        key = serialization.load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise BundleError(f"Không đọc được khóa ký {file}. Hãy tạo khóa: ydan-train signing-key TỆP") from error
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise BundleError(f"Khóa {file} không phải Ed25519. Hãy tạo khóa: ydan-train signing-key TỆP")
    return key


def _public(file: Path) -> Ed25519PublicKey:
    _need_cryptography()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519

    try:
        key = serialization.load_pem_public_key(file.read_bytes())
    except (OSError, ValueError) as error:
        raise BundleError(
            f"Không đọc được khóa công khai {file} (YDAN_BUNDLE_PUBLIC_KEY). Cần tệp .pub của ydan-train signing-key."
        ) from error
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise BundleError(f"Khóa {file} không phải Ed25519. Cần tệp .pub của ydan-train signing-key.")
    return key


def _need_cryptography() -> None:
    try:
        import cryptography  # noqa: F401
    except ImportError as error:
        raise MissingExtra('Chữ ký mô hình cần cryptography. Hãy chạy: pip install "ydan[serve]"') from error
