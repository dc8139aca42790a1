"""The one place of the command line where an error becomes a line for a person and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from refusion.values.languages import shell_language
from refusion.values.said import BadInput, Problem, Refused, Said, said
from refusion.wiring.trouble import NotReady

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 130
DEBUG_VARIABLE = "REFUSION_DEBUG"


def language() -> str:
    """Choose the language of sentences: REFUSION_LANGUAGE, else the machine's LC_ALL, LC_MESSAGES or LANG, else English."""
    return shell_language(os.environ)


@contextmanager
def said_on_errors() -> Iterator[None]:
    """Say each error in one clear line on standard error and end with its exit code; never a traceback."""
    try:
        yield
    except BadInput as error:
        _end([line_of(problem) for problem in error.problems], FAILED if isinstance(error, NotReady) else BAD_INPUT)
    except Refused as error:
        _end([sentence(error.because)], FAILED)
    except KeyboardInterrupt:
        _end([], INTERRUPTED)
    except BrokenPipeError:
        _close_output()
        raise SystemExit(FAILED) from None
    except Exception as error:  # noqa: BLE001 (the last door: whatever comes here is said, not thrown at a person)
        _end([sentence(unforeseen(error))], FAILED)


def line_of(problem: Problem) -> str:
    """Say a problem: where it stands, what it is, and what helps."""
    places = [
        problem.file,
        problem.row and sentence(said("cli.row", row=problem.row)),
        problem.column and sentence(said("cli.column", column=problem.column)),
    ]
    where = ", ".join(str(place) for place in places if place)
    value = "" if problem.value is None else " " + sentence(said("cli.value", value=problem.value))
    return f"{where + ': ' if where else ''}{sentence(problem.what)}{value} {sentence(problem.remedy)}"


def sentence(words: Said) -> str:
    """Say it in the language of this command line."""
    from refusion.wiring.texts import render

    return " ".join(render(words, language()).split())


def unforeseen(error: Exception) -> Said:
    """Give the words for an error that nobody foresaw: of a file, of the database, of the product itself."""
    if isinstance(error, OSError):
        return said("cli.file_error", file=str(error.filename or ""), reason=error.strerror or type(error).__name__)
    if _of_database(error):
        return said("cli.database_error", reason=_first_line(error))
    return said("cli.unforeseen", kind=type(error).__name__, reason=_first_line(error), variable=DEBUG_VARIABLE)


def _of_database(error: BaseException | None) -> bool:
    """Tell a database error, Django's or the driver's, without loading either."""
    return any(kind.__module__.split(".")[0] == "psycopg" or kind.__module__ == "django.db.utils" for kind in type(error).__mro__)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _end(lines: list[str], code: int) -> None:
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exc()
    for line in lines:
        sys.stderr.write(f"{line}\n")
    raise SystemExit(code) from None


def _close_output() -> None:
    """Point standard output at nothing, so that Python's own end does not complain of the closed pipe again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
