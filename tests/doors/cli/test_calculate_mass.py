"""Tables calculated by compiled rules: the same files, byte for byte, as without them."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from refusion.doors.cli.rules import calculate
from tests.doors.cli.test_calculate import CLAIMS

LEAVES = """id,start,first_day,last_day,coverage_percent,annual_basis,average_weekly_income,employment_ends,received,profile
a,2025-02-03,2025-03-01,2025-03-31,100,600000,,,,
b,2025-02-03,2025-03-01,2025-03-31,80,2000000,,2025-03-20,2025-09-01,
c,2018-02-05,2018-03-01,2018-03-31,100,,12000,,,
d,2025-02-03,2025-03-01,2025-03-31,100,,12000,,,uio
half,2025-02-03,2025-03-01,2025-03-31,50,600000,,,,
"""
WITH_THE_EXTRA = [pytest.mark.extra, pytest.mark.skipif(find_spec("numba") is None, reason="the extra mass (make extras) is not installed")]


@pytest.mark.parametrize(
    ("scheme", "rows", "more"),
    [
        pytest.param(*each, marks=WITH_THE_EXTRA)
        for each in (("dk-sickness", CLAIMS, ("--explain",)), ("dk-parental", CLAIMS, ()), ("no-parental", LEAVES, ()))
    ],
)
def test_compiled_rules_give_the_same_files_byte_for_byte(refusion, tmp_path, scheme, rows, more):
    source = tmp_path / "in.csv"
    source.write_text(rows, encoding="utf-8")
    made = {}
    for engine in ("here", "mass"):
        folder = tmp_path / engine
        folder.mkdir()
        code, out, _ = refusion("calculate", scheme, source, folder / "out.csv", "--engine", engine, *more)
        made[engine] = code, out, {file.name: file.read_bytes() for file in folder.iterdir()}
    assert made["mass"] == made["here"]
    assert sorted(made["here"][2]) == ["out.csv", "out.rejects.csv"]


def test_a_scheme_that_is_not_compiled_is_refused(refusion, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("a\n1\n", encoding="utf-8")
    code, _, err = refusion("calculate", "no-sickness", source, tmp_path / "out.csv", "--engine", "mass")
    assert code == 2
    assert "dk-sickness, dk-parental" in err
    assert not (tmp_path / "out.csv").exists()


def test_a_missing_extra_is_said_with_its_remedy(refusion, tmp_path, monkeypatch):
    monkeypatch.setattr(calculate, "find_spec", lambda _: None)
    source = tmp_path / "in.csv"
    source.write_text(CLAIMS, encoding="utf-8")
    code, _, err = refusion("calculate", "dk-sickness", source, tmp_path / "out.csv", "--engine", "mass")
    assert code != 0
    assert "make extras" in err
