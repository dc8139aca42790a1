"""Puts NAV and SAP into the Norwegian ports: NAV only where its address is set."""

from __future__ import annotations

import os

from refusion.adapters.nav.authority import NavOffice, Sender
from refusion.adapters.nav.client import Client
from refusion.adapters.nav.reading import SettlementFiles
from refusion.adapters.sap.reading import SapReader
from refusion.adapters.sap.writing import SapFiles
from refusion.adapters.sls.codec import read_grid
from refusion.adapters.sls.formats.recognition import Limits
from refusion.workflow.ports.norway.world import NorwegianWorld

NAV_VARIABLE = "REFUSION_NAV_URL"


def norwegian_world(sender: Sender | None = None) -> NorwegianWorld:
    """Give the Norwegian outside world; a rehearsal brings what carries messages to its twin."""
    sends = sender or _client()
    reader = SapReader(lambda name, raw, decimal: read_grid(name, raw, Limits(), decimal))
    return NorwegianWorld(SettlementFiles(), reader, SapFiles(reader), None if sends is None else NavOffice(sends))


def _client() -> Client | None:
    address = os.environ.get(NAV_VARIABLE)
    return Client(address) if address else None
