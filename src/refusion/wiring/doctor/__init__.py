"""Examines an installation and says what to do about each finding; never changes anything."""

from refusion.wiring.doctor.examination import examine
from refusion.wiring.doctor.finding import Finding

__all__ = ["Finding", "examine"]
