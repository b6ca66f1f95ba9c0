"""What the clerk answered for sheets of one layout: kept beside the database, so that nobody is asked twice.

A layout is the kind of sheet and its headings, in their order; of the days of a month it counts that there are any.
Only words of headings and of answers are kept, nothing of a row.
"""

import hashlib
from collections.abc import Mapping

import msgspec

from tuopin_desktop.domain.intake import Header, heading_key
from tuopin_desktop.domain.intake.headers import is_day_heading
from tuopin_desktop.machine import files
from tuopin_desktop.services.office.desk import Desk

FILE = "layouts.json"
_LIMIT = 4 * 1024 * 1024
_MOST = 500
"""Layouts kept; the oldest is forgotten first."""


def signature(header: Header) -> str:
    """Return what tells a layout from others."""
    keys = [heading_key(text) for place, text in header.headings.items() if not is_day_heading(header, place)]
    days = any(is_day_heading(header, place) for place in header.columns)
    return hashlib.sha256("\n".join([header.kind, "days" if days else "", *keys]).encode()).hexdigest()[:24]


def answers_of(desk: Desk, layout: str) -> dict[str, str]:
    """Return the answers kept for a layout, by question; a file that cannot be read counts as none."""
    return dict(_all(desk).get(layout, {}))


def keep(desk: Desk, layout: str, answers: Mapping[str, str]) -> None:
    """Keep answers for a layout, over those kept before; raises Trouble when they cannot be written."""
    if not answers:
        return
    layouts = _all(desk)
    standing = {**layouts.pop(layout, {}), **answers}
    whole = dict(list({**layouts, layout: standing}.items())[-_MOST:])
    files.write(desk.folder / FILE, msgspec.json.format(msgspec.json.encode(whole), indent=1))


def _all(desk: Desk) -> dict[str, dict[str, str]]:
    path = desk.folder / FILE
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(files.read(path, _LIMIT), type=dict[str, dict[str, str]])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}  # spoilt by hand: the clerk is asked again
