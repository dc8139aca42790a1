"""What the product is made of at run time: each package with its version and licence, as a CycloneDX list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

PRODUCT = "refusion"
EXTRA = "embedded"
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?")
_WANTED_BY_EXTRA = re.compile(r"""extra\s*==\s*['"]([^'"]+)['"]""")
_NAMED = "License :: OSI Approved :: "
# The front end's one package is no Python package; set-up fetches it by its own lock, and these are that lock's words.
FRONT_END = ("dkfds", "11.2.0", "MIT AND OFL-1.1 AND Apache-2.0")


@dataclass(frozen=True, slots=True)
class Component:
    """A package that the product needs at run time."""

    name: str
    version: str
    licence: str
    registry: str = "pypi"

    @property
    def address(self) -> str:
        """Give the package's address among all packages (purl)."""
        return f"pkg:{self.registry}/{self.name}@{self.version}"


def components() -> tuple[Component, ...]:
    """Give every package that is needed at run time and installed here, by name."""
    found: dict[str, Distribution] = {}
    _follow(PRODUCT, {EXTRA}, found)
    mine = [Component(name, one.version, _licence(one)) for name, one in found.items() if name != PRODUCT]
    return tuple(sorted([*mine, Component(*FRONT_END, registry="npm")], key=lambda one: one.name))


def bill_of_materials() -> dict[str, Any]:
    """Give the list in the form of CycloneDX 1.6."""
    product = distribution(PRODUCT)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": PRODUCT, "version": product.version}},
        "components": [
            {
                "type": "library",
                "bom-ref": one.address,
                "name": one.name,
                "version": one.version,
                "purl": one.address,
                "licenses": [{"license": {"name": one.licence}}],
            }
            for one in components()
        ],
    }


def _follow(name: str, extras: set[str], found: dict[str, Distribution]) -> None:
    """Take a package and all that it asks for; what this machine doesn't need is not installed and not taken."""
    try:
        one = distribution(name)
    except PackageNotFoundError:
        return
    known = plain(one.metadata["Name"])
    if known in found and not extras:
        return
    found[known] = one
    for asked, wanted in _asked(one, extras):
        if plain(asked) not in found:
            _follow(asked, wanted, found)


def _asked(one: Distribution, extras: set[str]) -> Iterator[tuple[str, set[str]]]:
    for requirement in one.requires or []:
        words, _, condition = requirement.partition(";")
        by_extra = set(_WANTED_BY_EXTRA.findall(condition))
        named = _REQUIREMENT.match(words.strip())
        if named and (not by_extra or by_extra & extras):
            yield named[1], {word.strip() for word in (named[2] or "").split(",")} - {""}


def plain(name: str) -> str:
    """Write a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(one: Distribution) -> str:
    """Give the licence as the package says it: the expression, else the classifier, else the text's first line."""
    facts = one.metadata
    classed = [word.removeprefix(_NAMED) for word in facts.get_all("Classifier") or [] if word.startswith(_NAMED)]
    told = [*(facts.get_all("License-Expression") or []), " AND ".join(classed), *(facts.get_all("License") or [])]
    return next((line for words in told for line in str(words).strip().splitlines()), "unknown")
