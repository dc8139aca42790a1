"""Compile the text catalogues, so that the product reads them at once; no gettext tool is needed."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "refusion" / "locale"
FIRST = "da"


def compile_catalogue(source: Path) -> Catalog:
    """Write the compiled catalogue beside its source and give it; a half-written one is never left."""
    with source.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    beside = source.with_suffix(".part")
    with beside.open("wb") as file:
        write_mo(file, catalogue)
    beside.replace(source.with_suffix(".mo"))
    return catalogue


def keys(catalogue: Catalog) -> set[str]:
    """List the keys that have a sentence."""
    return {str(entry.id) for entry in catalogue if entry.id and entry.string}


def main() -> None:
    """Compile every catalogue, and say which sentences a language lacks beside Danish."""
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    said: dict[str, set[str]] = {}
    for source in sources:
        said.setdefault(source.parent.parent.name, set()).update(keys(compile_catalogue(source)))
    print(f"{len(sources)} text catalogues compiled")
    for language, has in said.items():
        lacking = sorted(said.get(FIRST, set()) - has)
        if lacking:
            print(f"{language} lacks {len(lacking)} sentences: {', '.join(lacking[:5])}{' …' if len(lacking) > 5 else ''}")


if __name__ == "__main__":
    main()
