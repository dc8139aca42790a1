"""What is tracked belongs to the product alone: no path of a machine, no address of a registry, no hidden failure."""

from __future__ import annotations

import re

from tests.house.tree import nothing, place, text_of, tracked_files

MACHINE_PATH = re.compile(r"(?<![\w.$}~-])/(work|tmp|root|home)/[a-z]")
REGISTRIES = re.compile("|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(org|com)", "arti" + "factory", "registry" + r"\.\w+\.\w+")), re.IGNORECASE)
HIDDEN_FAILURE = re.compile(r"\|\|\s*(true\b|:(\s|$))")


def found_in_tracked(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{place(file)}:{number}"
        for file in tracked_files()
        for number, line in enumerate(text_of(file).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_path_of_a_machine() -> None:
    nothing(found_in_tracked(MACHINE_PATH))


def test_no_address_of_a_registry() -> None:
    nothing(found_in_tracked(REGISTRIES))


def test_no_failure_is_hidden() -> None:
    nothing(found_in_tracked(HIDDEN_FAILURE))
