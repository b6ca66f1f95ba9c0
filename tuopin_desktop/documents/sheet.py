"""Fill in a form: values become a sheet, the same for window, printer and PDF."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.form import Form, Slot
from tuopin_desktop.documents.plain import printable
from tuopin_desktop.documents.typeset import fit, place
from tuopin_desktop.domain.display import MissingGlyph, Op, Sheet

Part = Literal["all", "static", "fields"]


def compose(form: Form, values: Mapping[str, str], book: FontBook, part: Part = "all") -> Sheet:
    """Set `values` (field name -> text) into `form`.

    `part="static"` is the blank form, `part="fields"` only what was filled in, for pre-printed paper. Ink fields stay
    empty whatever `values` says. What does not fit or has no glyph is reported in the sheet, never cut or left out.
    Raises ValueError for a name the form does not have: what a clerk typed must not vanish silently.
    """
    unknown = set(values).difference(slot.box.name for slot in form.slots)
    if unknown:
        raise ValueError(f"{form.id} has no field {', '.join(sorted(unknown))}")
    ops: list[Op] = []
    overflow: list[str] = []
    missing: list[MissingGlyph] = []
    for slot in form.slots if part != "static" else ():
        text = "" if slot.box.ink else _typed(slot, values.get(slot.box.name, ""))
        if text:
            fitted = fit(text, slot.setting, slot.area, book)
            ops.extend(place(fitted, slot.setting, slot.area, book))
            missing.extend(MissingGlyph(slot.box.name, char) for char in book.missing(text, slot.setting.role))
            if not fitted.fits:
                overflow.append(slot.box.name)
    return Sheet(
        form=form.id,
        width=form.width,
        height=form.height,
        static=_static(form, book) if part != "fields" else (),
        fields=tuple(ops),
        overflow=tuple(overflow),
        missing=tuple(missing),
    )


@lru_cache(maxsize=16)
def _static(form: Form, book: FontBook) -> tuple[Op, ...]:
    """What every sheet of a form shares; one object per form, by which the PDF writer knows it again."""
    ops: list[Op] = list(form.lines)
    for item in form.texts:
        fitted = fit(item.text, item.setting, item.area, book)
        ops.extend(place(fitted, item.setting, item.area, book))
    return tuple(ops)


def _typed(slot: Slot, value: str) -> str:
    lines = [line.strip(" \u3000") for line in printable(value).strip().split("\n")]
    return (" " if slot.setting.most == 1 else "\n").join(lines)
