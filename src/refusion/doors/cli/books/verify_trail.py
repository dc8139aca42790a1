"""Checks an audit trail that was given out, with Python's own library alone: ``python3 verify_trail.py trail.jsonl``.

Each line carries the hash of the line before it. A line's own hash is the SHA-256 of these parts, each preceded by its
length in eight bytes, highest first: the hash before (32 bytes, none for the first line), then as UTF-8 text the
institution's number, the line's number, its instant in UTC with six decimals of a second, actor, verb, subject, facts.
Whoever changes, adds, removes or moves a line breaks the chain there; only a chain made anew from there on holds, and
its last hash is another. So keep the last hash that is printed here, and compare it the next time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from hashlib import sha256

TEXTS = ("institution", "sequence", "at", "actor", "verb", "subject", "facts")


def hash_of(line: dict[str, str], before: bytes) -> bytes:
    """Give the hash that a line must have after the hash before it."""
    parts = [before, *(str(line[name]).encode() for name in TEXTS)]
    return sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).digest()


def check(lines: Iterable[str]) -> tuple[int, str, str]:
    """Follow a trail; gives how many lines hold, the last hash, and what is wrong with the next line, or nothing."""
    count, before = 0, b""
    for written in lines:
        line = json.loads(written)
        if int(line["sequence"]) != count + 1:
            return count, before.hex(), f"line {count + 1} is missing: {line['sequence']} follows {count}"
        if bytes.fromhex(line["previous_hash"]) != before:
            return count, before.hex(), f"line {count + 1} does not follow from line {count}"
        before = hash_of(line, before)
        if before.hex() != line["hash"]:
            return count, before.hex(), f"line {count + 1} was changed"
        count += 1
    return count, before.hex(), ""


def main(words: list[str]) -> int:
    """Check the file named, and the hash that its last line must have where one is given."""
    if len(words) not in (1, 2):
        sys.stderr.write("use: python3 verify_trail.py trail.jsonl [LAST-HASH]\n")
        return 2
    with open(words[0], encoding="utf-8") as lines:  # noqa: PTH123 (nothing but what every Python has)
        count, last, wrong = check(lines)
    if not wrong and len(words) > 1 and last != words[1].lower():
        wrong = f"the last hash is {last}, not the one that was kept"
    sys.stdout.write(f"{count} lines hold; the last hash is {last}\n" + (f"BROKEN: {wrong}\n" if wrong else ""))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
