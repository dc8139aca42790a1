"""Every key that is put together from its parts stands in both languages, with its remedy where it is a problem."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from refusion.wiring.texts import catalogue

SOURCE = Path(__file__).resolve().parents[3] / "src" / "refusion"
PLACES = {
    "nav": ("_?problem|_refusal", [*(SOURCE / "adapters" / "nav").glob("*.py"), SOURCE / "settlements" / "nav_report.py"]),
    "sap": ("problem|refusal", [*(SOURCE / "adapters" / "sap").glob("*.py")]),
}


@pytest.mark.parametrize("domain", sorted(PLACES))
@pytest.mark.parametrize("language", ["da", "en"])
def test_problems_and_their_remedies_have_sentences(domain: str, language: str) -> None:
    functions, files = PLACES[domain]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    keys = set(re.findall(rf'\b(?:{functions})\("([a-z_]+)"', text)) | set(re.findall(r'Wrong\("([a-z_]+)"', text))
    keys |= {key for line in re.findall(r"yield (\"[a-z_]+\"), ", text) for key in [line.strip('"')]}
    keys |= set(re.findall(r'"([a-z]+_before_[a-z]+)"\)', text))
    assert len(keys) > 8
    known = catalogue(domain, language)
    wanted = {f"{domain}.{key}{end}" for key in keys for end in ("", "_remedy")}
    assert wanted - known.keys() == set()
