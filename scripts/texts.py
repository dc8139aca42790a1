"""Compile the text catalogues, so that the product reads them at once; no gettext tool is needed."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "refusion" / "locale"


def compile_catalogue(source: Path) -> None:
    """Write the compiled catalogue beside its source; a half-written one is never left."""
    with source.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    beside = source.with_suffix(".part")
    with beside.open("wb") as file:
        write_mo(file, catalogue)
    beside.replace(source.with_suffix(".mo"))


def main() -> None:
    """Compile every catalogue."""
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    for source in sources:
        compile_catalogue(source)
    print(f"{len(sources)} text catalogues compiled")


if __name__ == "__main__":
    main()
