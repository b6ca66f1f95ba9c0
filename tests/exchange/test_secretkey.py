"""Secret keys as minisign writes them, with and without a password."""

import base64
import hashlib

import pytest

from tuopin_desktop.exchange import minisign, secretkey
from tuopin_desktop.exchange.frame import Unsound

BARE = (
    b"untrusted comment: minisign encrypted secret key\n"
    b"RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADkjVQ+MNGbEz0bmoyjt0fi"
)


def _locked(content: bytes, password: str) -> bytes:
    """Lock a key as minisign does, with costs small enough for a test."""
    raw = base64.b64decode(content.splitlines()[1])
    salt, operations, memory = bytes(range(32)), 32768, 1 << 20
    count, blocks, lanes = secretkey._cost(operations, memory)
    body = raw[54:]
    check = hashlib.blake2b(b"Ed" + body[:72], digest_size=32).digest()
    body = body[:72] + check
    stream = hashlib.scrypt(password.encode(), salt=salt, n=count, r=blocks, p=lanes, maxmem=1 << 26, dklen=104)
    sealed = bytes(one ^ other for one, other in zip(body, stream, strict=True))
    head = b"EdScB2" + salt + operations.to_bytes(8, "little") + memory.to_bytes(8, "little")
    return b"untrusted comment: minisign encrypted secret key\n" + base64.b64encode(head + sealed) + b"\n"


def test_a_new_key_signs_what_its_public_half_proves() -> None:
    content, public, name = secretkey.make()
    key, same = secretkey.secret_of(content)
    assert same == name
    assert not secretkey.is_locked(content)
    signature = minisign.sign_file(key, name, b"text", "comment")
    assert minisign.check_file(public, name, b"text", signature) == "comment"
    assert minisign.key_of(minisign.public_file(public, name)) == (public, name)


@pytest.mark.skipif(
    not hasattr(hashlib, "scrypt"), reason="the program for Windows brings no OpenSSL; updates are signed elsewhere"
)
def test_a_password_opens_a_locked_key_and_no_other_does() -> None:
    content, _, name = secretkey.make()
    locked = _locked(content, "密码")
    assert secretkey.is_locked(locked)
    key, same = secretkey.secret_of(locked, "密码")
    assert same == name
    assert key.private_bytes_raw() == secretkey.secret_of(content)[0].private_bytes_raw()
    with pytest.raises(Unsound, match="密码不对"):
        secretkey.secret_of(locked, "别的")


def test_the_costs_are_those_libsodium_takes() -> None:
    assert secretkey._cost(33554432, 1073741824) == (1 << 20, 8, 1)  # what minisign asks for
    assert secretkey._cost(524288, 16777216) == (1 << 14, 8, 1)  # interactive


@pytest.mark.parametrize("content", [b"", b"x", b"a\nb\n", b"a\nAAAA\n", BARE])
def test_what_is_no_secret_key_is_said(content: bytes) -> None:
    with pytest.raises(Unsound, match="私钥"):
        secretkey.secret_of(content)


def test_a_key_whose_halves_do_not_fit_is_damaged() -> None:
    content, _, _ = secretkey.make()
    raw = bytearray(base64.b64decode(content.splitlines()[1]))
    raw[70] ^= 1
    with pytest.raises(Unsound, match="私钥已损坏"):
        secretkey.secret_of(b"x\n" + base64.b64encode(bytes(raw)) + b"\n")


@pytest.mark.parametrize("content", [b"", b"untrusted comment: x\n", b"a\nAAAA\n", b"a\n!!!\n"])
def test_what_is_no_public_key_is_said(content: bytes) -> None:
    with pytest.raises(Unsound, match="公钥"):
        minisign.key_of(content)
