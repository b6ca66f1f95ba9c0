"""One person out as 干部任免审批表 (.lrmx), for the personal file: what the roster holds, and never a relative."""

from pathlib import Path

from tuopin_desktop.documents import cadrefiles
from tuopin_desktop.domain.intake.cadreforms import RESUME
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.domain.records.choices import HEALTH, POSITION
from tuopin_desktop.services.office import disclosures, files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import photos, registers

TITLE = "干部任免审批表"
ENDING = ".lrmx"
LEFT = "家庭成员、以前的简历、奖惩和考核不在花名册里，留空，请在审批表软件里补全"
"""What whoever receives the file has to know: the table of relatives is empty by intent."""

_PARTIES = ("01", "02", "03", "13")
"""Codes whose day of joining would stand in the item of the older forms; the roster does not keep it."""


def items(desk: Desk, person: Person) -> dict[str, str]:
    """Return the items of the form that the roster can fill, by their names in the file."""
    coded = {name: desk.vocabulary[name] for name in ("性别", "民族", "政治面貌", "学历")}
    political = coded["政治面貌"].word(person.political)
    day = desk.today().strftime("%Y%m%d")
    return {
        "XingMing": person.name,
        "XingBie": coded["性别"].word(person.sex),
        "ChuShengNianYue": person.birth.replace("-", ""),
        "MinZu": coded["民族"].word(person.ethnicity),
        "JiGuan": person.native_place,
        "RuDangShiJian": "" if person.political in _PARTIES else political,
        "JianKangZhuangKuang": HEALTH.word(person.health),
        "QuanRiZhiJiaoYu_XueLi": coded["学历"].word(person.education).removesuffix("毕业"),
        "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": person.school,
        "XianRenZhiWu": person.post if person.post.startswith(person.unit) else person.unit + person.post,
        RESUME: _service(desk, person),
        "ChengBaoDanWei": desk.office.name,
        "JiSuanNianLingShiJian": day,
        "TianBiaoShiJian": day,
        "ShenFenZheng": person.id_number,
        "ZhengZhiMianMao": political,
    }


def _service(desk: Desk, person: Person) -> str:
    """Return the service in teams as lines of a résumé; what was before, the roster does not know."""
    postings = desk.store.rows(Posting, {"person": person.id})
    lines = []
    for one in sorted((one for one in postings if one.since), key=lambda one: str(one.since)):
        last = one.until.strftime("%Y.%m") if one.until else " " * 7
        first = one.since.strftime("%Y.%m") if one.since else ""
        county = desk.vocabulary["旗县"].word(one.county)
        lines.append(f"{first}--{last}  {county}脱贫攻坚工作总队{POSITION.word(one.position)}")
    return "\r\n".join(lines)


def write(desk: Desk, path: Path, person_id: str) -> Path:
    """Write somebody's form and note that personal data went out in full; raises Refused, Trouble."""
    person = registers.get(desk, Person, person_id)
    disclosures.note(desk, "export", f"{TITLE}（含公民身份号码、出生年月、照片）")
    target = path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)
    return files.write(desk, target, cadrefiles.write(items(desk, person), photos.of_person(desk, person_id)))
