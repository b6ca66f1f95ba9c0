"""The key of a person's account on this PC as a file: on Windows only that user opens it, elsewhere the file's mode."""

import base64
import secrets

import msgspec

from tuopin_desktop.exchange import wrapping
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.vault import KEY_BYTES


class _File(msgspec.Struct, kw_only=True):
    version: int = 1
    wrap: str
    secret: str


def generate() -> bytes:
    """Return a new key."""
    return secrets.token_bytes(KEY_BYTES)


def dump(account: bytes) -> bytes:
    """Return the key file; raises OSError when Windows will not wrap the key."""
    secret = base64.b64encode(wrapping.wrap(account)).decode()
    return msgspec.json.format(msgspec.json.encode(_File(wrap=wrapping.WRAP, secret=secret)), indent=1)


def load(raw: bytes) -> bytes:
    """Return the key of a key file; raises Unsound when it is damaged or another Windows user's."""
    try:
        account = wrapping.unwrap(base64.b64decode(msgspec.json.decode(raw, type=_File).secret, validate=True))
    except OSError as error:
        raise Unsound("属于另一个 Windows 用户或另一台电脑") from error
    except ValueError as error:  # what msgspec and base64 raise are ValueErrors
        raise Unsound("已损坏") from error
    if len(account) != KEY_BYTES:
        raise Unsound("已损坏")
    return account
