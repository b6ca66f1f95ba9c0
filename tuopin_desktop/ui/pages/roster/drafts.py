"""Sheets of people that were typed and not saved: listed behind one button, taken up again or dropped."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from tuopin_desktop.ui.pages.roster.person import Draft, stored
from tuopin_desktop.ui.pages.roster.questions import Whole
from tuopin_desktop.ui.plumbing.drafting import Draft as Unsaved
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button

NEW = "new"


def key_of(whole: Whole) -> str:
    """Return the key of a person's draft; each that is not registered yet has its own."""
    return f"{NEW}:{whole.person.id}" if whole.new else whole.person.id


def id_of(key: str) -> str:
    """Return the id under which somebody new was begun, "" where a key says none."""
    return key.partition(":")[2]


def is_new(key: str) -> bool:
    """Tell whether a draft is of somebody who is not registered yet."""
    return key.startswith(NEW)


class Drafts:
    """Drafts by the key of their person (`key_of`).

    `open_` takes one up, `changed` is called when there are more or fewer.
    """

    def __init__(self, message: Toasts, open_: Callable[[str], object], changed: Callable[[], object]) -> None:
        self._message, self._open, self._changed = message, open_, changed
        self._drafts: dict[str, Draft] = {}
        self._names: dict[str, str] = {}
        self.button = button("草稿", lambda: None, tip="没有保存的登记表：继续写，或丢掉")
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self._menu)

    def __len__(self) -> int:
        return len(self._drafts)

    def stored(self, standing: tuple[str, Draft, str] | None) -> dict[str, Unsaved]:
        """Return every draft, with the one on the sheet, as they are kept for a program that was killed."""
        waiting = dict(self._drafts)
        if standing is not None:
            waiting[standing[0]] = standing[1]
        return {key: stored(draft, new=is_new(key)) for key, draft in waiting.items()}

    def keep(self, key: str, draft: Draft, name: str) -> None:
        """Put a draft aside; `name` is whose sheet it is."""
        self._drafts[key] = draft
        self._names[key] = draft.person.get("name") or name or "未填姓名的人"
        self.button.setText(f"草稿 {len(self._drafts)}")

    def take(self, key: str) -> Draft | None:
        """Return a draft to go on with it."""
        draft = self._drafts.pop(key, None)
        self.button.setText(f"草稿 {len(self._drafts)}")
        return draft

    def newest(self) -> str:
        """Return the key of the last draft of somebody who is not registered yet, "" for none."""
        return next((key for key in reversed(self._drafts) if is_new(key)), "")

    def drop(self, key: str) -> None:
        """Let a draft go; it can be had back."""
        draft, name = self.take(key), self._names.get(key, "")
        if draft is not None:
            self.tell_dropped(key, draft, name)
            self._changed()

    def tell_dropped(self, key: str, draft: Draft, name: str) -> None:
        """Say that a draft is gone, and offer to take that back."""

        def restore() -> None:
            self.keep(key, draft, name)
            self._changed()

        self._message.say(f"已丢掉{draft.person.get('name') or name or '未填姓名的人'}的草稿", undo=restore)

    def _fill(self) -> None:
        self._menu.clear()
        for key in list(self._drafts):
            self._menu.addAction(f"继续写：{self._names[key]}", partial(self._open, key))
            self._menu.addAction(f"丢掉：{self._names[key]}", partial(self.drop, key))
