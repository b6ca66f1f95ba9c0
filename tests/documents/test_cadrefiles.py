"""Forms of cadres as files: no part of a name is lost to a mark inside it, and none of a relative's is kept."""

import pytest

from tuopin_desktop.documents import cadrefiles
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import filekinds

FORM = (
    "<?xml version='1.0' encoding='UTF-8'?><Person><XingMing>乔<b>十</b>一</XingMing>"
    "<JiaTingChengYuan><Item><XingMing>某亲<b>属</b></XingMing></Item></JiaTingChengYuan></Person>"
).encode()


def test_marks_inside_an_item_lose_nothing_and_relatives_are_not_kept() -> None:
    form = cadrefiles.read(FORM)
    assert form.items["XingMing"] == "乔十一"
    assert form.family
    assert "亲" not in repr(form.items)


def test_entities_are_refused_by_name_and_not_taken_for_a_web_page() -> None:
    hostile = b"<!DOCTYPE Person [<!ENTITY a 'b'>]><Person><XingMing>&a;</XingMing></Person>"
    with pytest.raises(Trouble, match="实体声明"):
        cadrefiles.read(hostile)
    assert filekinds.sight(hostile, "x.lrmx").kind is not filekinds.Kind.WEB
    assert filekinds.sight(b"<!DOCTYPE html><html></html>", "x.lrmx").kind is filekinds.Kind.WEB
