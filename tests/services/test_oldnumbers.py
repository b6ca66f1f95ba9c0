"""What an earlier version kept still holds: the number in hexadecimal, copies and files under their old names."""

from contextlib import closing
from pathlib import Path

from tests.services.exchangers import COUNTY, REGION, found, join, names, people, region, send
from tuopin_desktop.documents.pdf import render
from tuopin_desktop.domain.exchange.trust import fingerprint, groups, old_fingerprint
from tuopin_desktop.services.exchange import exchangepapers, packages, sticks
from tuopin_desktop.services.office import backups, books, stations
from tuopin_desktop.store import feeds


def test_a_root_that_was_kept_in_hexadecimal_is_trusted_and_shown_in_digits(tmp_path: Path) -> None:
    with closing(region(tmp_path / "15")) as root, closing(found(tmp_path / "c", COUNTY)) as county:
        join(root, county, tmp_path / "stick")
        sign = stations.card(root).sign
        with county.store.ledger.writing() as cursor:
            feeds.put_meta(cursor, root=old_fingerprint(sign))
        people(county, "甲")
        packages.take(county, send(root, COUNTY, tmp_path / "down"))
        assert stations.root(county) == fingerprint(sign)
        stations.pin(county, old_fingerprint(sign))
        stations.pin(county, fingerprint(sign))
        assert stations.is_root(county, sign)
        old = send(county, REGION, tmp_path / "up")
        renamed = old.rename(old.with_name("tuopin-150426-to-15-000001-abcdef.zip"))
        assert sticks.look(root, renamed.parent).arriving == [renamed]
        packages.take(root, renamed)
        assert names(root) == ["甲"]


def test_a_copy_called_by_its_earlier_name_is_one_of_those_before_packages(tmp_path: Path) -> None:
    with closing(region(tmp_path / "15")) as root:
        made = backups.make(root, backups.BEFORE_IMPORT)
        earlier = made.path.rename(made.path.with_name(made.path.name.replace("收包前", "导入前")))
        (listed,) = [one for one in backups.listed_in(root.folder) if one.path == earlier]
        assert listed.kind == backups.BEFORE_IMPORT


def test_the_slip_to_be_read_out_and_the_account_of_a_batch_go_onto_paper(tmp_path: Path) -> None:
    with closing(region(tmp_path / "15")) as root:
        slip = exchangepapers.slip(root)
        told = [cell for row in slip.rows for cell in row]
        assert told == groups(fingerprint(stations.card(root).sign))
        account = exchangepapers.account(root, ["1．翁牛特旗第1包", "    回执 0001-AAAA-BBBB"], "已收下1个数据包。")
        for volume in (slip, account):
            pages = exchangepapers.sheets(root, volume)
            assert len(pages) == 1
            assert render(pages, root.fonts(), title=volume.title, mark="").startswith(b"%PDF")
        assert books.write(root, tmp_path / "核对条.pdf", slip).exists()
