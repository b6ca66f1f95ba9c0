"""日志台账: logs, weekly notes and the ledger of one team; the region chooses the county first."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.records import DailyLog, LedgerItem, WeeklyNote
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.journals import behind, ledger, notes
from tuopin_desktop.services.journals.behind import TeamJournals
from tuopin_desktop.ui.pages.journals import questions
from tuopin_desktop.ui.pages.journals.behind import BehindView
from tuopin_desktop.ui.pages.journals.ledger import LedgerView
from tuopin_desktop.ui.pages.journals.line import LineInput
from tuopin_desktop.ui.pages.journals.logs import LogsView
from tuopin_desktop.ui.pages.journals.notes import NotesView
from tuopin_desktop.ui.pages.journals.questions import ItemOutcome, Items, LogsOutcome, Week
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.once import Once
from tuopin_desktop.ui.plumbing.runner import Asker, question
from tuopin_desktop.ui.sheets.landing import sheet_landing
from tuopin_desktop.ui.sheets.transfer import Exchange
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import act_button, button, column, hide_unless, row, tabs

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
    after: Callable[[Callable[[None], object]], object],
    *,
    show: bool,
) -> None:
    """Put what was typed back into its list; `after(then)` does something once the list has been shown."""
    logs, notes, ledger = views
    kind, _, which = key.partition(":")
    if kind == LOG and (log := _log_of(which, content)) is not None:
        posting, day, line_input = log
        logs.retype(posting, day, line_input, show=show)
    elif kind == NOTE:
        text, signer, signed = (content.get(part, "") for part in _NOTE_PARTS)
        notes.retype(which, (text, signer, signed))
        if show:
            notes.opened.emit(which)
    elif (entry := _item_of(content)) is not None:
        item, values = entry
        after(lambda _: ledger.retype(item, values, show=show))


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


_LOGS, _NOTES, _LEDGER, _CHOOSE = range(4)
_PAPERS = {
    "log": "本月工作日志（每人一份）",
    "note": "周记",
    "ledger": "工作台账",
    "blank-log": "空白工作日志（供手写）",
    "blank-note": "空白周记（供手写）",
    "blank-ledger": "空白台账（供手写）",
}


def _county_box(office: OfficeView) -> FilterBox:
    names = office.vocabulary["旗县"].labels
    below = {code: name for code, name in names.items() if code.startswith(office.scope)}
    return FilterBox("全部旗县", below, "旗县")


def _paper_button(ask: Callable[[str], object]) -> QPushButton:
    papers = button("打印", lambda: None, icon="printer", tip="存为 PDF 或 Excel（Ctrl+P）")
    menu = QMenu(papers)
    for kind, text in _PAPERS.items():
        menu.addAction(f"{text}…", partial(ask, kind))
    papers.setMenu(menu)
    return papers


class JournalsPage(Page):
    """Three lists of one team; what is typed stays until it is saved, wherever the clerk goes meanwhile."""

    interests = frozenset(
        "daily_log weekly_note ledger_item attendance leave_slip posting person opinion decision month_close county"
        " round_trip training training_attendance ruling calendar_day calendar_year".split()
    )

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self.takes = (sheet_landing(Exchange(self.context, "daily_log")),)
        self._county = office.scope if office.level is Level.COUNTY else ""
        self._build()

    def _build(self) -> None:
        self.county = _county_box(self.office)
        hide_unless(self.county, not self._county)
        self.county.chosen.connect(self._choose_county)
        self._papers = _paper_button(self.ask_paper)
        self._new = act_button(Act.ENTER, "立项", self.new, icon="plus", role="primary", tip="Ctrl+N")
        self._save = act_button(Act.ENTER, "保存", self.save, icon="save", role="primary", tip="Ctrl+S")
        self._back = button("返回", self.back, icon="arrow-left", role="flat", tip="Esc")
        self.logs, self.notes, self.ledger = LogsView(self.office), NotesView(self.office), LedgerView(self.office)
        self.tabs = tabs("日志、周记或台账", "日志", "周记", "台账")
        self.tabs.currentChanged.connect(self._turn)
        self.behind_list = BehindView()
        self.behind_list.chosen.connect(self._choose_county)
        self._stack = QStackedWidget()
        for view in (self.logs, self.notes, self.ledger, self.behind_list):
            self._stack.addWidget(view)
        whole = column(row(self.tabs, None, self.county), self._stack, gap=8)
        whole.setStretch(1, 1)
        self.body.addLayout(whole)
        self._connect()

    def _connect(self) -> None:
        self.logs.asked.connect(lambda _: self._ask_logs())
        self.logs.saved.connect(self._keep_logs)
        self.notes.opened.connect(self._open_note)
        self.notes.saved.connect(self._keep_note)
        self.notes.unclear.connect(lambda sentence: self.message.say(sentence, "warn"))
        self.ledger.asked.connect(lambda _: self._ask_items())
        self._items_once = Once(self.asker, self.complain)
        self.ledger.saved.connect(self._keep_item)
        self.ledger.carried.connect(self._carry)
        for view in (self.logs, self.notes, self.ledger):
            view.edited.connect(self._name)

    # -- which team, which list

    def _choose_county(self, code: str) -> None:
        if self.unsaved():
            self.county.setCurrentIndex(max(0, self.county.findData(self._county)))
            self.message.say("有内容还没有保存，请先保存，再换旗县。", "warn")
            return
        self._county = code
        self.county.setCurrentIndex(max(0, self.county.findData(code)))
        self.refresh()

    def _show_behind(self, lines: list[TeamJournals]) -> None:
        self.behind_list.replace(lines)
        self._name()

    def _turn(self, _place: int) -> None:
        self.refresh()

    def refresh(self) -> None:
        place = self.tabs.currentIndex()
        self._stack.setCurrentIndex(place if self._county else _CHOOSE)
        self._name()
        if self._county:
            asks: tuple[Callable[[], object], ...] = (self._ask_logs, self._ask_notes, self._ask_items)
            asks[place]()
        else:
            self.context.ask(behind.teams, then=self._show_behind, lane="behind")

    def _name(self) -> None:
        place = self.tabs.currentIndex()
        waiting = self.unsaved()
        calm = "每天一句话，周记和台账由此而来" if self._county else self.behind_list.state_words
        state = f"{waiting}还没有保存" if waiting else calm
        buttons = [self._papers]
        if place == _LOGS or (place == _NOTES and self.notes.on_sheet):
            buttons.append(self._save)
        elif place == _LEDGER:
            buttons.append(self._new)
        lead = [self._back] if place == _NOTES and self.notes.on_sheet else []
        self.head("日志台账", state, buttons if self._county else [], lead)

    # -- logs

    def _ask_logs(self) -> None:
        self.asker.ask(
            questions.week, self.logs.week, self._county, then=self._show_week, failed=self.complain, lane="logs"
        )

    def _show_week(self, week: Week) -> None:
        self.logs.replace(week)
        self._name()

    def _keep_logs(self, daily_logs: list[DailyLog]) -> None:
        self.asker.ask(questions.keep, daily_logs, then=self._after_keeping, failed=self.complain)

    def _after_keeping(self, logs_outcome: LogsOutcome) -> None:
        self.logs.after_keeping(logs_outcome)
        if logs_outcome.wrong:
            text = "；".join(dict.fromkeys(str(each) for problems in logs_outcome.wrong.values() for each in problems))
            self.message.say(f"没有保存：{text}", "warn")
            return
        self.message.clear()
        self._ask_logs()

    # -- weekly notes

    def _ask_notes(self) -> None:
        self.asker.ask(notes.listed, self._county, then=self.notes.replace, failed=self.complain, lane="notes")

    def _open_note(self, week: str) -> None:
        self.asker.ask(notes.open_note, week, self._county, then=self._show_note, failed=self.complain, lane="note")

    def _show_note(self, view: notes.NoteView) -> None:
        self.message.clear()
        self.notes.show_note(view)
        self._name()

    def _keep_note(self, week: str, text: str, value: str, signer: str, day: date | None) -> None:
        keep = question(notes.keep, week, text, value, county=self._county, signed_by=signer, signed=day)
        self.asker.ask(keep, then=self._note_kept, failed=self.complain)

    def _note_kept(self, note: WeeklyNote) -> None:
        self.notes.forget(note.week)
        self.message.say(f"已保存：{weeks.week_words(note.week)}周记")
        self._open_note(note.week)

    # -- the ledger

    def _ask_items(self) -> None:
        which = self.ledger.lists.code()
        self.asker.ask(questions.items, self._county, which, then=self._show_items, failed=self.complain, lane="items")

    def _show_items(self, items: Items) -> None:
        self.ledger.replace(items)
        self._name()

    def _keep_item(self, item: LedgerItem) -> None:
        self._items_once.ask(questions.save_item, item, self._county, then=self._item_kept)

    def _item_kept(self, saved: ItemOutcome) -> None:
        if saved.item is None:
            rest = self.ledger.show_problems(saved.problems)
            text = "；".join(str(problem) for problem in rest) or "请先改正标红的栏目。"
            self.message.say(f"没有保存：{text}", "warn")
            return
        self.ledger.settled(saved.item)
        self.message.say(f"已保存：{' '.join(saved.item.task.split())[:30]}")
        self._ask_items()

    def _carry(self, names: list[str]) -> None:
        target = weeks.shifted(weeks.week_of(self.office.today), 1)
        self.asker.ask(ledger.carry, names, target, then=self._carried, failed=self.complain)

    def _carried(self, ledger_items: list[LedgerItem]) -> None:
        self.message.say(f"已结转{len(ledger_items)}项到{weeks.week_words(ledger_items[0].week)}")
        self._ask_items()

    # -- paper

    def ask_paper(self, kind: str) -> None:
        """Ask where to save a paper; the file's name decides between PDF and Excel."""
        view = self.notes.view
        week = view.week if view is not None else self.logs.week
        values = {
            "county": self._county,
            "month": f"{self.logs.day:%Y-%m}",
            "week": week,
            "which": self.ledger.lists.code(),
        }
        part = {"log": f"{self.logs.day:%Y年%m月}", "note": week, "ledger": f"{self.office.today}"}.get(kind, "")
        name = f"{_PAPERS[kind].split('（')[0]} {part}".strip()
        ask_save(self, "保存", f"{name}.pdf", f"{PDFS};;{SHEETS}", lambda path: self.write_paper(kind, values, path))

    def write_paper(self, kind: str, values: dict[str, str], path: Path) -> None:
        """Write a paper."""
        then = lambda written: self.message.say_file(written)  # noqa: E731 - said once, where it is used
        self.asker.ask(questions.write, kind, values, path, then=then, failed=self.complain)

    # -- keys and goals

    def show_subject(self, subject: str) -> None:
        kind, _, record_id = subject.partition(":")
        places = {"daily_log": _LOGS, "weekly_note": _NOTES, "ledger_item": _LEDGER, "": _LOGS}
        self.tabs.setCurrentIndex(places.get(kind, _LOGS))
        if record_id and not self._county:
            self._county = ids.owner(record_id)
            self.county.setCurrentIndex(max(0, self.county.findData(self._county)))
            self.refresh()
        if kind == "weekly_note" and record_id:
            self._open_note(record_id.rpartition("/")[2])
        elif kind == "daily_log":
            self.logs.stand_on(record_id)

    def take_keyboard(self) -> None:
        views = (self.logs.take_keyboard, self.notes.table.setFocus, self.ledger.table.setFocus)
        if self._county:
            views[self.tabs.currentIndex()]()

    def new(self) -> None:
        if self._county:
            self.tabs.setCurrentIndex(_LEDGER)
            self.ledger.new()

    def save(self) -> None:
        place = self.tabs.currentIndex()
        if place == _LOGS and (daily_logs := self.logs.edited_logs()):
            self._keep_logs(daily_logs)
        elif place == _NOTES and self.notes.on_sheet:
            self.notes.save()
        elif place == _LEDGER:
            self.ledger.save()

    def print_(self) -> None:
        if self._county:
            self.ask_paper(("log", "note", "ledger")[self.tabs.currentIndex()])

    def back(self) -> None:
        if self.tabs.currentIndex() == _NOTES and self.notes.on_sheet:
            self.notes.back()
            self.refresh()
        elif self.tabs.currentIndex() == _LEDGER and self.ledger.form_open:
            self.ledger.close_form()
            self._name()

    def drafts(self) -> dict[str, Draft]:
        return drafts(self._county, self.logs, self.notes, self.ledger)

    def resume(self, key: str, content: Mapping[str, str], *, show: bool) -> None:
        self._county, _, key = key.partition("|")
        self.county.setCurrentIndex(max(0, self.county.findData(self._county)))
        if show:
            self.tabs.setCurrentIndex(tab_of(key))
            self.refresh()

        def after(then: Callable[[None], object]) -> None:
            self.asker.ask(_nothing, then=then, failed=self.complain)  # answers come in order: the list is there then

        take_up(key, content, (self.logs, self.notes, self.ledger), after, show=show)

    def unsaved(self) -> str:
        counts = ((self.logs.unsaved(), "篇日志"), (self.notes.unsaved(), "篇周记"), (self.ledger.unsaved(), "项台账"))
        return "、".join(f"{number}{text}" for number, text in counts if number)


def _nothing(_desk: object) -> None:
    """Answer when everything asked before has been answered."""
