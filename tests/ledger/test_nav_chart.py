"""The accounts of Norwegian refunds: two profiles, own numbers, and what must stay apart."""

import pytest

from refusion.ledger.nav_chart import Role, nav_chart, profiles


@pytest.mark.parametrize(
    ("profile", "role", "number"),
    [
        ("uio", Role.INCOME_PARENTAL, "5812"),
        ("uio", Role.DEVIATION_PARENTAL, "5813"),
        ("uio", Role.HOLIDAY_PARENTAL, "5806"),
        ("state", Role.INTERIM, "1574"),
        ("state", Role.ACCRUAL, "1579"),
        ("state", Role.ACCRUED_SICKNESS, "5801"),
        ("state", Role.ACCRUED_PARENTAL, "5811"),
    ],
)
def test_the_numbers_that_the_sources_state(profile: str, role: Role, number: str) -> None:
    assert nav_chart(profile).number(role) == number
    assert nav_chart(profile).accounts[role].verified


@pytest.mark.parametrize("profile", profiles())
def test_every_account_maps_to_a_standard_account(profile: str) -> None:
    chart = nav_chart(profile)
    assert all(chart.standard(chart.number(role)) for role in Role)
    assert chart.standard("9999") == ""


def test_own_numbers_take_the_place_of_the_profiles() -> None:
    chart = nav_chart("uio").with_numbers({"income_parental": "5899"})
    assert chart.number(Role.INCOME_PARENTAL) == "5899"


@pytest.mark.parametrize("numbers", [{"cash": "1"}, {"bank": "no number!"}, {"bank": "5812"}, {"interim": "1570"}])
def test_what_cannot_be_is_refused(numbers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        nav_chart("uio").with_numbers(numbers)


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="profile"):
        nav_chart("mars")
