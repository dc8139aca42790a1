"""Puts the real things into the ports: database, clock, authority, readers of files."""

from __future__ import annotations

import os

from refusion.adapters.bank.reader import CamtReader
from refusion.adapters.digital_post.client import Client as PostClient
from refusion.adapters.digital_post.mailbox import DigitalPost
from refusion.adapters.nemrefusion.authority import NemRefusion, Sender
from refusion.adapters.nemrefusion.client import Client
from refusion.adapters.sls import SlsReader
from refusion.adapters.sls.codec import read_grid
from refusion.adapters.sls.formats.recognition import Limits
from refusion.adapters.specifications import SpecificationReader
from refusion.adapters.udbetaling_danmark import ReportOffice
from refusion.wiring.abroad.norway import norwegian_world
from refusion.wiring.clock import HERE, SystemClock
from refusion.wiring.guarding import PayRunHand
from refusion.wiring.keys import open_vault
from refusion.wiring.trouble import not_ready
from refusion.wiring.work import HouseWork
from refusion.workflow.ports.authority import Message, RawAnswer, Silence
from refusion.workflow.ports.work import Clock, Ports

NEMREFUSION_VARIABLE = "REFUSION_NEMREFUSION_URL"
DIGITAL_POST_VARIABLE = "REFUSION_DIGITAL_POST_URL"


class NotConnected:
    """Stands where an authority's address is not set: reading and absorbing work, filing says what is missing."""

    def send(self, message: Message) -> RawAnswer | Silence:
        """Refuse before anything is sent; raises NotReady with the remedy."""
        raise not_ready("setup.no_authority", variable=NEMREFUSION_VARIABLE, operation=message.operation)


def _sender() -> Sender:
    address = os.environ.get(NEMREFUSION_VARIABLE)
    return Client(address) if address else NotConnected()


def _mailbox() -> DigitalPost | None:
    address = os.environ.get(DIGITAL_POST_VARIABLE)
    return DigitalPost(PostClient(address)) if address else None


def payment_reader() -> SpecificationReader:
    """Give the reader of payment specifications; it opens the same kinds of table as payroll files."""
    return SpecificationReader(lambda name, raw, decimal: read_grid(name, raw, Limits(), decimal))


def ports_of(clock: Clock | None = None, sender: Sender | None = None) -> Ports:
    """Give the ports of the real world; a rehearsal brings its own clock and what carries messages to its twin."""
    time, sends = clock or SystemClock(), sender or _sender()
    return Ports(
        work=HouseWork(time, open_vault(), HERE),
        clock=time,
        zone=HERE,
        authority=NemRefusion(sends),
        payroll_reader=SlsReader(),
        bank_reader=CamtReader(),
        payment_reader=payment_reader(),
        office=ReportOffice(),
        connected=not isinstance(sends, NotConnected),
        pay_runs=PayRunHand(),
        mailbox=_mailbox(),
        norway=norwegian_world(),
    )
