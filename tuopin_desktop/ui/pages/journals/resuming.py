"""Logs, notes and items of the ledger that are typed and not saved, as they are kept for a program that was killed."""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.records import LedgerItem
from tuopin_desktop.ui.pages.journals.ledger import LedgerView
from tuopin_desktop.ui.pages.journals.line import LineInput
from tuopin_desktop.ui.pages.journals.logs import LogsView
from tuopin_desktop.ui.pages.journals.notes import NotesView
from tuopin_desktop.ui.plumbing.drafting import Draft

LOG, NOTE, ITEM = "log", "note", "item"
_NOTE_PARTS = ("text", "signer", "signed")
_RECORD = "\nrecord"  # no field is named so


def drafts(county: str, logs: LogsView, notes: NotesView, ledger: LedgerView) -> dict[str, Draft]:
    """Return what is typed in the three lists of a county."""
    draft_by_key = {
        f"{LOG}:{posting} {day}": Draft(f"{day.month}月{day.day}日的日志", line_input._asdict())
        for (posting, day), line_input in logs.typed().items()
    }
    draft_by_key |= {
        f"{NOTE}:{week}": Draft(f"{weeks.week_words(week)}周记", dict(zip(_NOTE_PARTS, row, strict=True)))
        for week, row in notes.typed().items()
    }
    for item, values in ledger.typed():
        record = {_RECORD: msgspec.json.encode(item).decode()}
        draft_by_key[f"{ITEM}:{item.id}"] = Draft("台账事项", {**values, **record})
    return {f"{county}|{key}": draft for key, draft in draft_by_key.items()}


def tab_of(key: str) -> int:
    """Return the place of the list a draft belongs to."""
    return {NOTE: 1, ITEM: 2}.get(key.partition(":")[0], 0)


def take_up(
    key: str,
    content: Mapping[str, str],
    views: tuple[LogsView, NotesView, LedgerView],
    after: Callable[..., object],
    *,
    show: bool,
) -> None:
    """Put what was typed back into its list; `after(then=...)` does something once the list has been shown."""
    logs, notes, ledger = views
    kind, _, which = key.partition(":")
    if kind == LOG and (log := _log_of(which, content)) is not None:
        logs.retype(*log, show=show)
    elif kind == NOTE:
        text, signer, signed = (content.get(part, "") for part in _NOTE_PARTS)
        notes.retype(which, (text, signer, signed))
        if show:
            notes.opened.emit(which)
    elif (item := _item_of(content)) is not None:
        after(then=lambda _: ledger.retype(*item, show=show))


def _log_of(which: str, content: Mapping[str, str]) -> tuple[str, date, LineInput] | None:
    posting, _, day = which.rpartition(" ")
    try:
        return posting, date.fromisoformat(day), LineInput(**content)
    except (ValueError, TypeError):
        return None


def _item_of(content: Mapping[str, str]) -> tuple[LedgerItem, dict[str, str]] | None:
    try:
        item = msgspec.json.decode(content.get(_RECORD, ""), type=LedgerItem)
    except msgspec.DecodeError:
        return None
    return item, {name: text for name, text in content.items() if name != _RECORD}
