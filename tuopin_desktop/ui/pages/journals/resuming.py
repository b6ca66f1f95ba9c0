"""Logs, notes and items of the ledger that are typed and not saved, as they are kept for a program that was killed."""

from collections.abc import Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.records import LedgerItem
from tuopin_desktop.ui.pages.journals.ledger import LedgerView
from tuopin_desktop.ui.pages.journals.line import Typed
from tuopin_desktop.ui.pages.journals.logs import LogsView
from tuopin_desktop.ui.pages.journals.notes import NotesView
from tuopin_desktop.ui.plumbing.drafting import Draft

LOG, NOTE, ITEM = "log", "note", "item"
_NOTE_PARTS = ("text", "signer", "signed")
_RECORD = "\nrecord"  # no field is named so


def drafts(logs: LogsView, notes: NotesView, ledger: LedgerView) -> dict[str, Draft]:
    """Return what is typed in the three lists."""
    found = {
        f"{LOG}:{posting} {day}": Draft(f"{day.month}月{day.day}日的日志", typed._asdict())
        for (posting, day), typed in logs.typed().items()
    }
    found |= {
        f"{NOTE}:{week}": Draft(f"{weeks.week_words(week)}周记", dict(zip(_NOTE_PARTS, typed, strict=True)))
        for week, typed in notes.typed().items()
    }
    for item, typed in ledger.typed():
        record = {_RECORD: msgspec.json.encode(item).decode()}
        found[f"{ITEM}:{item.id}"] = Draft("台账事项", {**typed, **record})
    return found


def log_of(key: str, content: Mapping[str, str]) -> tuple[str, date, Typed] | None:
    """Return posting, day and words of a log; None for what is none."""
    posting, _, day = key.removeprefix(f"{LOG}:").rpartition(" ")
    try:
        return posting, date.fromisoformat(day), Typed(**content)
    except (ValueError, TypeError):
        return None


def note_of(content: Mapping[str, str]) -> tuple[str, str, str]:
    """Return text, signer and day of a note."""
    text, signer, signed = (content.get(part, "") for part in _NOTE_PARTS)
    return text, signer, signed


def item_of(content: Mapping[str, str]) -> tuple[LedgerItem, dict[str, str]] | None:
    """Return an item and what was typed over it; None for what cannot be read any more."""
    try:
        item = msgspec.json.decode(content.get(_RECORD, ""), type=LedgerItem)
    except msgspec.DecodeError:
        return None
    return item, {name: text for name, text in content.items() if name != _RECORD}
