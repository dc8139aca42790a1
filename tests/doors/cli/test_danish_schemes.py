"""Tables of Danish leave and of the self-employed, calculated from the command line; bad rows are put aside with their reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from refusion.doors.cli import main

LEAVE = """id,first_day,last_day,weekly_hours,hourly_wage_after_am
a,2022-04-04,2022-05-01,37,500
b,2022-04-04,2022-03-01,37,500
"""
SELF = """id,day,first_absence_day,income_year,insurance,working_share_percent
a,2022-03-05,2022-03-01,900000,day3_min,
b,2022-03-05,2022-03-01,900000,day9,
c,2022-03-05,2022-03-01,900000,,101
"""


@pytest.mark.parametrize(
    ("scheme", "table", "amount", "refused"),
    [("dk-parental", LEAVE, "17860.00", 1), ("dk-self-employed", SELF, "2977.00", 2)],
)
def test_a_scheme_is_calculated(monkeypatch, capsys, tmp_path: Path, scheme, table, amount, refused):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(table, encoding="utf-8")
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")
    monkeypatch.setattr("sys.argv", ["refusion", "calculate", scheme, str(source), str(target)])
    with pytest.raises(SystemExit) as end:
        main.run()
    assert end.value.code == 1
    assert capsys.readouterr().out == f"1 rows calculated, {refused} refused.\n"
    assert amount in target.read_text(encoding="utf-8")
    bad = target.with_suffix(".rejects.csv").read_text(encoding="utf-8")
    assert len(bad.splitlines()) == refused + 1
    assert "law." not in bad
