"""The published text comes apart into its articles and tables."""

from pathlib import Path

import pytest

from tuopin_desktop.domain import measure

TEXT = (Path(__file__).resolve().parents[2] / "resources" / "measure" / "2018-nmg.txt").read_text("utf-8")


def test_all_twenty_one_articles_stand_in_order() -> None:
    articles = measure.read(TEXT).articles
    assert list(articles) == list(range(1, 22))
    assert [articles[number].name for number in (1, 10, 11, 20, 21)] == [
        "第一条", "第十条", "第十一条", "第二十条", "第二十一条",
    ]  # fmt: skip


def test_an_article_begins_without_its_name_and_ends_before_the_next() -> None:
    article = measure.read(TEXT).articles[9]
    assert article.text.startswith("驻旗县（市、区）工作总队队员每月在派驻旗县")
    assert article.text.endswith("进村入户。")
    assert article.chapter == "第三章 日常管理"


def test_paragraphs_cut_by_a_page_break_are_whole_again() -> None:
    articles = measure.read(TEXT).articles
    assert "脱贫攻坚工作队管理办公室可提出召回" in articles[16].text
    assert "\n" not in articles[16].text
    assert len(articles[10].text.split("\n")) == 2
    assert len(articles[12].text.split("\n")) == 7  # the heading and its six systems


def test_nothing_but_page_headings_is_lost() -> None:
    read = measure.read(TEXT)
    squeezed = "".join(TEXT.split())
    for article in read.articles.values():
        assert "".join(article.text.split()) in squeezed
    assert not any("附件" in article.text for article in read.articles.values())


def test_both_tables_have_four_columns_and_their_labels() -> None:
    attachments = measure.read(TEXT).attachments
    assert {number: len(one.rows) for number, one in attachments.items()} == {1: 7, 2: 6}
    assert {len(row) for one in attachments.values() for row in one.rows} == {4}
    assert attachments[1].rows[0] == ("姓名", "", "职务", "")
    assert attachments[1].title.endswith("工作总队队长请假报备单")
    assert attachments[2].title.endswith("队员请假报备单")


@pytest.mark.parametrize(
    ("words", "value"),
    [("一", 1), ("九", 9), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("九十九", 99)],
)
def test_chinese_numerals(words: str, value: int) -> None:
    assert measure.number(words) == value


def test_a_text_without_articles_is_refused() -> None:
    with pytest.raises(ValueError, match="no article"):
        measure.read("随便什么\n")


def test_an_attachment_may_be_empty() -> None:
    read = measure.read("第一条 为了试验。\n\n附件 3\n")
    assert read.attachments[3].title == ""
    assert read.attachments[3].rows == ()
