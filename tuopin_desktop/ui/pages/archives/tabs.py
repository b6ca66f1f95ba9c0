"""The tabs of the page in their order: a new one is a module with a view and one line here."""

from collections.abc import Callable
from typing import NamedTuple

from tuopin_desktop.ui.pages.archives.aids import AidsView
from tuopin_desktop.ui.pages.archives.handing import HandingView
from tuopin_desktop.ui.pages.archives.setup import SetupView
from tuopin_desktop.ui.pages.archives.view import ArchiveView
from tuopin_desktop.ui.widgets.page import PageContext


class Tab(NamedTuple):
    """One tab: its key, by which `show_subject` reaches it, its words, and what makes its view."""

    key: str
    label: str
    view: Callable[[PageContext], ArchiveView]


TABS: tuple[Tab, ...] = (
    Tab("aids", "目录和盒", AidsView),
    Tab("handover", "移交", HandingView),
    Tab("setup", "归档配置", SetupView),
)
