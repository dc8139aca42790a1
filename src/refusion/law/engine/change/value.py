"""One proposed value as it stands in a file: read by the unit of its figure, or refused with what is wrong with it."""

from __future__ import annotations

from datetime import date

from refusion.law.engine.figure import Value
from refusion.law.engine.numbers import BASIS_POINTS, DAY, YES_OR_NO, Unit
from refusion.values.said import Said, said

FIELDS = ("day", "value", "source", "verified")
WHOLE_SHARE = 10_000
MOST = 10**12


class WrongValue(ValueError):
    """A proposed value that cannot be taken, and what helps."""

    def __init__(self, what: Said, remedy: Said) -> None:
        """Carry both; the figure's name and the value's place are added by who knows them."""
        super().__init__(what.key)
        self.what = what
        self.remedy = remedy


def value_of(unit: Unit, row: object) -> Value:
    """Read ``{ day = 2025-01-06, value = 180, source = "…", verified = true }``; raises WrongValue."""
    if not isinstance(row, dict):
        raise WrongValue(said("preview.value_no_table"), said("preview.value_remedy"))
    unknown = [str(key) for key in row if key not in FIELDS]
    if unknown:
        raise WrongValue(said("preview.value_unknown", fields=", ".join(unknown)), said("preview.value_remedy"))
    since, source, verified = row.get("day"), row.get("source"), row.get("verified")
    # A TOML instant is a day too, as Python sees it.
    if type(since) is not date:
        raise WrongValue(said("preview.value_lacks", field="day"), said("preview.day_remedy"))
    if not isinstance(source, str) or not source.strip():
        raise WrongValue(said("preview.value_lacks", field="source"), said("preview.source_remedy"))
    if not isinstance(verified, bool):
        raise WrongValue(said("preview.value_lacks", field="verified"), said("preview.verified_remedy"))
    return Value(since, _amount(unit, row.get("value")), source, verified)


def _amount(unit: Unit, value: object) -> int:
    if unit is DAY:
        if type(value) is not date:
            raise WrongValue(said("preview.value_lacks", field="value"), said("preview.day_remedy"))
        return value.toordinal()
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongValue(said("preview.value_lacks", field="value"), said("preview.whole_remedy", unit=unit.name))
    if not 0 <= value <= _most(unit):
        raise WrongValue(said("preview.value_outside", value=value), said("preview.outside_remedy", unit=unit.name, most=_most(unit)))
    return value


def _most(unit: Unit) -> int:
    if unit is YES_OR_NO:
        return 1
    return WHOLE_SHARE if unit is BASIS_POINTS else MOST
