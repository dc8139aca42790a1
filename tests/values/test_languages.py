"""Which language is meant by what a machine or a browser asks for."""

from __future__ import annotations

import pytest

from refusion.values.languages import LANGUAGES, NAMES, shell_language, spoken


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("da", "da"),
        ("da_DK.UTF-8", "da"),
        ("DA-dk", "da"),
        ("nb_NO.UTF-8", "nb"),
        ("no", "nb"),
        ("no_NO", "nb"),
        ("nn-NO", "nb"),
        ("sv_SE@euro", "sv"),
        ("sv-FI", "sv"),
        (" en_GB ", "en"),
        ("en", "en"),
        ("C", None),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("de_DE", None),
        ("nobody", None),
        ("svenska", None),
        ("*", None),
        ("", None),
    ],
)
def test_what_is_asked_for_is_understood(wanted: str, meant: str | None) -> None:
    assert spoken(wanted) == meant


def test_every_language_is_offered_by_its_own_name() -> None:
    assert LANGUAGES == ("da", "nb", "sv", "en")
    assert len(set(NAMES.values())) == len(LANGUAGES)
    assert all(spoken(code) == code for code in LANGUAGES)


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({"REFUSION_LANGUAGE": "sv", "LC_ALL": "da_DK.UTF-8", "LANG": "nb_NO.UTF-8"}, "sv"),
        ({"REFUSION_LANGUAGE": "", "LC_ALL": "da_DK.UTF-8", "LANG": "nb_NO.UTF-8"}, "da"),
        ({"LC_MESSAGES": "no_NO", "LANG": "en_GB.UTF-8"}, "nb"),
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"REFUSION_LANGUAGE": "tlh", "LANG": "da_DK.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_a_shell_speaks_what_its_variables_say_in_their_order(environment: dict[str, str], chosen: str) -> None:
    assert shell_language(environment) == chosen
