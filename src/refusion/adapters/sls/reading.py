"""The reader of payroll files that the house asks: bytes in, columns or every problem out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from refusion.absences.columns import AbsenceColumns, EmploymentColumns, PayColumns
from refusion.adapters.sls.codec import read_grid
from refusion.adapters.sls.formats.recognition import Limits
from refusion.adapters.sls.mapping import OWN, read_mapping
from refusion.adapters.sls.messages import KINDS
from refusion.adapters.sls.persons import danish_number
from refusion.adapters.sls.refusals import refusal, shown
from refusion.adapters.sls.translate import translate


@dataclass(frozen=True, slots=True)
class SlsReader:
    """Reads the payroll files of Danish institutions (the port ``PayrollReader``), within limits."""

    limits: Limits = field(default_factory=Limits)

    def read(
        self, kind: str, name: str, raw: bytes, institution: str, mapping: Path | None = None
    ) -> EmploymentColumns | PayColumns | AbsenceColumns:
        """Read CSV, xlsx or Parquet of one kind for one institution, by a mapping file where the headings are others.

        Raises BadInput with every problem found, up to 100, each with file, row, column, value and remedy.
        """
        if kind not in KINDS:
            raise refusal("kind_unknown", name, kind=shown(kind), known=", ".join(KINDS))
        layout = read_mapping(mapping) if mapping else OWN
        table = read_grid(name, raw, self.limits, layout.decimal)
        return translate(KINDS[kind], table, layout, institution, danish_number)
