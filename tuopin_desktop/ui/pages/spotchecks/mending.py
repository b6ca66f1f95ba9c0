"""From finding to closed: the small windows that note what was put right and close a finding."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Check, Rectification
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.spotchecks import spotchecks
from tuopin_desktop.services.spotchecks.spotchecks import SpotCheckRow
from tuopin_desktop.ui.plumbing.runner import Args, question
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext

R = TypeVar("R", bound=Record)

_CLOSING = ("closed", "closed_by", "closed_words")
_EDITING = ("found", "place", "matter", "finding", "evidence", "due")
_TITLE = 30
_MENDING = ("done", "words", "by", "evidence")


class Mending:
    """Carries out the strokes on one check; says in the message line what was done or is in the way."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.dialog: FormDialog[Any] | None = None

    def edit(self, item: SpotCheckRow) -> None:
        """Ask what else is to be said of a check: evidence, another date to be put right by; only who checked may."""
        if not item.may_close:
            self._context.message.say("自治区办公室的抽查只能由办公室修改。", "warn")
            return
        self._ask(
            item.course.check,
            _EDITING,
            "修改检查结果",
            "保存",
            lambda check: self._keep("已保存。", spotchecks.record, [check]),
        )

    def rectify(self, item: SpotCheckRow) -> None:
        """Ask what was put right."""
        if not item.course.stage.pending:
            self._context.message.say("这条记录没有需要整改的问题。", "quiet")
            return

        def take(values: Rectification) -> None:
            assert values.done is not None, "the form asks for it"
            rectify = question(
                spotchecks.rectify, item.id, values.done, values.words, by=values.by, evidence=values.evidence
            )
            self._keep("已登记整改情况，由检查单位销号。", rectify)

        draft = Rectification(check=item.id, done=self._context.office.today, by=self._context.office.user)
        self._ask(draft, _MENDING, "登记整改情况", "登记整改", take)

    def close(self, item: SpotCheckRow) -> None:
        """Ask who closes the finding; only who checked may."""
        check = item.course.check
        if not item.may_close:
            self._context.message.say("自治区办公室的抽查由办公室销号；请登记整改情况，随数据包报送。", "warn")
        elif check.closed:
            self._context.message.say(f"已于{check.closed}销号。", "quiet")
        elif not item.course.stage.pending:
            self._context.message.say("这次检查没有发现问题，不需要销号。", "quiet")
        else:
            draft = msgspec.structs.replace(
                check, closed=self._context.office.today, closed_by=self._context.office.user
            )
            self._ask(
                draft,
                _CLOSING,
                f"销号：{check.finding[:_TITLE] or '不在岗'}",
                "销号",
                lambda check_: self._closed(item, check_),
            )

    def _closed(self, item: SpotCheckRow, check: Check) -> None:
        close = question(spotchecks.close, item.id, by=check.closed_by, text=check.closed_words, on=check.closed)
        self._keep("已销号。", close, undo=lambda: self._keep("已撤销销号。", spotchecks.reopen, item.id))

    def reopen(self, item: SpotCheckRow) -> None:
        """Ask whether a closing is taken back."""
        day = item.course.check.closed
        if day is None:
            self._context.message.say("这条记录没有销号。", "quiet")
            return
        sentence = f"撤销{day}的销号，问题恢复为未销号？"
        confirm(
            self._context.window, sentence, "撤销销号", lambda: self._keep("已撤销销号。", spotchecks.reopen, item.id)
        )

    def _ask(self, draft: R, labels: tuple[str, ...], title: str, text: str, take: Callable[[R], object]) -> None:
        self.dialog = dialog = FormDialog(draft, labels, title, text, self._context.office, take, self._context.window)
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _keep(
        self,
        message: str,
        function: Callable[[Desk, *Args], object],
        *args: *Args,
        undo: Callable[[], object] | None = None,
    ) -> None:
        """Ask the desk to keep something; the window that asked for it closes on success, else shows why not."""
        dialog = self.dialog

        def finish(_: object) -> None:
            if dialog is not None:
                dialog.accept()
            self._context.message.say(message, undo=undo)

        failed = dialog.refused if dialog is not None else self._context.message.complain
        self._context.asker.ask(function, *args, then=finish, failed=failed)
