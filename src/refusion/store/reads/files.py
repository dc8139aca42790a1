"""Reads what was read in: each file with when, by whom, what became of it and the problems it was refused for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from refusion.store.columns import said_from
from refusion.store.reads.rows import bounded, rows
from refusion.values.said import Said

PROBLEMS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class FileRow:
    """One received file; ``state`` is kept, absorbed or refused."""

    id: UUID
    kind: str
    name: str
    size: int
    received_at: datetime
    received_by: str
    state: str
    problem_count: int
    problems: tuple[Said, ...] = ()


_FILES = """
    SELECT f.id, f.kind, f.name, f.size, f.received_at, f.received_by, f.state,
           (SELECT count(*) FROM file_problem p WHERE p.institution_id = f.institution_id AND p.file_id = f.id)
    FROM raw_file f ORDER BY f.received_at DESC, f.kind, f.name LIMIT %(limit)s
"""
_PROBLEMS = """
    SELECT p.file_id, p.key, p.facts::text FROM file_problem p
    WHERE p.file_id = ANY(%(files)s::uuid[]) AND p.position <= %(shown)s ORDER BY p.file_id, p.position
"""


def files(limit: int) -> tuple[FileRow, ...]:
    """Give the newest files with the first problems of the refused ones."""
    found = rows(FileRow, _FILES, {"limit": bounded(limit)})
    refused = [file.id for file in found if file.problem_count]
    told = rows(_told, _PROBLEMS, {"files": refused, "shown": PROBLEMS_SHOWN}) if refused else ()
    return tuple(replace(file, problems=tuple(problem for of, problem in told if of == file.id)) for file in found)


def _told(file: UUID, key: str, facts: str) -> tuple[UUID, Said]:
    return file, said_from(key, facts)
