"""A finding travels as JSON under the office's English names, and cites its article in Chinese numerals."""

import msgspec
import pytest

from tuopin_desktop.domain.findings import Finding, Verdict, article_words

FINDING = Finding(
    rule="A09-1",
    article=9,
    subject="posting:150125/x",
    subject_words="张三（武川县队员）",
    verdict=Verdict.SUSPECTED,
    sentence="疑似不足20天（管理办法第九条）",
    inputs=(("在岗", "17.5天"),),
    steps=("17.5 < 20",),
    switches=("presence.unit",),
)


def test_a_finding_is_json_and_comes_back_whole() -> None:
    raw = msgspec.json.encode(FINDING)
    told = msgspec.json.decode(raw)
    assert told["rule"] == "A09-1"
    assert told["verdict"] == "suspected"
    assert told["inputs"] == [["在岗", "17.5天"]]
    assert {"rule", "article", "subject", "verdict", "sentence", "steps", "inputs", "switches"} <= set(told)
    assert msgspec.json.decode(raw, type=Finding) == FINDING


def test_every_verdict_has_its_own_word() -> None:
    assert len({verdict.label for verdict in Verdict}) == len(Verdict)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "第一条"), (9, "第九条"), (10, "第十条"), (16, "第十六条"), (20, "第二十条"), (21, "第二十一条")],
)
def test_articles_are_cited_as_printed(number: int, words: str) -> None:
    assert article_words(number) == words
