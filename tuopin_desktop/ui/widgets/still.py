"""Fields that the mouse wheel leaves alone: it scrolls what they stand on, and must not change what nobody looks at."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QTabBar


class ChoiceBox(QComboBox):
    """A combo box that hands the wheel on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NumberBox(QSpinBox):
    """A spin box that hands the wheel on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Tabs(QTabBar):
    """A bar of tabs that hands the wheel on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
