"""Looking into a database file with SQL of one's own, whether it is encrypted or not."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from tuopin_desktop.store import keyring
from tuopin_desktop.store.database import set_key


@contextmanager
def sql_in(path: Path) -> Iterator[Any]:
    """Yield the driver's connection to a file whose key this process holds, and to a plain one."""
    with closing(dbapi2.connect(str(path))) as connection:
        set_key(connection, keyring.key_of(path))
        yield connection
