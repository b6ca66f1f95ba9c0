"""What an office sets up: the holiday table, the ruling register, and itself."""

from tuopin_desktop.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
