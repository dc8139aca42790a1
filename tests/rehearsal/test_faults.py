"""Faults as a command line says them."""

from __future__ import annotations

from datetime import datetime

import pytest

from refusion.rehearsal.faults import KINDS, Fault, spoken


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("drop=0.05", Fault("drop", 50)),
        ("drop=5%", Fault("drop", 50)),
        ("late=0.5%@HentSagsbehandling", Fault("late", 5, on=("HentSagsbehandling",))),
        ("twice=1", Fault("twice", 1000)),
        ("lose=0", Fault("lose", 0)),
    ],
)
def test_shares_are_read_in_thousandths(words: str, fault: Fault) -> None:
    assert spoken(words) == fault


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"down"}))
def test_every_kind_can_be_said(kind: str) -> None:
    assert spoken(f"{kind}=0.001") == Fault(kind, 1)


@pytest.mark.parametrize(("words", "hours"), [("down=2024-11-10..2024-11-23", 14 * 24), ("down=2024-11-10", 24), ("down=2025-03-30", 23)])
def test_an_outage_lasts_from_midnight_to_midnight(words: str, hours: int) -> None:
    fault = spoken(words)
    lasts = datetime.fromisoformat(fault.until) - datetime.fromisoformat(fault.since)
    assert lasts.total_seconds() == hours * 3600
    assert (fault.kind, fault.per_mille) == ("down", 0)


@pytest.mark.parametrize("words", ["", "drop", "drop=", "drop=x", "drop=2", "drop=-1%", "drop=0.0001", "sulk=0.1", "down=soon", "down="])
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        spoken(words)
