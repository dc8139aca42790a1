"""Funds that are asked by report file, as the verbs see them; never how they are kept or written."""

from refusion.workflow.ports.funds.files import (
    CORRECTED,
    NEW,
    WITHDRAWN,
    Decided,
    FundClaim,
    Funds,
    Office,
    Report,
    ReportLine,
    Row,
    Unplaced,
)

__all__ = [
    "CORRECTED",
    "NEW",
    "WITHDRAWN",
    "Decided",
    "FundClaim",
    "Funds",
    "Office",
    "Report",
    "ReportLine",
    "Row",
    "Unplaced",
]
