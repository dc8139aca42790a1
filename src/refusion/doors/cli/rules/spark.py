"""A table calculated in Spark: the rows go to the executors through ``mapInArrow``, to the same function of the scheme.

The rows are laid beside OUT as Parquet, calculated where Spark runs, laid there again, and read back in their order; so that
folder has to be one that all executors see. Nothing of it is left.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from refusion.doors.cli.rules.rows import ROW, ROWS
from refusion.values.said import Refused, said
from refusion.wiring.trouble import not_ready

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Batches = Iterable[pa.RecordBatch]
LOCAL = "local"
LOOPBACK = "127.0.0.1"
SETTINGS = {
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
    # Names and moments stay as they are given.
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}
QUIET = """\
rootLogger.level = error
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c{1}: %m%n
"""


@dataclass(frozen=True, slots=True)
class Spread:
    """What is calculated in Spark: the scheme's module, with explanations or not, its rows all together or not, and where."""

    module: str
    explain: bool
    together: bool
    master: str
    beside: Path


def refuse_unless_ready() -> None:
    """Raise NotReady where the extra or Java is missing, saying what to do."""
    if any(find_spec(package) is None for package in ("pyspark", "pandas")):
        raise not_ready("law.spark_missing")
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home, "bin")) if home else None) is None:
        raise not_ready("law.java_missing")


def results(spread: Spread, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Calculate the batches in Spark and give the results in the order of the rows.

    Raises BadInput as the scheme does, Refused with Spark's reason when Spark fails.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    folder = Path(tempfile.mkdtemp(prefix=f".{spread.beside.name}.", suffix=".part", dir=spread.beside.parent))
    try:
        schema = _lay(spread, batches, folder / "given")
        try:
            _calculate(spread, schema, folder)
        except (PySparkException, Py4JError) as error:
            raise Refused(said("law.spark_failed", reason=_first_words(error))) from error
        yield from _in_order(folder / "calculated", schema)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def calculation(module: str, *, explain: bool) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    """Give the function of a scheme in the shape that ``DataFrame.mapInArrow`` takes."""

    def calculate(batches: Batches) -> Iterator[pa.RecordBatch]:
        yield from import_module(module).calculate(batches, explain=explain)

    return calculate


def _lay(spread: Spread, batches: Batches, folder: Path) -> pa.Schema:
    """Lay the rows into the folder as one Parquet file; gives the columns of the result."""
    calculate = calculation(spread.module, explain=spread.explain)
    folder.mkdir()
    given = iter(batches)
    # The first batch is empty and gives the columns; rows that are taken together give theirs only all together.
    first = list(given) if spread.together else [next(given)]
    schema: pa.Schema = next(calculate(first)).schema
    with parquet.ParquetWriter(folder / "rows.parquet", first[0].schema) as writer:
        for batch in chain(first, given):
            writer.write_batch(batch)
    return schema


def _calculate(spread: Spread, schema: pa.Schema, folder: Path) -> None:
    from pyspark.sql.pandas.types import from_arrow_schema

    session = _session(spread.master, folder)
    try:
        rows = session.read.parquet(str(folder / "given"))
        rows = rows.coalesce(1) if spread.together else rows
        calculated = rows.mapInArrow(calculation(spread.module, explain=spread.explain), from_arrow_schema(schema))
        calculated.write.parquet(str(folder / "calculated"))
    finally:
        session.stop()


def _session(master: str, folder: Path) -> SparkSession:
    from pyspark.sql import SparkSession

    # The executors of this machine run this Python, which has the product.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder.master(master).appName("refusion")
    own = _of_this_machine(folder) if master.startswith(LOCAL) else {}
    shown = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    for name, value in {**SETTINGS, **own, **shown}.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    return session


def _of_this_machine(folder: Path) -> dict[str, str]:
    """Keep Spark to itself where it runs here: no address but the machine's own, no words but its errors."""
    words = folder / "log4j2.properties"
    words.write_text(QUIET, encoding="utf-8")
    quiet = f"-Dlog4j2.configurationFile={words}"
    return {"spark.driver.host": LOOPBACK, "spark.driver.bindAddress": LOOPBACK, "spark.driver.extraJavaOptions": quiet}


def _in_order(folder: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Read what Spark laid down, part by part, by the number of the first row of each."""
    yield pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
    parts = [(_first_row(file), file) for file in folder.glob("*.parquet")]
    last = 0
    for _, part in sorted((first, file) for first, file in parts if first is not None):
        with parquet.ParquetFile(part) as content:
            for batch in content.iter_batches(batch_size=ROWS):
                rows = batch.column(ROW).to_numpy()
                if rows[0] <= last or (rows[1:] <= rows[:-1]).any():
                    raise Refused(said("law.spark_order", row=int(rows[0])))
                last = int(rows[-1])
                yield batch.cast(schema)


def _first_row(part: Path) -> int | None:
    with parquet.ParquetFile(part) as content:
        first = next(content.iter_batches(batch_size=1, columns=[ROW]), None)
    return None if first is None or not first.num_rows else first.column(0)[0].as_py()


def _first_words(error: Exception) -> str:
    return " ".join(str(error).split()[:40])
