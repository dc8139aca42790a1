"""Norwegian and Swedish are translated and not copied: complete, no text left in Danish, no letter or word that the language lacks."""

from __future__ import annotations

import importlib.util
import re
import shutil
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from refusion.values.languages import LANGUAGES
from refusion.wiring import texts
from tests.house.tree import TOP, nothing

TRANSLATED = ("nb", "sv")
# Texts that are right in Norwegian or Swedish exactly as they stand in Danish; a new one is written here by who has read it.
SAME = tomllib.loads((Path(__file__).parent / "same_as_danish.toml").read_text(encoding="utf-8"))
FACT = re.compile(r"\{\w+\}")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Words that Danish has and the language never.
FOREIGN = {
    "nb": re.compile(
        r"\b(af|mig|nej|ud|efter|mellem|blev|hvad|uden|nu|selvom|siger|findes|kendes|kendt|beløb|dage|uger|uge|fejl|intet|enhver|udbetal\w+"
        r"|anmod\w+|anmeld\w+|afgør\w+|afvis\w+|løndel\w*|lønsystem\w*|institution(en|er|erne)|refusion\w*|forskel\w*|differenc\w+|rækk\w+"
        r"|rigtig\w+|mød\w+|kræv\w+|ydels\w+)\b",
        re.IGNORECASE,
    ),
    "sv": re.compile(
        r"\b(af|og|ikke|til|fra|uden|ved|hvis|hvad|skal|bliver|findes|kendes|beløb|uger|uge|dage|refusion\w*|refusjon\w*|sag|sagen|krone"
        r"|kroner|fejl|feil|anmod\w+|udbetal\w+|utbetaling\w*|saken|søk\w*)\b",
        re.IGNORECASE,
    ),
}
# Names of acts, forms, systems and days that stay as their country writes them, of this product, its commands and variables.
NAMES = re.compile(
    r"REFUSION_\w+|--institution|payroll-\w+|for institution, job_kind"
    r"|\b(Refusion|NemRefusion|refusion (?=[a-z\[])|refusion\[|fleksrefusion|Udbetaling Danmark|Mit ?Sygefravær|sygedagpenge\w*"
    r"|barselsdagpenge|jobafklaringsforløb|beskæftigelseskravet|årsopgørelse|lønramme|fødselsnummer|grunnbeløpet|medarbejdersignatur"
    r"|Max\. standset anvisning)"
)


def catalogues(language: str) -> list[tuple[str, str, str]]:
    """List key, Danish text and translation of all that is translated."""
    rows = []
    for domain in texts.domains():
        danish, told = texts.catalogue(domain, "da"), texts.catalogue(domain, language)
        rows += [(key, danish[key], told[key]) for key in danish if key in told]
    return rows


def spoken(text: str) -> str:
    """Take facts and names out of a text."""
    return NAMES.sub("", FACT.sub("", text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_left_in_danish(language: str) -> None:
    same = {text for _, text, told in catalogues(language) if text == told and LETTERS.search(FACT.sub("", text))}
    listed = set(SAME[language])
    nothing(sorted(f"{language}: {text}" for text in same - listed))
    assert not listed - same, f"listed in same_as_danish.toml and no longer the same: {sorted(listed - same)}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_has_a_word_of_the_neighbours(language: str) -> None:
    rows = [(key, told, FOREIGN[language].search(spoken(told))) for key, _, told in catalogues(language)]
    nothing([f"{key}: {found[0]!r} in {told!r}" for key, told, found in rows if found])


def test_swedish_has_no_letter_of_the_others_and_norwegian_none_of_swedish() -> None:
    strange = [f"{key}: {told}" for key, _, told in catalogues("sv") if re.search("[æøÆØ]", spoken(told))]
    strange += [f"{key}: {told}" for key, _, told in catalogues("nb") if re.search(r"[äöÄÖ]", re.sub(r"\w*[Ll]än\w*", "", told))]
    nothing(strange)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_said(language: str) -> None:
    silent = []
    for source in sorted((texts.LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with source.open("rb") as file:
            entries = [entry for entry in read_po(file, abort_invalid=True) if entry.id]
        silent += [f"{language}: {entry.id}" for entry in entries if entry.fuzzy or not str(entry.string).strip()]
    nothing(silent)


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the script that compiles, at work on catalogues of its own."""
    found = importlib.util.spec_from_file_location("texts_script", TOP / "scripts" / "texts.py")
    assert found is not None
    assert found.loader is not None
    script = importlib.util.module_from_spec(found)
    found.loader.exec_module(script)
    monkeypatch.setattr(script, "LOCALE", tmp_path / "locale")
    return script


def test_the_script_compiles_every_catalogue_of_every_language(script: ModuleType, tmp_path: Path) -> None:
    shutil.copytree(texts.LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    script.main()
    sources = list((tmp_path / "locale").glob("*/LC_MESSAGES/*.po"))
    assert {source.parent.parent.name for source in sources} == set(LANGUAGES)
    assert len(sources) == len(LANGUAGES) * len(texts.domains())
    assert all(source.with_suffix(".mo").stat().st_size for source in sources)


def test_the_script_says_what_a_language_lacks(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language, keys in (("da", ("cli.row", "cli.column")), ("sv", ("cli.row",))):
        source = tmp_path / "locale" / language / "LC_MESSAGES" / "cli.po"
        source.parent.mkdir(parents=True)
        source.write_text("".join(f'msgid "{key}"\nmsgstr "x"\n\n' for key in keys), encoding="utf-8")
    script.main()
    assert capsys.readouterr().out == "2 text catalogues compiled\nsv lacks 1 sentences: cli.column\n"
