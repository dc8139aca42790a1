"""The twin's own reading and writing of the messages, so that an error in the product's codec can't hide itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from lxml import etree

from refusion.adapters.nemrefusion.counterpart.records import Record

_NS = "{urn:refusion:nemrefusion:virksomhedsservice:2.9}"


class Garbled(ValueError):
    """A message that can't be read; answered as such and not remembered."""


@dataclass(frozen=True)
class Sent:
    """One report of a bundle as it came."""

    uuid: str
    action: str
    form: str
    acts_on: str
    token: str
    signed: bool
    fields: Record
    raw: str

    @property
    def content_hash(self) -> str:
        """The hash of all that the report says."""
        return _hash(self.action, self.form, self.acts_on, self.token, self.fields)

    @property
    def business_hash(self) -> str:
        """The hash of what the report means, whoever sent it and however often."""
        return _hash(self.action, self.form, self.acts_on, self.fields)


def _hash(*parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Bundle:
    """What one message wants done, all or nothing."""

    uuid: str
    reports: tuple[Sent, ...]


def opened(raw: bytes) -> etree._Element:
    """Read XML. Raises Garbled."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise Garbled("not XML") from wrong
    if root.getroottree().docinfo.internalDTD is not None:
        raise Garbled("document type definition")
    return root


def text(element: etree._Element, name: str) -> str:
    """Give the text of a child, empty when there is none."""
    return element.findtext(_NS + name) or ""


def bundle(raw: bytes) -> Bundle:
    """Read OpretRetIndberetninger. Raises Garbled."""
    root = opened(raw)
    reports = tuple(_sent(element) for element in root.findall(_NS + "Indberetning"))
    if root.tag != _NS + "OpretRetIndberetninger" or not reports:
        raise Garbled("not a bundle of reports")
    return Bundle(text(root, "BundtUUIDIdentifikator"), reports)


def _sent(element: etree._Element) -> Sent:
    content = element.find(_NS + "Indhold")
    return Sent(
        uuid=text(element, "IndberetningUUIDIdentifikator"),
        action=text(element, "Handling"),
        form=text(element, "Formular"),
        acts_on=text(element, "IndberetningIdentifikator"),
        token=text(element, "Opdateringstoken"),
        signed=text(element, "Underskrift") == "true",
        fields={} if content is None else _fields(content),
        raw=etree.tostring(element, encoding="unicode", with_tail=False),
    )


def _fields(content: etree._Element) -> Record:
    fields: Record = {}
    for child in content:
        name = str(child.tag).removeprefix(_NS)
        if name == "FravaerstimerPrUge" and child.get("nil") != "true":
            fields[name] = {text(week, "Mandag"): text(week, "Timer") for week in child}
        else:
            fields[name] = _one(child)
    return fields


def _one(child: etree._Element) -> Record | str | None:
    if child.get("nil") == "true":
        return None
    return _fields(child) if len(child) else child.text or ""


Tree = tuple[str, "str | list[Tree | str]"]


def written(name: str, parts: Iterable[Tree | str]) -> bytes:
    """Write an answer: nested (name, text or parts); a bare string is XML that is passed on as it came."""
    root = etree.Element(_NS + name, nsmap=cast("dict[str, str]", {None: _NS[1:-1]}))
    _add(root, parts)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _add(parent: etree._Element, parts: Iterable[Tree | str]) -> None:
    for part in parts:
        if isinstance(part, str):
            parent.append(etree.fromstring(part))
            continue
        name, inside = part
        element = etree.SubElement(parent, _NS + name)
        if isinstance(inside, str):
            element.text = inside
        else:
            _add(element, inside)
