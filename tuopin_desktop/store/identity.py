"""The owner of a database: the office and station stored in it."""

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.store import statements
from tuopin_desktop.store.database import Database


class Identity(msgspec.Struct, frozen=True):
    """Whose database this is: office code, whether it is for practice, and the station and era that write it."""

    office: str
    practice: bool
    station: str
    era: int

    @property
    def whose(self) -> str:
        """Return whose it is in one text: two databases that ever lay in one folder differ by it."""
        return f"{self.office} {int(self.practice)} {self.station}"


def identity(database: Database) -> Identity:
    """Return whose a database is; raises KeyError or ValueError where its own words are spoilt."""
    meta = dict(database.execute_sql(statements.META).fetchall())
    ids.level_of(meta["office"])
    return Identity(meta["office"], meta.get("practice") == "1", meta["station"], int(meta["era"]))
