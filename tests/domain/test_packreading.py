"""A rule pack from outside is read strictly: each thing that is wrong is refused in words that name it."""

import msgspec
import pytest

from tests.services.packsticks import changed, rules
from tuopin_desktop.domain.packreading import MOST, completed, read_pack
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.office import library

TEXT = rules()
DAYS = '[settings.presence.days]\nvalue = 20\ntype = "number"'


def refused(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    with pytest.raises(Refused) as found:
        read_pack(raw, library.packs())
    sentence = found.value.sentence
    assert sentence.startswith("办法文件没有通过检查：")
    assert "告诉自治区工作队管理办公室" in sentence
    assert "$" not in sentence
    assert "Expected" not in sentence
    return sentence


def test_a_sound_pack_is_read_with_what_it_carries_over() -> None:
    policy = read_pack(rules(leave__ladder_days="5").encode(), library.packs())
    assert (policy.id, policy.version, policy.basis.number) == ("2021-local", 1, "内组通〔2021〕9号")
    assert policy.number("leave.ladder_days") == 5
    assert policy.number("leave.grace_days") == library.policy().number("leave.grace_days")
    assert not policy.switch("leave.grace_days").sure


def edit(old: str, new: str) -> str:
    return changed(TEXT, (old, new))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT + "\nhidden = 1\n[settings.x]\nvalue=1", "不认识的项目〔hidden〕"),
        (edit('team = "驻村"', 'team = "驻村"\ncolour = "red"'), "不认识的项目〔colour〕"),
        (edit('team = "驻村"', 'team = "驻村"\nignored = []'), "不认识的项目〔ignored〕"),
        (edit('team = "驻村"', 'team = "驻村"\nbeside = {}'), "不认识的项目〔beside〕"),
        (edit('team = "驻村"', 'team = "驻村"\nlater = []'), "不认识的项目〔later〕"),
        (edit('team = "驻村"', 'team = "驻村"\nswitches = {}'), "不认识的项目〔switches〕"),
        (edit('label = "第一书记"', 'label = "第一书记"\nrun = "calc.exe"'), "不认识的项目〔run〕"),
        (edit('team = "驻村"', "team = 7"), "类型不对（在〔team〕）"),
        (edit("in_force = 2021-06-01", 'in_force = "昨天"'), "类型不对（在〔in_force〕）"),
        (edit("in_force = 2021-06-01", "in_force = 1021-06-01"), "施行日期"),
        (edit('team = "驻村"', ""), "缺少〔team〕"),
        (edit("内组通〔2021〕9号", ""), "没有写明依据文件的文号"),
        (edit('id = "2021-local"', 'id = "../../evil"'), "编号只能用"),
        (edit('id = "2021-local"', 'id = "C:\\\\evil"'), "编号只能用"),
        (edit('id = "2021-local"', 'id = "x"'), "编号只能用"),
        (edit("version = 1", "version = 0"), "版次应为"),
        (edit("（内蒙古）", "（待 核）"), "名称与办法文件“2021-village”的相同"),
        (edit("version = 1", "version = 1000"), "版次应为"),
        (edit('form = "village_short"', 'form = "../../forms"'), "程序没有请假单表样"),
        (edit('positions = ["first", "member"]', 'positions = ["king"]'), "程序没有职务〔king〕"),
        (edit('over = "leave.ladder_days"', 'over = "leave.none"'), "分级，但没有这一天数"),
        (edit('rules = ["A09-"', 'rules = ["Z01-", "A09-"'), "程序没有规则〔Z01-〕"),
        (edit('rules = ["A09-"', 'rules = ["", "A09-"'), "程序没有规则〔〕"),
        (edit('carries = ["presence."', 'carries = ["nothing.", "presence."'), "要沿用的口径〔nothing.〕"),
        (edit('carries = ["presence.", "village.", "absence."', 'carries = ["presence."'), "口径，如〔"),
        (edit("[settings.term.years]", "[settings.term.centuries]"), "程序没有口径〔term.centuries〕"),
        (edit(DAYS, DAYS.replace("20", "true").replace("number", "flag")), "类型与程序的不同"),
        (rules("2018-nmg", version=2), "不能用办法文件替换"),
        (edit("[settings.presence.days]\nvalue = 20", "[settings.presence.days]\nvalue = -1"), "presence.days"),
        (edit("most = 60", "most = 99999999"), "范围超出"),
        (edit('apart = "不计入，单列"', 'apart = "不计入，单列", never = "不算"'), "程序没有的选项"),
        (edit("article = 0", "article = -3"), "条号不对"),
        (edit('title = "2021年', 'title = "\\u202e2021年'), "看不见的字符"),
        (edit('team = "驻村"', f'team = "{"长" * 600}"'), "过长"),
        (edit("[cites]", "[cites.deep]"), "类型不对"),
        (TEXT[: len(TEXT) // 3], "缺少〔slips〕"),
        (TEXT.rstrip()[:-3], "读不懂，文件可能不完整"),
        (b"\xff\xfe\x00binary", "不是 UTF-8 编码"),
        ("x = " + "[" * 5000, "读不懂"),
        ("x = " + "9" * 60000, "读不懂"),
        (TEXT + "#" * MOST, "超过64 KB"),
        ("", "缺少"),
    ],
)  # fmt: skip
def test_a_pack_with_a_fault_is_refused_with_what_it_is(text: str | bytes, words: str) -> None:
    assert words in refused(text)


def test_rules_that_no_shipped_pack_has_beside_the_first_ask_for_all_that_the_first_has() -> None:
    assert "缺少" in refused(edit('rules = ["A09-"', 'rules = ["A12-", "A09-"'))


def test_a_later_version_has_everything_the_one_before_had() -> None:
    first = read_pack(TEXT.encode(), library.packs())
    less = changed(rules(version=2, in_force="2022-01-01"), ('"presence.", ', ""))
    with pytest.raises(Refused, match="缺少"):
        read_pack(less.encode(), {**library.packs(), first.id: first})


def test_a_pack_taken_into_use_before_there_was_a_switch_reads_as_what_held_then() -> None:
    whole = read_pack(TEXT.encode(), library.packs())
    unknown = ("leave.return_half", "term.years")
    switches = {key: one for key, one in whole.switches.items() if key not in unknown}
    old = msgspec.structs.replace(whole, switches=switches)
    again = completed(old, library.packs())
    switch = library.policy().switch("leave.return_half")
    assert (again.choice("leave.return_half"), switch.value) == (switch.before, "presence")
    assert not again.switch("leave.return_half").sure
    assert again.switches.keys() == whole.switches.keys() - {"term.years"}, "what no rule asks for stays out"
    assert completed(whole, library.packs()) is whole
