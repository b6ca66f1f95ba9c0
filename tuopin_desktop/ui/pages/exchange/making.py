"""What goes out by stick: packages written one after another, stopped, and said to be there; the way in is below."""

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.ui.pages.exchange import questions
from tuopin_desktop.ui.pages.exchange.questions import Outgoing, Wish
from tuopin_desktop.ui.pages.exchange.stickbar import StickBar
from tuopin_desktop.ui.pages.exchange.taking import TakingPage
from tuopin_desktop.ui.pages.exchange.transfer import offices_words
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker, Ticket
from tuopin_desktop.ui.widgets.message import Way

_WRITING, _NEXT = "writing", "next stick"


class MakingPage(TakingPage):
    """The way out; the whole page builds on it."""

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._making: Ticket | None = None
        self._queue: list[str] = []
        self.stick = StickBar(asker)

    def send(self, offices: list[str], *, everything: bool = False) -> None:
        """Write the packages for some offices to the stick: what each has not confirmed, or everything."""
        folder = self.stick.folder
        if folder is None or not offices:
            self.message.say(offices_words(offices) or "请先插入U盘，或选择文件夹。", "warn")
            return
        self.message.say("正在写U盘，请不要拔出…", "warn", cause=_WRITING)
        out = self.transfer.out
        out.begin()
        wish = Wish(out.scans.isChecked(), everything, out.update_.isChecked())
        self._making = self.asker.ask_long(
            questions.make_wish, offices, folder, wish, then=self._tell_files, failed=self._not_made
        )

    def send_apart(self, offices: list[str]) -> None:
        """Write the packages one after another, each to a stick of its own; the first to the one in hand."""
        self._queue = list(offices)
        self._send_next()

    def _send_next(self) -> None:
        self.send(self._queue[:1])

    def _tell_files(self, outgoing: Outgoing) -> None:
        self._end_making()
        self.message.say(self.transfer.made_words(outgoing))
        if self._queue:
            office = self._queue.pop(0)
            self._offer_next(called(office))
        self.refresh()

    def _offer_next(self, unit: str) -> None:
        """Say which stick comes next; nothing is written to it before it is said to be there."""
        if not self._queue:
            self.message.say(f"{unit}的U盘已写好，可以拔出。全部写完了。")
            return
        text = f"{unit}的U盘已写好，可以拔出。请插入{called(self._queue[0])}的U盘（还有{len(self._queue)}个）。"
        ways: list[Way] = [("写到这个U盘", self._send_next), ("不写了", self._queue.clear)]
        self.message.say(text, "warn", cause=_NEXT, ways=ways)

    def _not_made(self, error: Refused | Trouble) -> None:
        self._end_making()
        self.complain(error)
        self.refresh()

    def _stop_making(self) -> None:
        if self._making is not None:
            self._making.cancel()
        self._end_making()
        self.message.say("已停下；写好的几个是完整的，可以用。", "quiet")
        self.refresh()

    def _end_making(self) -> None:
        self._making = None
        self.transfer.out.end()
        self.message.clear(_WRITING)
