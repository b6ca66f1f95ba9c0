"""Every record by its one declaration: list, form, save, files, and how it is called in words.

`rows` is what scripts beside the program ask of the registers.
"""

from tuopin_desktop.services.registers.registers import rows

__all__ = ["rows"]
