"""The tabs of the page in their order: a new one is a module with a view and one line here."""

from typing import NamedTuple

from tuopin_desktop.ui.pages.archives.aids import AidsView
from tuopin_desktop.ui.pages.archives.certificates import CertificatesView
from tuopin_desktop.ui.pages.archives.closing import ClosingView
from tuopin_desktop.ui.pages.archives.compare import CompareView
from tuopin_desktop.ui.pages.archives.extracts import ExtractsView
from tuopin_desktop.ui.pages.archives.handing import HandingView
from tuopin_desktop.ui.pages.archives.items import ItemsView
from tuopin_desktop.ui.pages.archives.personal import PersonalView
from tuopin_desktop.ui.pages.archives.search import SearchView
from tuopin_desktop.ui.pages.archives.setup import SetupView
from tuopin_desktop.ui.pages.archives.view import ArchiveView


class Tab(NamedTuple):
    """One tab: its key, by which `show_subject` reaches it, its words, and its view."""

    key: str
    label: str
    view: type[ArchiveView]


TABS: tuple[Tab, ...] = (
    Tab("items", "归档文件", ItemsView),
    Tab("search", "查找", SearchView),
    Tab("aids", "目录和盒", AidsView),
    Tab("handover", "移交", HandingView),
    Tab("compare", "比对", CompareView),
    Tab("personal", "个人材料", PersonalView),
    Tab("certificates", "证明", CertificatesView),
    Tab("extracts", "提取和利用", ExtractsView),
    Tab("closing", "结束任期", ClosingView),
    Tab("setup", "归档配置", SetupView),
)
