"""Every text that the house can say stands in every language, with the same facts."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from refusion.values.languages import LANGUAGES
from refusion.wiring import texts
from tests.house.tree import SOURCE, nothing, place, python_files, syntax

KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
IN_TEMPLATE = re.compile(r"""\{%\s*text\s+["']([^"']+)["']""")
FACT = re.compile(r"\{(\w+)\}")


def said_in(file: Path) -> set[str]:
    keys: set[str] = set()
    for node in ast.walk(syntax(file)):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        keys |= keys_of(node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", ""), str(node.args[0].value), file)
    return keys


def keys_of(function: str, text: str, file: Path) -> set[str]:
    if function in {"said", "Said", "text"} and KEY.fullmatch(text):
        return {text}
    if function == "not_ready":
        return {text, f"{text}_remedy"}
    if function in {"well", "ill"} and file.parent.name == "doctor":
        return {f"doctor.{text}_{function}"} | ({f"doctor.{text}_remedy"} if function == "ill" else set())
    return set()


def all_keys() -> dict[str, str]:
    keys = {key: place(file) for file in python_files("src") for key in said_in(file)}
    for file in SOURCE.rglob("templates/**/*.html"):
        keys |= dict.fromkeys(IN_TEMPLATE.findall(file.read_text(encoding="utf-8")), place(file))
    return keys


def test_every_key_that_is_said_stands_in_every_language() -> None:
    keys = all_keys()
    assert keys
    lacking = [
        f"{where}: {key} ({language})"
        for key, where in sorted(keys.items())
        for language in LANGUAGES
        if key not in texts.catalogue(key.partition(".")[0], language)
    ]
    nothing(lacking)


def test_all_languages_have_the_same_keys_with_the_same_facts() -> None:
    differing = []
    for domain in texts.domains():
        danish = texts.catalogue(domain, "da")
        for language in LANGUAGES:
            other = texts.catalogue(domain, language)
            differing += [f"{language}: {key}" for key in sorted(danish.keys() ^ other.keys())]
            both = sorted(danish.keys() & other.keys())
            differing += [f"{language}: {key}" for key in both if set(FACT.findall(danish[key])) != set(FACT.findall(other[key]))]
    nothing(differing)


def test_every_key_stands_in_the_catalogue_of_its_domain() -> None:
    strangers = [
        f"{domain}: {key}" for domain in texts.domains() for language in LANGUAGES for key in texts.catalogue(domain, language)
        if key.partition(".")[0] != domain
    ]  # fmt: skip
    nothing(strangers)
