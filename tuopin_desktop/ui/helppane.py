"""Help beside the page: what stands open is explained while one goes on working, and every topic can be searched."""

import html
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from tuopin_desktop.services.manual import topics
from tuopin_desktop.services.manual.topics import Topic
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.manualview import LargePicture, ManualView
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.search import SearchLine

WIDTH = 336
LEAST, MOST = 280, 420
OVER = 300
"""Width in px where the window is too narrow for both: it lies over the page's edge."""
_OTHERS = 8
"""Topics of the chapter named below one; more are no help."""


class HelpPane(QFrame):
    """Shows one topic of those for a level of office, or for all.

    `left` says that it was closed, `keys_wanted` asks for the sheet of keys on paper, the others for the whole manual.
    """

    left = Signal()
    keys_wanted = Signal()
    print_wanted = Signal()
    save_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QWidget, level: str = "") -> None:
        super().__init__(parent)
        self._level = level
        self.setObjectName("helppane")
        self.setAccessibleName("帮助")
        self.setAutoFillBackground(True)
        self._page = ("", "")
        self._past: list[Topic] = []
        self._topic: Topic | None = None
        self._of = label("", "quiet")
        self.pin = _tool("pin", "钉住：换页时不换说明", self._unpin, checks=True)
        self._back = _tool("arrow-left", "上一条", self._go_back)
        leave = _tool("x", "关闭帮助（F1）", self.left.emit)
        self._search = SearchLine("搜索说明：汉字、拼音、首字母", "搜索帮助")
        self._search.searched.connect(self._find)
        self._search.entered.connect(self._take_first)
        self._search.left_down.connect(self._read)
        self._text = ManualView()
        self._text.followed.connect(self._follow)
        self._text.picture_wanted.connect(lambda name: LargePicture(name, self.window()).open())
        contents = button("目录", lambda: self._show(self._chapter(topics.CONTENTS)[0]))
        head = row(label("帮助", "section"), self._of, None, self._back, self.pin, leave, gap=6)
        foot = row(contents, self._whole(), None, label("F1 关闭", "hint"))
        self.setLayout(column(head, self._search, self._text, foot, gap=8, margins=(14, 12, 14, 12)))
        self.setMaximumWidth(theme.scaled(self, MOST))
        self._back.setEnabled(False)

    def _whole(self) -> QPushButton:
        """Return the button of what the whole manual is had by."""
        whole = button("手册", lambda: None, icon="printer", tip="把全部说明打印成一本、存成一个文件，或拷到U盘上")
        menu = QMenu(whole)
        menu.addAction("打印手册…", self.print_wanted.emit)
        menu.addAction("存为PDF…", self.save_wanted.emit)
        menu.addAction("把手册拷到U盘…", self.copy_wanted.emit)
        menu.addSeparator()
        menu.addAction("打印按键表…", self.keys_wanted.emit)
        whole.setMenu(menu)
        return whole

    def _chapter(self, name: str) -> list[Topic]:
        return topics.chapter(name, self._level)

    @property
    def over(self) -> int:
        """Its width in px where it lies over the page."""
        return theme.scaled(self, OVER)

    def fitting(self, wide: int) -> int:
        """Return a width in px kept of it, within its bounds; its own for 0."""
        return min(max(wide or theme.scaled(self, WIDTH), LEAST), theme.scaled(self, MOST))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    @property
    def plain_text(self) -> str:
        """The text shown."""
        return self._text.toPlainText()

    def follow(self, chapter: str, title: str) -> None:
        """Explain a page, or the tab of it that stands open; what was looked up stays while it is pinned."""
        if (chapter, title) == self._page or (self.pin.isChecked() and self._topic is not None):
            return
        self._page = (chapter, title)
        self._past.clear()
        self._topic = None
        self._show(topics.at(chapter, title, self._level))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _escapes(event):
            event.accept()  # of the pane, not of the page behind it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _escapes(event):
            self.step_back()
        else:
            super().keyPressEvent(event)

    def step_back(self) -> None:
        """Clear the search, else close (Esc)."""
        if self._search.text():
            self._search.clear()
        else:
            self.left.emit()

    def enter(self) -> None:
        """Take the keyboard (F6)."""
        self._search.setFocus()

    def _read(self) -> None:
        self._text.setFocus()

    def _show(self, topic: Topic) -> None:
        if self._topic is not None and self._topic != topic:
            self._past.append(self._topic)
        self._topic = topic
        self._back.setEnabled(bool(self._past))
        self._lay()

    def _lay(self) -> None:
        topic = self._topic or self._chapter(topics.CONTENTS)[0]
        chapter = self._chapter(topic.chapter)
        self._of.setText(topics.MADE.get(topic.chapter, chapter[0].title))
        # The first of a chapter is what the page is for: all of it, to be read through.
        inside = chapter if topic == chapter[0] and topic.chapter not in topics.MADE else [topic]
        self._text.show_markup("".join(map(topics.linked, inside)) + _onward(chapter, inside))

    def _go_back(self) -> None:
        topic, self._topic = self._past.pop(), None
        self._show(topic)

    def _unpin(self) -> None:
        set_tip(self.pin, "不再钉住：说明跟着页换" if self.pin.isChecked() else "钉住：换页时不换说明")

    def _find(self, text: str) -> None:
        """List what fits in place of the topic, which stands again when the search is cleared."""
        if not text:
            self._lay()
            return
        hits = topics.search(text, self._level)
        head = f"<p>找到{len(hits)}处，回车看第一处：</p>" if hits else "<p>没找到。换个词，或看“目录”。</p>"
        self._text.show_markup(head + "".join(f"<p>{_link(one)}</p>" for one in hits))

    def _take_first(self, text: str) -> None:
        if hits := topics.search(text, self._level):
            self._show(hits[0])

    def _follow(self, link: str) -> None:
        name, _, title = QUrl(link).toString().partition("#")
        self._show(topics.at(name.removesuffix(".html"), title, self._level))


def _escapes(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape


def _tool(icon: str, tip: str, act: Callable[[], object], *, checks: bool = False) -> QPushButton:
    widget = button("", act, icon=icon, role="flat", tip=tip)
    widget.setAccessibleName(tip.partition("：")[0].partition("（")[0])
    widget.setCheckable(checks)
    return widget


def _link(topic: Topic) -> str:
    return f'<a href="{topic.chapter}.html#{html.escape(topic.title)}">{html.escape(topic.title)}</a>'


def _onward(chapter: list[Topic], inside: list[Topic]) -> str:
    others = [one for one in chapter if one not in inside][:_OTHERS]
    links = " · ".join(map(_link, others))
    return f"<p><b>接着看</b></p><p>{links}</p>" if links else ""
