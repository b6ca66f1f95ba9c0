"""The key of a database and the ways to it: passwords, the recovery code, the account of the PC's user."""

import itertools

import msgspec
import pytest

from tuopin_desktop.exchange import recoverycode, vault
from tuopin_desktop.exchange.frame import Unsound


def filled() -> tuple[vault.Vault, bytes, str, bytes]:
    one, key = vault.make()
    code, account = recoverycode.new_code(), b"a" * 32
    one = vault.with_password(one, key, "u1", "正确的密码")
    one = vault.with_password(one, key, "u2", "另一个密码")
    return vault.with_account(vault.with_code(one, key, code), key, account), key, code, account


def test_every_way_gives_the_same_key_and_says_whose_it_was() -> None:
    one, key, code, account = filled()
    assert vault.by_password(one, "正确的密码") == (key, "u1")
    assert vault.by_password(one, "另一个密码", "u2") == (key, "u2")
    assert vault.by_code(one, code) == key
    assert vault.by_account(one, account) == key


def test_a_wrong_password_code_or_account_opens_nothing() -> None:
    one, _, _, _ = filled()
    assert vault.by_password(one, "错误的密码") is None
    assert vault.by_password(one, "正确的密码", "u2") is None
    assert vault.by_code(one, recoverycode.new_code()) is None
    assert vault.by_account(one, b"b" * 32) is None


def test_a_password_typed_on_a_wide_keyboard_is_the_same() -> None:
    one, key = vault.make()
    assert vault.by_password(vault.with_password(one, key, "u", "Ａbc１２"), "Abc12") == (key, "u")


def test_a_new_password_replaces_the_one_before_and_leaves_the_key() -> None:
    one, key, code, _ = filled()
    one = vault.with_password(one, key, "u1", "换过的密码")
    assert vault.by_password(one, "正确的密码") is None
    assert vault.by_password(one, "换过的密码") == (key, "u1")
    assert vault.by_code(one, code) == key
    assert vault.by_password(vault.without(one, "password", "u1"), "换过的密码") is None


def test_the_file_keeps_several_vaults_and_no_secret() -> None:
    one, key, code, account = filled()
    other, _ = vault.make()
    raw = vault.dump([one, other])
    assert vault.load(raw) == (one, other)
    for secret in (key, account, key.hex().encode(), code.encode(), "正确的密码".encode()):
        assert secret not in raw


def test_one_wrong_bit_of_the_file_is_called_damage_and_never_a_wrong_password() -> None:
    one, key, code, _ = filled()
    raw = vault.dump([one])
    for at in range(0, len(raw), 7):
        bad = bytearray(raw)
        bad[at] ^= 4
        try:
            (loaded,) = vault.load(bytes(bad))
        except Unsound:
            continue
        assert vault.by_code(loaded, code) == key, f"byte {at} is harmless only if everything still opens"


def test_a_slot_cannot_be_moved_to_another_vault_or_made_cheaper() -> None:
    one, _, _, account = filled()
    moved = vault.Vault(id=vault.make()[0].id, slots=one.slots)
    assert vault.by_account(moved, account) is None
    slots = tuple(msgspec.structs.replace(slot, id="u9") if slot.id == "u1" else slot for slot in one.slots)
    assert vault.by_password(vault.Vault(id=one.id, slots=slots), "正确的密码", "u9") is None


def test_a_file_that_asks_for_all_memory_of_the_pc_is_refused() -> None:
    one, key = vault.make()
    one = vault.with_password(one, key, "u", "p")
    dear = tuple(msgspec.structs.replace(slot, cost=vault.Cost(1, 1 << 30, 1)) for slot in one.slots)
    with pytest.raises(Unsound):
        vault.load(vault.dump([vault.Vault(id=one.id, slots=dear)]))


def test_what_is_sealed_opens_for_the_same_key_and_thing_alone() -> None:
    sealed = vault.seal(b"k" * 32, "王主任".encode(), "names")
    assert vault.unseal(b"k" * 32, sealed, "names") == "王主任".encode()
    for key, content, about in ((b"x" * 32, sealed, "names"), (b"k" * 32, sealed, "other"), (b"k" * 32, b"", "names")):
        with pytest.raises(Unsound):
            vault.unseal(key, content, about)


def test_a_code_has_six_groups_of_signs_that_are_not_mixed_up() -> None:
    codes = {recoverycode.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all([len(group) for group in code.split("-")] == [5] * 6 for code in codes)
    assert not set("".join(codes)) & set("01OI")


def test_a_code_is_understood_however_it_is_typed() -> None:
    code = recoverycode.new_code()
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else "－" for sign in code)
    for typed in (code.lower(), code.replace("-", " "), code.replace("-", ""), f"  {wide}\n"):
        assert recoverycode.tidy(typed) == code


def test_every_sign_misread_and_every_two_exchanged_are_told_by_their_group() -> None:
    code = recoverycode.new_code()
    for at, sign in itertools.product(range(len(code)), recoverycode.SIGNS):
        if code[at] not in ("-", sign):
            with pytest.raises(recoverycode.Miscopied) as error:
                recoverycode.tidy(code[:at] + sign + code[at + 1 :])
            assert error.value.groups == (at // 6 + 1,)
    for at in range(len(code) - 1):
        one, other = code[at], code[at + 1]
        if "-" not in (one, other) and one != other:
            with pytest.raises(recoverycode.Miscopied):
                recoverycode.tidy(code[:at] + other + one + code[at + 2 :])


def test_two_groups_exchanged_and_a_group_left_out_are_noticed() -> None:
    groups = recoverycode.new_code().split("-")
    while groups[0] == groups[1]:
        groups = recoverycode.new_code().split("-")
    with pytest.raises(recoverycode.Miscopied) as error:
        recoverycode.tidy("-".join([groups[1], groups[0], *groups[2:]]))
    assert error.value.groups == (1, 2)
    with pytest.raises(recoverycode.Miscopied) as error:
        recoverycode.tidy("-".join(groups[1:]))
    assert error.value.groups == ()
