"""Keys: what is sealed opens in its own institution, row and field alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.wiring.keys import InstitutionKeys, Vault, key_file, make_key_file, read_vault
from refusion.wiring.trouble import NotReady

VAULT = Vault("1", {"1": bytes(range(32))})
OURS = VAULT.open(VAULT.new_institution_keys())
THEIRS = VAULT.open(VAULT.new_institution_keys())
TEXTS = st.text(max_size=40)


@given(TEXTS, TEXTS, TEXTS)
def test_what_is_sealed_opens_in_its_place(text: str, row: str, field: str) -> None:
    assert OURS.unseal(OURS.seal(text, row, field), row, field) == text


@pytest.mark.parametrize(
    ("keys", "row", "field"),
    [(OURS, "2", "national_number"), (OURS, "1", "name"), (THEIRS, "1", "national_number")],
    ids=["another row", "another field", "another institution"],
)
def test_what_is_sealed_opens_nowhere_else(keys: InstitutionKeys, row: str, field: str) -> None:
    sealed = OURS.seal("0107650000", "1", "national_number")
    with pytest.raises(ValueError, match="belongs to another"):
        keys.unseal(sealed, row, field)


def test_a_changed_seal_is_noticed() -> None:
    sealed = bytearray(OURS.seal("0107650000", "1", "national_number"))
    sealed[-1] ^= 1
    with pytest.raises(ValueError, match="was changed"):
        OURS.unseal(bytes(sealed), "1", "national_number")


def test_many_are_sealed_as_one_is() -> None:
    texts, rows = ["a", "b", "c"], ["1", "2", "3"]
    sealed = OURS.seal_many(texts, rows, "name")
    assert OURS.unseal_many(sealed, rows, "name") == texts
    assert [OURS.unseal(one, row, "name") for one, row in zip(sealed, rows, strict=True)] == texts
    assert len(set(OURS.seal_many(["a", "a"], ["1", "1"], "name"))) == 2, "the same text is never sealed the same way twice"


def test_a_number_is_found_again_however_it_is_written_and_never_elsewhere() -> None:
    assert OURS.index("010765-0000") == OURS.index(" 0107650000") == OURS.index("0107650000")
    assert OURS.index_many(["010765-0000", "0107650001"]) == [OURS.index("0107650000"), OURS.index("0107650001")]
    assert len(OURS.index("0107650000")) == 32
    assert OURS.index("0107650000") != THEIRS.index("0107650000")
    assert OURS.index("0107650000") != OURS.index("0107650001")


def test_wrapped_keys_open_with_their_master_key_alone() -> None:
    wrapped = VAULT.new_institution_keys()
    sealed = VAULT.open(wrapped).seal("x", "1", "name")
    assert VAULT.open(wrapped).unseal(sealed, "1", "name") == "x"
    with pytest.raises(NotReady):
        Vault("1", {"1": bytes(32)}).open(wrapped)
    with pytest.raises(NotReady):
        Vault("2", {"2": bytes(range(32))}).open(wrapped)


def test_the_master_key_can_be_changed_in_service() -> None:
    wrapped = VAULT.new_institution_keys()
    sealed = VAULT.open(wrapped).seal("x", "1", "name")
    both = Vault("2", {**VAULT.masters, "2": bytes(32)})
    assert both.open(wrapped).unseal(sealed, "1", "name") == "x"
    assert Vault("2", {"2": bytes(32)}).open(both.rewrap(wrapped)).unseal(sealed, "1", "name") == "x"


def test_keys_do_not_show_themselves() -> None:
    assert OURS.sealing.hex() not in repr(OURS)
    assert "\\x01\\x02" not in repr(VAULT)


def test_a_new_key_file_is_closed_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "state" / "keys.json"
    make_key_file(file)
    first = read_vault(file)
    make_key_file(file)
    assert read_vault(file).masters == first.masters
    assert file.stat().st_mode & 0o777 == 0o400
    assert [left.name for left in file.parent.iterdir() if left.suffix == ".part"] == []


@pytest.mark.parametrize(
    ("mode", "content", "key"),
    [
        (0o644, json.dumps({"current": "1", "keys": {"1": "A" * 43 + "="}}), "setup.key_file_open"),
        (0o400, "no json", "setup.not_a_key_file"),
        (0o400, json.dumps({"current": "1", "keys": {}}), "setup.not_a_key_file"),
        (0o400, json.dumps({"current": "1", "keys": {"1": "AAAA"}}), "setup.not_a_key_file"),
        (0o400, json.dumps([1]), "setup.not_a_key_file"),
    ],
)
def test_a_bad_key_file_is_refused_with_a_remedy(tmp_path: Path, mode: int, content: str, key: str) -> None:
    file = tmp_path / "keys.json"
    file.write_text(content, encoding="utf-8")
    file.chmod(mode)
    with pytest.raises(NotReady) as refused:
        read_vault(file)
    assert refused.value.problems[0].what.key == key
    assert refused.value.problems[0].remedy.key == f"{key}_remedy"


def test_a_real_database_needs_a_named_key_file() -> None:
    with pytest.raises(NotReady, match="no_key_file_named"):
        key_file({"DATABASE_URL": "postgresql://refusion_app@db/refusion"})
    assert key_file({"DATABASE_URL": "x", "REFUSION_KEY_FILE": "/keys"}) == Path("/keys")
