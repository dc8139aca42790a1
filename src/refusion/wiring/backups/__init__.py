"""A backup is one file with all rows and what proves them whole; keys are never in it."""

from refusion.wiring.backups.restoring import restore, take_back
from refusion.wiring.backups.taking import back_up

__all__ = ["back_up", "restore", "take_back"]
