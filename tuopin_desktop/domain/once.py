"""What is worked out of facts once and kept with them."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar, cast

import msgspec

from tuopin_desktop.domain.policy import Policy

T = TypeVar("T")


class Once(msgspec.Struct, frozen=True, dict=True):
    """Base of facts: remembers by name and policy what was made of them."""

    @cached_property
    def _made(self) -> list[tuple[str, Policy, object]]:
        return []

    def once(self, name: str, policy: Policy, make: Callable[[], T]) -> T:
        """Return what is made of these facts under a policy, made when it is first asked for."""
        # A policy holds dictionaries and has no hash, and comparing two of them by value reads every switch. Policies
        # are cached where they are made, so the same one comes again as the same object, and a short list suffices.
        for value, made_for, value_made in self._made:
            if value == name and made_for is policy:
                return cast("T", value_made)
        fresh = make()
        self._made.append((name, policy, fresh))
        return fresh
