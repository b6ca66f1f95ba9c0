"""Fields that the mouse wheel leaves alone: it scrolls what they stand on, and must not change what nobody looks at."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox


class ChoiceBox(QComboBox):
    """A combo box that hands the wheel on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NumberBox(QSpinBox):
    """A spin box that hands the wheel on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
