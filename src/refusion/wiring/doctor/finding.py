"""What an examination found on one point."""

from __future__ import annotations

from dataclasses import dataclass

from refusion.values.said import Fact, Said


@dataclass(frozen=True, slots=True)
class Finding:
    """One point examined: whether it is well, what was seen, and what to do where it is not."""

    topic: str
    well: bool
    seen: Said
    remedy: Said | None


def well(topic: str, **facts: Fact) -> Finding:
    """Find a point in order."""
    return Finding(topic, well=True, seen=Said(f"doctor.{topic}_well", facts), remedy=None)


def ill(topic: str, **facts: Fact) -> Finding:
    """Find a point out of order."""
    return Finding(topic, well=False, seen=Said(f"doctor.{topic}_ill", facts), remedy=Said(f"doctor.{topic}_remedy", facts))
