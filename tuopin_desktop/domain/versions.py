"""Versions of the program: numbers with dots, ordered as numbers."""

import re

_FORM = re.compile(r"[0-9]{1,5}(\.[0-9]{1,5}){1,3}")


def is_version(text: str) -> bool:
    """Tell whether a text is a version that can lie beside others."""
    return _FORM.fullmatch(text) is not None


def newer(one: str, other: str) -> bool:
    """Tell whether a version comes after another; one that is none comes before all."""
    return _numbers(one) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    parts = tuple(map(int, version.split("."))) if is_version(version) else ()
    while parts and parts[-1] == 0:  # 1.0 and 1.0.0 are one version
        parts = parts[:-1]
    return parts
