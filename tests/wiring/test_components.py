"""What runs with the product is listed whole, and none of it may not be used in a business."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema

from refusion.wiring.service.components import FRONT_END, bill_of_materials, components, plain

TOP = Path(__file__).resolve().parents[2]
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(.*)$", re.MULTILINE)
# LGPL libraries are used as they are and can be exchanged; what would bind the product itself is named here.
BINDING = re.compile(r"(?<![L])GPL|Affero|(?<!Lesser )General Public")
FORM = {
    "type": "object",
    "required": ["bomFormat", "specVersion", "version", "components"],
    "properties": {
        "bomFormat": {"const": "CycloneDX"},
        "components": {
            "type": "array",
            "items": {"type": "object", "required": ["type", "name", "version", "purl", "licenses"]},
        },
    },
}


def test_every_locked_package_of_this_machine_is_listed_with_its_version() -> None:
    locked = {plain(name): version for name, version, condition in LOCKED.findall((TOP / "requirements" / "run.lock").read_text()) if ";" not in condition}
    listed = {one.name: one.version for one in components() if one.registry == "pypi"}
    assert len(locked) > 20
    assert {name: version for name, version in locked.items() if listed.get(name) != version} == {}


def test_no_licence_binds_the_product_and_each_is_known() -> None:
    found = {one.name: one.licence for one in components()}
    assert {name: licence for name, licence in found.items() if BINDING.search(licence) or licence == "unknown"} == {}


def test_the_rule_would_see_a_binding_licence() -> None:
    assert BINDING.search("AGPL-3.0-only")
    assert BINDING.search("GNU General Public License v3")
    assert not BINDING.search("GNU Lesser General Public License v2 or later (LGPLv2+)")


def test_the_front_end_is_the_locked_one() -> None:
    locked = json.loads((TOP / "package-lock.json").read_text())["packages"]["node_modules/dkfds"]
    assert ("dkfds", locked["version"], locked["license"].strip("()")) == FRONT_END


def test_the_bill_of_materials_has_its_form() -> None:
    bill = bill_of_materials()
    jsonschema.validate(bill, FORM)
    addresses = [one["purl"] for one in bill["components"]]
    assert len(addresses) == len(set(addresses))
    assert all(address.startswith(("pkg:pypi/", "pkg:npm/")) for address in addresses)
