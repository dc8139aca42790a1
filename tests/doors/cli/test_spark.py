"""Tables calculated in Spark, in local mode: the same files, byte for byte, as without it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest

from tests.doors.cli.test_calculate import CLAIMS, ONE_ROW, rows_of, written

LACKING = [name for name, there in (("the extra spark (make extras)", find_spec("pyspark")), ("Java", which("java"))) if not there]
# More rows than a batch holds, so that both executors have work.
MANY = 70_000


@pytest.fixture(scope="module")
def java() -> Iterator[None]:
    """End the Java process that the first calculation in Spark starts."""
    yield
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(60)
        SparkContext._gateway = SparkContext._jvm = None


@pytest.fixture
def both(refusion, tmp_path, java):
    """Calculate here and in Spark; gives the exit codes, what was said, and the files of both."""

    def run(scheme: str, source: Path, ending: str, *more: str) -> list[tuple[int, str, dict[str, bytes]]]:
        told = []
        for name, engine in (("here", ()), ("there", ("--engine", "spark", "--spark-master", "local[2]"))):
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            code, out, _ = refusion("calculate", scheme, source, folder / f"out.{ending}", *more, *engine)
            told.append((code, out, {file.name: file.read_bytes() for file in folder.iterdir()}))
        return told

    return run


in_spark = [
    pytest.mark.extra,
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKING), reason=f"needs {' and '.join(LACKING)}"),
    # Spark's own code, not the product's.
    pytest.mark.filterwarnings("default::DeprecationWarning", "default::ResourceWarning", "default::FutureWarning"),
]


def marked(test):
    for mark in in_spark:
        test = mark(test)
    return test


@marked
def test_many_rows_come_back_in_their_order_with_the_bad_ones_aside(both, tmp_path):
    heading, good, bad = (CLAIMS.splitlines()[place].partition(",")[2] for place in (0, 1, 5))
    source = tmp_path / "in.csv"
    with source.open("w", encoding="utf-8") as file:
        file.write(f"a name,{heading}\n")
        for place in range(MANY):
            file.write("ragged\n" if place % 30_000 == 7 else f"{place},{bad if place % 10_000 == 3 else good}\n")
    here, there = both("dk-sickness", source, "csv")
    assert here == there
    assert here[0] == 1
    assert sorted(here[2]) == ["out.csv", "out.rejects.csv"]
    assert here[2]["out.csv"].count(b"\n") == MANY - 10 + 1


@marked
@pytest.mark.parametrize("scheme", ONE_ROW)
def test_every_scheme_gives_the_same(both, tmp_path, scheme):
    heading, row, column, bad = ONE_ROW[scheme]
    good = dict(zip(heading.split(","), row.split(","), strict=True))
    source = written([good, {**good, column: bad}, good], tmp_path / "in.parquet")
    here, there = both(scheme, source, "jsonl", "--explain")
    assert here == there
    assert here[1] == "2 rows calculated, 1 refused.\n"


@marked
def test_the_agreement_gives_the_same_and_is_refused_the_same(both, tmp_path):
    rows = rows_of(Path("docs/how-to/grant-made-up.csv"))
    here, there = both("se-2013", written(rows, tmp_path / "in.csv"), "parquet", "--explain")
    assert here == there
    assert here[0] == 0
    here, there = both("se-2013", written(rows[1:], tmp_path / "in.csv"), "csv")
    assert here[:2] == there[:2] == (2, "")


@marked
def test_what_spark_cannot_do_is_said_and_leaves_nothing(refusion, tmp_path, java):
    source = tmp_path / "in.csv"
    source.write_text(CLAIMS, encoding="utf-8")
    code, _, err = refusion("calculate", "dk-sickness", source, tmp_path / "out.csv", "--engine", "spark", "--spark-master", "nowhere")
    assert code == 1
    assert "Spark could not calculate" in err
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_without_java_or_the_extra_the_remedy_is_named(refusion, tmp_path, monkeypatch, language):
    monkeypatch.setenv("REFUSION_LANGUAGE", language)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    source = tmp_path / "in.csv"
    source.write_text(CLAIMS, encoding="utf-8")
    monkeypatch.setattr("refusion.doors.cli.rules.spark.find_spec", lambda name: object())
    code, _, err = refusion("calculate", "dk-sickness", source, tmp_path / "out.csv", "--engine", "spark")
    assert code == 1
    assert "default-jre-headless" in err
    monkeypatch.setattr("refusion.doors.cli.rules.spark.find_spec", lambda name: None)
    code, _, err = refusion("calculate", "dk-sickness", source, tmp_path / "out.csv", "--engine", "spark")
    assert code == 1
    assert "make extras" in err
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


def test_the_product_starts_without_spark():
    """Nothing of Spark is loaded by a calculation in this process."""
    loaded = "import refusion.doors.cli.rules.calculate, refusion.doors.cli.rules.spark, sys; print('pyspark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": "src"})
    assert done.stdout == "False\n"
