"""Bytes ↔ messages: pure, total (what we do not know is kept), and deaf to any document type definition."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cache
from typing import TypeVar, cast, get_type_hints

from lxml import etree

from refusion.adapters.nemrefusion.messages import NAMESPACE, Art, Et, Felt, Mange
from refusion.values.said import BadInput, Problem, said

SIZE_LIMIT = 32 * 1024 * 1024
_OURS = "{" + NAMESPACE + "}"
_NIL = "nil"
_NAMES = cast("dict[str, str]", {None: NAMESPACE})  # the stubs know no default namespace

M = TypeVar("M")


class Unreadable(Exception):
    """These bytes are not the message that they should be; ``reason`` holds no text from the message itself."""

    def __init__(self, reason: str) -> None:
        """Carry the reason."""
        super().__init__(reason)
        self.reason = reason


def encode(message: object) -> bytes:
    """Write a message as XML in UTF-8. Raises BadInput for text that XML can't carry."""
    try:
        element = _element(_written(type(message).__name__, message))
    except ValueError as wrong:
        raise BadInput(
            Problem(said("nemrefusion.text_not_sendable"), said("nemrefusion.text_not_sendable_remedy"))
        ) from wrong
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8")


def decode(raw: bytes, klasse: type[M]) -> M:
    """Read a message of the kind that is expected. Raises Unreadable for anything else."""
    root = parse(raw)
    if root.navn != klasse.__name__:
        raise Unreadable(f"another message than {klasse.__name__}")
    return _read(root, klasse)


def parse(raw: bytes) -> Felt:
    """Read XML into elements. Raises Unreadable for broken, oversized XML or any document type definition."""
    if len(raw) > SIZE_LIMIT:
        raise Unreadable("larger than allowed")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise Unreadable("not well-formed XML") from wrong
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("a document type definition is not allowed")
    return _felt(root)


def _felt(element: etree._Element) -> Felt:
    children = tuple(_felt(child) for child in element)
    attributes = tuple(sorted((str(k), str(v)) for k, v in element.attrib.items() if k != _NIL))
    return Felt(
        navn=str(element.tag).removeprefix(_OURS),
        tekst="" if children else element.text or "",
        felter=children,
        tom=element.get(_NIL) == "true",
        attributter=attributes,
    )


def _element(felt: Felt, parent: etree._Element | None = None) -> etree._Element:
    tag = felt.navn if felt.navn.startswith("{") else _OURS + felt.navn
    element = etree.Element(tag, nsmap=_NAMES) if parent is None else etree.SubElement(parent, tag)
    for name, value in felt.attributter:
        element.set(name, value)
    if felt.tom:
        element.set(_NIL, "true")
    if felt.tekst:
        element.text = felt.tekst
    for child in felt.felter:
        _element(child, element)
    return element


def _declared(klasse: type) -> tuple[tuple[str, Et | Mange], ...]:
    return _table(cast("Hashable", klasse))


@cache
def _table(klasse: Hashable) -> tuple[tuple[str, Et | Mange], ...]:
    hints = get_type_hints(klasse, include_extras=True)
    return tuple((name, hint.__metadata__[0]) for name, hint in hints.items() if hasattr(hint, "__metadata__"))


def _written(navn: str, message: object) -> Felt:
    felter: list[Felt] = []
    for name, place in _declared(type(message)):
        felter.extend(_written_field(place, getattr(message, name)))
    return Felt(navn, felter=(*felter, *getattr(message, "ukendt", ())))


def _written_field(place: Et | Mange, value: object) -> Iterator[Felt]:
    if place.art is Felt:
        yield Felt(place.navn, felter=cast("tuple[Felt, ...]", value))
    elif isinstance(place.art, Art):
        yield Felt(place.navn, tekst=place.art.skriv(value))
    else:
        each = cast("tuple[object, ...]", value) if isinstance(place, Mange) else (value,)
        yield from (_written(place.navn, one) for one in each)


def _read(felt: Felt, klasse: type[M]) -> M:
    left = list(felt.felter)
    values = {name: _read_field(place, left) for name, place in _declared(klasse)}
    return cast("Callable[..., M]", klasse)(**values, ukendt=tuple(left))


def _read_field(place: Et | Mange, left: list[Felt]) -> object:
    found = [felt for felt in left if felt.navn == place.navn]
    ours = found if isinstance(place, Mange) and place.art is not Felt else found[:1]
    for felt in ours:
        left.remove(felt)
    if place.art is Felt:
        return ours[0].felter if ours else ()
    read = [_value(place.art, felt) if isinstance(place.art, Art) else _read(felt, place.art) for felt in ours]
    if isinstance(place, Mange):
        return tuple(read)
    if not read:
        raise Unreadable(f"{place.navn} is missing")
    return read[0]


def _value(art: Art, felt: Felt) -> object:
    try:
        return art.laes(felt.tekst)
    except ValueError as wrong:
        raise Unreadable(f"{felt.navn} can't be read") from wrong
