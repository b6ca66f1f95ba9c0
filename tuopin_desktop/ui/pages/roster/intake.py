"""Excel in and out (stand-in until the service is there)."""

from typing import Any


class Exchange:
    def __init__(self, page: Any) -> None:
        self._page = page

    def import_(self) -> None: ...

    def template(self) -> None: ...

    def export(self, where: dict[str, str]) -> None: ...
