"""National numbers: no valid one is rejected, an invalid one is, and none is shown in full."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from stdnum import luhn

from refusion.values.national_number import NotANationalNumber, parse
from refusion.wiring.texts import LANGUAGES, catalogue


def norwegian(nine: str, k1_remainder: int = 0) -> str | None:
    """Put check digits behind nine digits; None where the series has none."""
    first = (k1_remainder - sum(w * int(d) for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), nine, strict=True))) % 11
    if first == 10:
        return None
    ten = f"{nine}{first}"
    second = -sum(w * int(d) for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), ten, strict=True)) % 11
    return None if second == 10 else f"{ten}{second}"


def swedish(nine: str) -> str:
    return nine + luhn.calc_check_digit(nine)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("010190-1234", "cpr"),  # fails modulus 11, valid since 2007
        ("0101901234", "cpr"),
        ("290200-4000", "cpr"),  # 29 February 2000
        ("610190-1234", "replacement"),
        ("911290 1234", "replacement"),
    ],
)
def test_danish_numbers(text, kind):
    number = parse(text, "DK")
    assert (number.kind, len(number.digits)) == (kind, 10)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "010190123",
        "01019012345",
        "320190-1234",
        "001290-1234",
        "010013-1234",
        "920190-1234",
        "290201-4000",
        "01019O-1234",
        "٠١٠١٩٠١٢٣٤",
    ],
)
def test_what_is_no_danish_number(text):
    with pytest.raises(NotANationalNumber):
        parse(text, "DK")


@pytest.mark.parametrize(
    ("nine", "kind"),
    [
        ("010190123", "fodselsnummer"),
        ("410190123", "d_number"),
        ("014190123", "h_number"),
        ("018190123", "synthetic"),
        ("016690123", "synthetic"),
        ("418190123", "synthetic"),
        ("290200600", "fodselsnummer"),
    ],
)
def test_norwegian_kinds(nine, kind):
    stem = nine[:6]
    found = [number for last in range(int(nine[6:]), 999) if (number := norwegian(f"{stem}{last:03d}"))]
    assert found
    assert {parse(number, "NO").kind for number in found} == {kind}


def test_norwegian_numbers_after_2032_and_fh_numbers():
    for remainder in (1, 2, 3):
        number = next(n for last in range(100, 999) if (n := norwegian(f"010190{last}", remainder)))
        assert parse(number, "NO").kind == "fodselsnummer"
    assert parse(norwegian("812345678") or norwegian("812345679") or "", "NO").kind == "fh_number"


def test_norwegian_check_digits_and_dates():
    number = norwegian("010190124") or norwegian("010190125")
    with pytest.raises(NotANationalNumber):
        parse(number[:-1] + str((int(number[-1]) + 1) % 10), "NO")
    bad_day = next(n for last in range(100, 999) if (n := norwegian(f"310290{last}")))
    with pytest.raises(NotANationalNumber):
        parse(bad_day, "NO")


@pytest.mark.parametrize(
    ("nine", "kind"),
    [
        ("900101238", "personnummer"),
        ("900161238", "samordningsnummer"),
        ("900060238", "samordningsnummer"),
        ("900160238", "samordningsnummer"),
    ],
)
def test_swedish_kinds(nine, kind):
    ten = swedish(nine)
    for text in (ten, f"{ten[:6]}-{ten[6:]}", f"{ten[:6]}+{ten[6:]}", f"19{ten}", f"19{ten[:6]}-{ten[6:]}"):
        assert parse(text, "SE").kind == kind


@pytest.mark.parametrize("text", ["9001012380x", swedish("901301238"), swedish("900132238"), swedish("900192238"), "1901022912"])
def test_what_is_no_swedish_number(text):
    with pytest.raises(NotANationalNumber):
        parse(text, "SE")


def test_a_leap_day_of_the_given_century():
    ten = swedish("000229123")
    assert parse(ten, "SE").kind == "personnummer"
    assert parse(f"20{ten}", "SE").kind == "personnummer"
    with pytest.raises(NotANationalNumber):
        parse(f"19{ten}", "SE")


@given(some.dates(), some.integers(0, 9999), some.booleans())
def test_every_danish_day_is_accepted_with_every_serial(day, serial, replacement):
    if (day.day, day.month) == (29, 2):
        day = day.replace(day=28)
    text = f"{day.day + (60 if replacement else 0):02d}{day.month:02d}{day.year % 100:02d}{serial:04d}"
    assert parse(text, "DK").kind == ("replacement" if replacement else "cpr")


def test_a_number_is_never_shown_or_told_in_full():
    for text, country in (("010190-1234", "DK"), (swedish("900101238"), "SE")):
        number = parse(text, country)
        for shown in (str(number), repr(number), number.masked, f"{number}"):
            assert number.digits not in shown
            assert number.digits[-4:] not in shown
    with pytest.raises(NotANationalNumber) as error:
        parse("3213901234", "DK")
    assert "3213901234" not in f"{error.value}{error.value.because}"
    assert isinstance(error.value, ValueError)


def test_another_country_and_every_reason_is_said_in_both_languages():
    with pytest.raises(NotANationalNumber):
        parse("010190-1234", "FI")
    for language in LANGUAGES:
        assert {"number.country_unknown", "number.wrong_shape", "number.no_date", "number.check_digit"} <= set(
            catalogue("number", language)
        )
