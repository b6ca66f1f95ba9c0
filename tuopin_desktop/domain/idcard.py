"""The citizen identity number (GB 11643): checksum, date and sex are hard, the area code only a hint.

python-stdnum's `cn.ric` is not used: it refuses area codes not in force in the birth year, and numbers were
given out from the mid-1980s on, so it would reject most people of this programme.
"""

import operator
from datetime import date

import msgspec

from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.reading import narrow

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
PRACTICE_AREA = "159999"


class IdNumber(msgspec.Struct, frozen=True):
    """A checked 18-digit number with what it says of its holder; `sex` is the GB/T 2261.1 code 1 or 2."""

    number: str
    birth: date
    sex: str

    @property
    def area(self) -> str:
        """Return the six-digit area code of first registration."""
        return self.number[:6]


def check_digit(seventeen: str) -> str:
    """Return the ISO 7064 MOD 11-2 check character of the first 17 digits."""
    return _CHECK[sum(map(operator.mul, map(int, seventeen), _WEIGHTS)) % 11]


def read_id_number(value: str) -> IdNumber | Problem:
    """Return the checked number, or the Problem that says what is wrong with it."""
    text = narrow(value).upper().replace(" ", "")
    if len(text) == 15 and text.isdecimal():
        text = text[:6] + "19" + text[6:]
        text += check_digit(text)
    if (
        len(text) != 18
        or not text[:17].isdecimal()
        or not text.isascii()
        or not (text[17].isdecimal() or text[17] == "X")
    ):
        return _wrong("公民身份号码应为18位数字（末位可为X），请对照身份证重新录入")
    if check_digit(text[:17]) != text[17]:
        return _wrong("公民身份号码校验位不对，至少有一位录错，请对照身份证核对")
    try:
        birth = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return _wrong("公民身份号码第7至14位不是有效日期，请对照身份证核对")
    if not date(1900, 1, 1) <= birth <= date(2099, 12, 31):
        return _wrong("公民身份号码中的出生年份不可信，请对照身份证核对")
    return IdNumber(text, birth, "1" if int(text[16]) % 2 else "2")


def quarrels(number: str, birth: str, sex: str) -> list[Problem]:
    """Return where a checked 18-digit number and what is registered of its holder disagree, naming both fields.

    `birth` may be a month or a day, `sex` a code of GB/T 2261.1; empty ones disagree with nothing.
    """
    values = {"1": "男", "2": "女"}
    says_sex = "1" if int(number[16]) % 2 else "2"
    says_birth = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    problems = []
    if sex in values and sex != says_sex:
        text = f"性别填的是{values[sex]}，公民身份号码第17位表示{values[says_sex]}，请核对哪一个错了"
        problems.append(Problem(code="sex_mismatch", sentence=text, fields=("sex", "id_number")))
    if birth and not says_birth.startswith(birth):
        text = "出生年月与公民身份号码第7至14位不一致，请核对哪一个错了"  # neither is repeated: both are personal
        problems.append(Problem(code="birth_mismatch", sentence=text, fields=("birth", "id_number")))
    return problems


def masked(number: str) -> str:
    """Return the number as lists show it: first 6 and last 2 characters, the rest hidden."""
    return number[:6] + "*" * (len(number) - 8) + number[-2:] if len(number) > 8 else "*" * len(number)


def _wrong(sentence: str) -> Problem:
    return Problem(code="id_number", sentence=sentence, fields=("id_number",))
