"""The languages that the product speaks, and which of them is meant by what a machine or a browser asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

# Each in its own words, in the order in which a page offers them.
NAMES: Mapping[str, str] = MappingProxyType({"da": "Dansk", "nb": "Norsk", "sv": "Svenska", "en": "English"})
LANGUAGES = tuple(NAMES)
LAST_RESORT = "en"
# Norwegian without its written form is Bokmål nine times of ten; who reads Nynorsk reads it better than English.
_MEANT = {"no": "nb", "nn": "nb"}
# In the order in which a machine itself asks them for the language of messages.
_VARIABLES = ("REFUSION_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_CODE = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")


def spoken(wanted: str) -> str | None:
    """Give the language meant by ``nb_NO.UTF-8``, ``sv-FI`` or ``da``; None for one that is not spoken here."""
    code = _CODE.match(wanted.strip())
    meant = code and _MEANT.get(code[0].lower(), code[0].lower())
    return meant if meant in NAMES else None


def shell_language(environment: Mapping[str, str]) -> str:
    """Choose the language of a shell: REFUSION_LANGUAGE, else the machine's LC_ALL, LC_MESSAGES or LANG, else English."""
    wanted = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return spoken(wanted) or LAST_RESORT
