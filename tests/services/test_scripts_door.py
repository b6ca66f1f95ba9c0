"""A script beside the program asks for a module of the services by its name, whichever subject it belongs to."""

import pytest

from tuopin_desktop import services
from tuopin_desktop.services.judging import teammonth
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake


def test_a_module_is_had_by_its_name_alone() -> None:
    assert services.offices is offices
    assert services.registers.rows is registers.rows
    assert services.teammonth is teammonth
    assert services.intake is intake
    assert intake.typed is intake.read_row


@pytest.mark.parametrize("name", ["near", "nobody"])
def test_a_name_of_two_modules_or_of_none_is_refused(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(services, name)
