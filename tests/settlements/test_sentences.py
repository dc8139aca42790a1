"""Every sentence that the bank, the ledger and the settlements say stands in both catalogues."""

from __future__ import annotations

import re
from pathlib import Path


def test_the_catalogues_say_every_key_in_both_languages() -> None:
    source = Path(__file__).parents[2] / "src/refusion"
    for domain, rooms in (("bank", "adapters/bank"), ("ledger", "ledger"), ("settlements", "settlements")):
        code = "".join(path.read_text(encoding="utf-8") for path in (source / rooms).rglob("*.py"))
        used = set(re.findall(rf'"({domain}\.[a-z_]+)"', code))
        if domain == "bank":
            code += (source / "settlements/tray.py").read_text(encoding="utf-8")
            used |= set(re.findall(r'"(bank\.[a-z_]+)"', code))
            refusals = set(re.findall(r'refusal\(\s*"([a-z_]+)"', code))
            used |= {f"bank.{key}{end}" for key in refusals for end in ("", "_remedy")}
        told = []
        for language in ("da", "en"):
            catalogue = (source / f"locale/{language}/LC_MESSAGES/{domain}.po").read_text(encoding="utf-8")
            pairs = re.findall(r'msgid "([^"]+)"\nmsgstr "([^"]+)"', catalogue)
            told.append({key: set(re.findall(r"{(\w+)}", sentence)) for key, sentence in pairs})
        assert used
        assert used <= set(told[0]), used - set(told[0])
        assert told[0] == told[1], "both languages mention the same facts"
