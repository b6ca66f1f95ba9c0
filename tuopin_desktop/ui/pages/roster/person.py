"""One person's sheet: the person at the left, a posting in the middle, and what the rules say."""

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLayout, QScrollArea, QVBoxLayout, QWidget

from tuopin_desktop.domain.essentials import Lack
from tuopin_desktop.domain.idcard import IdNumber, read_id_number
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.roster.lacks import LackLine
from tuopin_desktop.ui.pages.roster.questions import Whole
from tuopin_desktop.ui.plumbing.drafting import Draft as Unsaved
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.editor import Unclear
from tuopin_desktop.ui.widgets.findings import FindingList
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.parts import act_button, card, column, label, row
from tuopin_desktop.ui.widgets.still import ChoiceBox


class Draft(msgspec.Struct, frozen=True):
    """Words typed and not saved: of the person, and of the posting they belong to."""

    person: dict[str, str] = {}
    posting: dict[str, str] = {}
    standing: Posting | None = None


def later(copy: Draft, now: Draft, posting: Posting | None) -> Draft | None:
    """Return what stands `now` beside what was saved, over the posting as stored; None where that is the same."""
    if None not in (now.standing, copy.standing) and _id(now.standing) != _id(copy.standing):
        copy, posting = Draft(copy.person), now.standing  # another posting was begun meanwhile
    person, place = _other(copy.person, now.person), _other(copy.posting, now.posting)
    return Draft(person, place, posting) if person or place else None


def _other(copy: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in now.items() if copy.get(name, "") != text}


def _id(posting: Posting | None) -> str:
    return posting.id if posting is not None else ""


_PHOTO_PX = 118
_POSTING, _STANDING = "posting.", "standing"


def stored(draft: Draft, *, new: bool) -> Unsaved:
    """Return a draft as it is kept for a program that was killed; a new person's posting is made anew."""
    content = {**draft.person, **{f"{_POSTING}{name}": text for name, text in draft.posting.items()}}
    if draft.standing is not None and not new:
        content[_STANDING] = msgspec.json.encode(draft.standing).decode()
    name = draft.person.get("name", "")
    return Unsaved(f"{name}的登记表" if name else "人员登记表", content)


def read_back(content: Mapping[str, str]) -> Draft:
    """Return what `stored` kept."""
    posting = {name.removeprefix(_POSTING): text for name, text in content.items() if name.startswith(_POSTING)}
    person = {name: text for name, text in content.items() if not name.startswith(_POSTING) and name != _STANDING}
    try:
        standing = msgspec.json.decode(content[_STANDING], type=Posting) if _STANDING in content else None
    except msgspec.DecodeError:
        standing = None
    return Draft(person, posting, standing)


class PersonSheet(QWidget):
    """`edited` tells that something was typed; `posting_wanted` asks for a blank one, `held` says why not."""

    edited = Signal()
    posting_wanted = Signal()
    held = Signal(str)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self.whole: Whole | None = None
        self.person = RecordForm(Person, office)
        self.posting: RecordForm | None = None
        self._standing: Posting | None = None
        self.person.edited.connect(self.edited)
        self.person.editors["id_number"].edited.connect(self._from_number)
        self.which = ChoiceBox()
        self.which.setAccessibleName("选择派驻记录")
        self.which.activated.connect(self._switch)
        self.another = act_button(
            Act.ENTER, "新增派驻", self.posting_wanted.emit, icon="plus", role="flat", tip="再次派驻时新增一条"
        )
        self.findings = FindingList(nothing="没有需要注意的事项。")
        self.photo = label()
        self.photo.setAccessibleName("照片")
        self.lacks = LackLine()
        self.lacks.chosen.connect(self.go_to)
        self._build()

    def _build(self) -> None:
        self._right = QVBoxLayout()
        self._right.setContentsMargins(0, 0, 0, 0)
        postings = column(row(self.which, None, self.another), self._right, gap=8)
        self._rules = card(column(label("办法要求", "section"), self.findings, gap=4, margins=_MARGINS))
        left = card(column(self.photo, self.person, None, gap=8, margins=_MARGINS))
        side = column(card(column(postings, margins=_MARGINS)), self._rules, None, gap=12)
        halves = row(left, gap=12, margins=(0, 0, 4, 0))
        halves.addLayout(side, 1)
        halves.setStretch(0, 1)
        self.area = _scrolled(halves)
        whole = column(self.lacks, self.area, gap=8)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    # -- what is shown

    def _show_photo(self, photo: bytes) -> None:
        picture = QPixmap()
        if photo and picture.loadFromData(photo):
            picture = picture.scaledToHeight(theme.scaled(self, _PHOTO_PX), Qt.TransformationMode.SmoothTransformation)
        self.photo.setPixmap(picture)
        self.photo.setVisible(not picture.isNull())

    def show_whole(self, whole: Whole, draft: Draft | None = None) -> None:
        """Show a person with the newest posting, and over both what had been typed before."""
        draft = draft or Draft()
        self.whole = whole
        self.person.load(whole.person, draft.person)
        self.person.tint(whole.leave)
        self._show_photo(whole.photo)
        self.which.clear()
        for posting in whole.postings:
            self.which.addItem(_posting_words(posting, self._office), posting.id)
        self.which.setVisible(bool(whole.postings) and not whole.new)
        self.another.setVisible(not whole.new)
        self._rules.setVisible(not whole.new)
        self.findings.replace(whole.findings)
        self.lacks.replace(whole.lacks)
        places = [posting.id for posting in whole.postings]
        if draft.standing is not None and draft.standing.id not in places:
            self.add_posting(draft.standing, draft.posting)
            return
        at = places.index(draft.standing.id) if draft.standing is not None else 0
        self.which.setCurrentIndex(at)
        self._show_posting(whole.postings[at] if whole.postings else None, draft.posting)

    def go_to(self, lack: Lack) -> None:
        """Stand in the field that is empty, of the person or of the posting it belongs to."""
        form: RecordForm | None = self.person
        if isinstance(lack.record, Posting):
            if self.whole is not None and self._standing is not None and self._standing.id != lack.record.id:
                self._switch([one.id for one in self.whole.postings].index(lack.record.id))
            form = self.posting
        if form is not None:
            self._stand_in(form.editors[lack.field.name])

    def _stand_in(self, editor: QWidget) -> None:
        editor.setFocus()
        self.area.ensureWidgetVisible(editor)

    def add_posting(self, posting: Posting, values: Mapping[str, str] | None = None) -> None:
        """Offer a posting that is not saved yet."""
        if self.whole is not None:
            self.whole = msgspec.structs.replace(self.whole, postings=(posting, *self.whole.postings))
            self.which.insertItem(0, "新的派驻", posting.id)
            self.which.show()
            self.which.setCurrentIndex(0)
            self._show_posting(posting, values or {})
            if self.posting is not None:
                self.posting.editors["since"].setFocus()

    def _show_posting(self, posting: Posting | None, values: Mapping[str, str]) -> None:
        if self.posting is not None:
            self._right.removeWidget(self.posting)
            self.posting.deleteLater()
            self.posting = None
        self._standing = posting
        if posting is None or self.whole is None:
            return
        self.posting = RecordForm(Posting, self._office, leave_out=("person",), titles=self.whole.titles)
        self.posting.edited.connect(self.edited)
        self.posting.tint(self.whole.leave)
        self._right.addWidget(self.posting)
        self.posting.load(posting, values)

    def _switch(self, at: int) -> None:
        if self.whole is not None and self.posting is not None and not self.posting.typed():
            self._show_posting(self.whole.postings[at], {})
        elif self.whole is not None and self._standing is not None:
            self.which.setCurrentIndex(self.whole.postings.index(self._standing))
            self.held.emit("这条派驻有改动没有保存，请先保存再看另一条。")

    # -- what is typed

    def draft(self) -> Draft | None:
        """Return the words that are not saved, or None when all is."""
        person, posting = self.person.typed(), self.posting.typed() if self.posting else {}
        return Draft(person, posting, self._standing) if person or posting else None

    def place(self) -> tuple[bool, str]:
        """Return in which field the keyboard is: whether of the posting, and its name, "" for none."""
        hand = self.focusWidget()
        for form in (self.person, self.posting):
            for name, editor in form.editors.items() if form is not None and hand is not None else ():
                if editor is hand or editor.isAncestorOf(hand):
                    return form is self.posting, name
        return False, ""

    def stand_at(self, of_posting: bool, name: str) -> None:
        """Put the keyboard into a field, the name for want of it."""
        form: RecordForm | None = self.posting if of_posting else self.person
        editors = form.editors if form is not None else {}
        editors.get(name, self.person.editors["name"]).setFocus()

    def texts(self) -> Draft:
        """Return the words of every field as they stand now, also of those that are empty."""
        person = {name: editor.typed() for name, editor in self.person.editors.items()}
        posting = {name: one.typed() for name, one in self.posting.editors.items()} if self.posting else {}
        return Draft(person, posting, self._standing)

    def as_read(self) -> tuple[Person, Posting | None, list[Problem], list[Problem]]:
        """Return both records with every field that can be read, and of each why the others cannot."""
        person, problems = self.person.as_read()
        if self.posting is None:
            return person, None, problems, []
        posting, more = self.posting.as_read()
        return person, posting, problems, more

    def show_problems(self, person: Sequence[Problem], posting: Sequence[Problem]) -> list[Problem]:
        """Show problems at their fields, all at once, and go to the first; return those that have none."""
        rest = self.posting.show_problems(posting) if self.posting else list(posting)
        rest = [*self.person.show_problems(person), *rest]
        hand = self.area.widget().focusWidget()
        if hand is not None:
            self.area.ensureWidgetVisible(hand)
        return rest

    def _from_number(self) -> None:
        """A whole citizen number says birth and sex: fill them in where they are empty."""
        try:
            read = read_id_number(str(self.person.editors["id_number"].read()))
        except Unclear:
            return
        if not isinstance(read, IdNumber):
            return
        for name, value in (("birth", read.birth.isoformat()), ("sex", read.sex)):
            self.person.propose(name, value)


def _posting_words(posting: Posting, office: OfficeView) -> str:
    if posting.since is None and not posting.position:
        return "派驻"
    county = office.vocabulary["旗县"].word(posting.county)
    end = f" 至 {posting.until}" if posting.until else " 起"
    return f"{county} {POSITION.word(posting.position)} {posting.since or ''}{end}"


_MARGINS = (16, 12, 16, 12)


def _scrolled(layout: QLayout) -> QScrollArea:
    """Return the one place that is scrolled: a sheet of two that scroll by themselves is read twice."""
    inside = QWidget()
    inside.setObjectName("sheet")
    inside.setLayout(layout)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.setAccessibleName("登记表")
    return area
