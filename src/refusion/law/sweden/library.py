"""All Swedish rules and figures, for those who list, show and compare them."""

from __future__ import annotations

from refusion.law.sweden import change, investigations, net_days

MODULES = (change, investigations, net_days)
