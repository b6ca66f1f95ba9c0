"""Windows keeps a secret for the signed-in user (DPAPI); elsewhere the file's mode does. Not run on Windows yet."""

import ctypes
import sys

WRAP = "dpapi" if sys.platform == "win32" else "none"

if sys.platform == "win32":

    class _Blob(ctypes.Structure):
        _fields_ = [("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char))]

    def _call(name: str, data: bytes) -> bytes:
        buffer, output = ctypes.create_string_buffer(data), _Blob()
        source = _Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
        if not getattr(ctypes.windll.crypt32, name)(
            ctypes.byref(source), None, None, None, None, 1, ctypes.byref(output)
        ):
            raise OSError("DPAPI")
        try:
            return ctypes.string_at(output.data, output.size)
        finally:
            ctypes.windll.kernel32.LocalFree(output.data)

    def wrap(secret: bytes) -> bytes:
        """Return the secret so that only this user on this PC can have it back; raises OSError."""
        return _call("CryptProtectData", secret)

    def unwrap(wrapped: bytes) -> bytes:
        """Return a secret wrapped here; raises OSError when another user or PC wrapped it."""
        return _call("CryptUnprotectData", wrapped)

else:

    def wrap(secret: bytes) -> bytes:
        """Return the secret as it is."""
        return secret

    def unwrap(wrapped: bytes) -> bytes:
        """Return the secret as it is."""
        return wrapped
