"""A bank file as a stream of finished elements, checked against its ISO schema while it is read, within limits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from refusion.adapters.bank.refusals import against_schema, broken, refusal

SCHEMAS = Path(__file__).parent / "schemas"
ISO = "urn:iso:std:iso:20022:tech:xsd:"
BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask of us: bytes in all, bytes before the first element, bytes between finished elements."""

    whole: int = 2 << 30
    opening: int = 1 << 20
    piece: int = 8 << 20
    details: int = 100_000


class _Seen(Exception):  # noqa: N818 - a signal that ends the look, no error
    """Ends the first look into a file as soon as it is known what it is."""

    def __init__(self, root: str | None) -> None:
        """Carry the root's name, or None for a document type definition."""
        super().__init__(root)
        self.root = root


class _FirstLook:
    """A parser target that stops at a document type definition or at the root, whichever comes first."""

    def doctype(self, *_: object) -> None:
        """Stop: no definition is ever read, whatever it says."""
        raise _Seen(None)

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:  # noqa: ARG002 - lxml names it
        """Stop at the root."""
        raise _Seen(tag if isinstance(tag, str) else tag.decode())

    def data(self, data: str | bytes) -> None:
        """Pass over text: there is none before the root."""

    def end(self, tag: str | bytes) -> None:
        """Pass over ends: none comes before the root begins."""

    def comment(self, text: str | bytes) -> None:
        """Pass over comments."""

    def close(self) -> None:
        """Do nothing: the end of the input without a root is found by the caller."""


def elements(source: BinaryIO, name: str, wanted: tuple[str, ...], limits: Limits) -> Iterator[etree._Element]:
    """Give each wanted element when it is complete, and at last the root.

    The caller empties what it has used, so that memory stays level. Raises BadInput for anything that isn't a
    complete camt.053 or camt.054 document valid against its schema.
    """
    _check_size(source, name, limits)
    opening = _opening(source, name, limits)
    root = first_look(opening, name)
    namespace = root[1:].partition("}")[0]
    schema = _schema(namespace, name)
    tags = [f"{{{namespace}}}{tag}" for tag in (*wanted, "Document")]
    parser = _parser(schema, tags)
    finished = None
    for finished in _feed(parser, source, opening, name, limits):
        yield finished
    if finished is None or finished.tag != root or finished.getparent() is not None:
        raise refusal("cut_short", name)


def _check_size(source: BinaryIO, name: str, limits: Limits) -> None:
    """Refuse a file whose size alone is over the limit before a byte of it is read."""
    if source.seekable():
        size = source.seek(0, os.SEEK_END)
        source.seek(0)
        if size > limits.whole:
            raise refusal("too_large", name, limit=limits.whole)


def _opening(source: BinaryIO, name: str, limits: Limits) -> bytes:
    """Read the first block; refuse what is empty or no XML at all."""
    opening = source.read(BLOCK)
    if not opening.strip():
        raise refusal("empty", name)
    while not _has_element(opening) and len(opening) < limits.opening:
        more = source.read(BLOCK)
        if not more:
            break
        opening += more
    if not opening.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        raise refusal("not_xml", name, 1)
    return opening


def _has_element(opening: bytes) -> bool:
    """Tell whether an element or a definition has begun, in any encoding that writes < as ASCII does."""
    plain = opening.replace(b"\0", b"")
    return any(plain[at + 1 : at + 2].isalpha() for at in _places(plain, b"<")) or b"<!DOCTYPE" in plain


def _places(where: bytes, what: bytes) -> Iterator[int]:
    """Give every place where the bytes stand."""
    at = where.find(what)
    while at >= 0:
        yield at
        at = where.find(what, at + 1)


def first_look(opening: bytes, name: str) -> str:
    """Give the root's name; refuse every document type definition before anything of it is read."""
    parser = etree.XMLParser(target=_FirstLook(), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        parser.feed(opening)
    except _Seen as seen:
        if seen.root is None:
            raise refusal("document_type", name) from None
        return seen.root
    except etree.XMLSyntaxError as error:
        raise broken(name, error) from error
    raise refusal("cut_short", name)


def _schema(namespace: str, name: str) -> etree.XMLSchema:
    """Give the ISO schema of the message, or refuse a message we can't check."""
    message = namespace.removeprefix(ISO)
    if not namespace.startswith(ISO) or not message.startswith(("camt.053.001.", "camt.054.001.")):
        raise refusal("unknown_message", name, 1, message=namespace[:100])
    path = SCHEMAS / f"{message}.xsd"
    if not message.removeprefix("camt.").replace(".", "").isdigit() or not path.is_file():
        raise refusal("no_schema", name, 1, message=message[:100])
    return _compiled(path)


@lru_cache(maxsize=32)
def _compiled(path: Path) -> etree.XMLSchema:
    """Read one schema once per process."""
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)))


def _parser(schema: etree.XMLSchema, tags: list[str]) -> etree.XMLPullParser:
    """Make a parser that checks while it reads, expands nothing and fetches nothing."""
    return etree.XMLPullParser(
        events=("end",),
        tag=tags,
        schema=schema,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _feed(parser: etree.XMLPullParser, source: BinaryIO, opening: bytes, name: str, limits: Limits) -> Iterator[etree._Element]:
    """Feed the file block by block and give what is complete; stop at the first error."""
    fed = unfinished = 0
    block = opening
    while block:
        _feed_block(parser, block, source, fed, name)
        fed, unfinished = fed + len(block), unfinished + len(block)
        if fed > limits.whole:
            raise refusal("too_large", name, limit=limits.whole)
        for element in _finished(parser):
            unfinished = 0
            yield element
        if unfinished > limits.piece:
            raise refusal("piece_too_large", name, limit=limits.piece)
        block = source.read(BLOCK)
    _close(parser, name)


def _finished(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    """Give the wanted elements that the last block has completed."""
    for _, element in parser.read_events():
        if isinstance(element, etree._Element):
            yield element


def _feed_block(parser: etree.XMLPullParser, block: bytes, source: BinaryIO, fed: int, name: str) -> None:
    """Feed one block; refuse broken XML and what the schema forbids."""
    try:
        parser.feed(block)
    except etree.XMLSyntaxError as error:
        if not _schema_errors(parser):
            raise broken(name, error) from error
    for found in _schema_errors(parser):
        raise against_schema(name, found.message, _row(source, fed, len(block), found.message))


def _schema_errors(parser: etree.XMLPullParser) -> list[etree._LogEntry]:
    """Give what the schema check has found so far."""
    return [entry for entry in parser.feed_error_log if entry.domain_name == "SCHEMASV"]


def _row(source: BinaryIO, fed: int, length: int, message: str) -> int | None:
    """Find the line of a schema error: the checker doesn't say it while streaming, so read again up to it."""
    if not source.seekable():
        return None
    source.seek(0)
    again = _again(source.read(BLOCK))
    source.seek(0)
    row = 1
    at = 0
    for piece in _pieces(source, fed, fed + length):
        row += piece.count(b"\n")
        at += len(piece)
        try:
            again.feed(piece)
        except etree.XMLSyntaxError:
            return row
        if any(entry.message == message for entry in _schema_errors(again)):
            return row
        for element in _finished(again):
            element.clear()
    return None


def _again(opening: bytes) -> etree.XMLPullParser:
    """Make a second parser for a document whose opening was found good."""
    root = first_look(opening, "")
    namespace = root[1:].partition("}")[0]
    return _parser(_schema(namespace, ""), [f"{{{namespace}}}{tag}" for tag in ("TxDtls", "Ntry")])


def _pieces(source: BinaryIO, slow_from: int, end: int) -> Iterator[bytes]:
    """Cut the file into blocks, and from ``slow_from`` on after every tag, so that an error is found at its tag."""
    read = 0
    while read < slow_from:
        block = source.read(min(BLOCK, slow_from - read))
        read += len(block)
        yield block
    rest = source.read(end - slow_from)
    start = 0
    for place in _places(rest, b">"):
        yield rest[start : place + 1]
        start = place + 1
    if start < len(rest):
        yield rest[start:]


def _close(parser: etree.XMLPullParser, name: str) -> None:
    """End the document; refuse one that isn't finished."""
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise broken(name, error) from error
