"""A remark goes down with the next package and its answer comes back with the next one."""

from pathlib import Path

import msgspec
import pytest

from tests.services.desks import enter
from tests.services.exchangers import COUNTY, REGION, all_closed, found, join, region, send
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Remark
from tuopin_desktop.services.attendance import remarks
from tuopin_desktop.services.exchange import packages


def test_a_remark_reaches_the_county_and_its_answer_the_office(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    posting = enter(county, "张三")
    join(root, county, stick)
    packages.take(root, send(county, REGION, stick))
    made = remarks.write(root, Remark(posting=posting.id, day=root.today(), text="当天有报备单，登记为√，请核对"))
    packages.take(county, send(root, COUNTY, stick))
    month = f"{root.today():%Y-%m}"
    (remark,) = remarks.of_month(county, month, county.scope)
    assert (remark.text, remark.office, remark.is_open) == (made.text, "自治区工作队管理办公室", True)
    assert "有1条更正意见没有答复：张三" in remarks.sentence([remark], {posting.id: "张三"})
    with pytest.raises(Refused, match="处理结果"):
        remarks.answer(county, remark)
    remarks.answer(county, msgspec.structs.replace(remark, answer="已改正"))
    packages.take(root, send(county, REGION, stick))
    (back,) = remarks.of_month(root, month, root.scope)
    assert (back.answer, back.is_open) == ("已改正", False)
    assert remarks.sentence([back], {}) == ""
    all_closed(root, county)
