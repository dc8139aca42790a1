"""Keys: a file outside the database wraps each institution's own keys; identifying text is sealed to its row and field."""

from __future__ import annotations

import base64
import hmac
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from refusion.wiring.launcher.places import make_private, places
from refusion.wiring.launcher.session import set_aside
from refusion.wiring.trouble import not_ready

KEY_FILE_VARIABLE = "REFUSION_KEY_FILE"
DATABASE_VARIABLE = "DATABASE_URL"
KEY_BYTES = 32
NONCE_BYTES = 12
SEALED = b"\x01"
WRAPPED = b"\x01"
NAME_BYTES = 8
SESSIONS = "refusion web sessions"


@dataclass(frozen=True, slots=True, repr=False)
class InstitutionKeys:
    """One institution's keys: what it seals nobody else can read, move to another row or look up."""

    name: bytes
    sealing: bytes
    lookup: bytes

    def seal(self, text: str, row: str, field: str) -> bytes:
        """Encrypt a text so that it opens in this institution, row and field alone."""
        nonce = os.urandom(NONCE_BYTES)
        return SEALED + nonce + AESGCM(self.sealing).encrypt(nonce, text.encode(), self._place(row, field))

    def unseal(self, sealed: bytes, row: str, field: str) -> str:
        """Decrypt a text. Raises ValueError when it was changed or belongs elsewhere."""
        return self.unseal_many([sealed], [row], field)[0]

    def seal_many(self, texts: Sequence[str], rows: Sequence[str], field: str) -> list[bytes]:
        """Encrypt one text per row of the same field."""
        encrypt, begins, ends = AESGCM(self.sealing).encrypt, self.name + b"\x1f", b"\x1f" + field.encode()
        chance = os.urandom(NONCE_BYTES * len(texts))
        nonces = (chance[start : start + NONCE_BYTES] for start in range(0, len(chance), NONCE_BYTES))
        return [
            SEALED + nonce + encrypt(nonce, text.encode(), begins + row.encode() + ends)
            for text, row, nonce in zip(texts, rows, nonces, strict=True)
        ]

    def unseal_many(self, sealed: Sequence[bytes], rows: Sequence[str], field: str) -> list[str]:
        """Decrypt one text per row of the same field. Raises ValueError when one was changed or belongs elsewhere."""
        decrypt = AESGCM(self.sealing).decrypt
        start = len(SEALED) + NONCE_BYTES
        try:
            return [
                decrypt(whole[len(SEALED) : start], whole[start:], self._place(row, field)).decode()
                for whole, row in zip(map(bytes, sealed), rows, strict=True)
            ]
        except InvalidTag:
            raise ValueError(f"a sealed {field} was changed or belongs to another row, field or institution") from None

    def index(self, text: str) -> bytes:
        """Give the 32 bytes under which a number is looked up: the same number always, another institution's never."""
        return hmac.digest(self.lookup, normalised(text).encode(), "sha256")

    def index_many(self, texts: Sequence[str]) -> list[bytes]:
        """Give the bytes under which each of many numbers is looked up."""
        begun = hmac.new(self.lookup, digestmod="sha256")
        found = []
        for text in texts:
            hashed = begun.copy()
            hashed.update(normalised(text).encode())
            found.append(hashed.digest())
        return found

    def _place(self, row: str, field: str) -> bytes:
        return b"\x1f".join((self.name, row.encode(), field.encode()))


def normalised(text: str) -> str:
    """Write a number as it is looked up: capital letters and digits alone."""
    raised = text.upper()
    return raised if raised.isalnum() else "".join(sign for sign in raised if sign.isalnum())


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """The master keys by name; the current one wraps, all of them unwrap, so that they can be changed in service."""

    current: str
    masters: Mapping[str, bytes]

    def new_institution_keys(self) -> bytes:
        """Make keys for an institution, wrapped; only the wrapped form may be stored."""
        return self._wrap(os.urandom(NAME_BYTES * 2 + KEY_BYTES * 2))

    def open(self, wrapped: bytes) -> InstitutionKeys:
        """Unwrap an institution's keys. Raises NotReady when the key file is not the one that wrapped them."""
        plain = self._unwrap(bytes(wrapped))
        name, rest = plain[: NAME_BYTES * 2], plain[NAME_BYTES * 2 :]
        return InstitutionKeys(name, rest[:KEY_BYTES], rest[KEY_BYTES:])

    def rewrap(self, wrapped: bytes) -> bytes:
        """Wrap an institution's keys with the current master key; the keys themselves stay the same."""
        return self._wrap(self._unwrap(bytes(wrapped)))

    def secret(self, purpose: str) -> str:
        """Derive a secret for a purpose of the process, such as signing sessions."""
        return hmac.new(self.masters[self.current], purpose.encode(), sha256).hexdigest()

    def _wrap(self, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        head = WRAPPED + fingerprint(self.current)
        return head + nonce + AESGCM(self.masters[self.current]).encrypt(nonce, plain, head)

    def _unwrap(self, wrapped: bytes) -> bytes:
        start = len(WRAPPED) + NAME_BYTES
        head, nonce, body = wrapped[:start], wrapped[start : start + NONCE_BYTES], wrapped[start + NONCE_BYTES :]
        for name, master in self.masters.items():
            if fingerprint(name) == head[len(WRAPPED) :]:
                return _opened(master, nonce, body, head)
        raise not_ready("setup.keys_of_other_file")


def _opened(master: bytes, nonce: bytes, body: bytes, head: bytes) -> bytes:
    try:
        return AESGCM(master).decrypt(nonce, body, head)
    except InvalidTag:
        raise not_ready("setup.keys_of_other_file") from None


def fingerprint(name: str) -> bytes:
    """Shorten a master key's name to the bytes that stand before what it wrapped."""
    return sha256(name.encode()).digest()[:NAME_BYTES]


def key_file(environment: Mapping[str, str] | None = None) -> Path:
    """Say where the key file is. Raises NotReady when a real database is given but no key file."""
    given = os.environ if environment is None else environment
    named = given.get(KEY_FILE_VARIABLE)
    if named:
        return Path(named)
    if given.get(DATABASE_VARIABLE):
        raise not_ready("setup.no_key_file_named")
    return places(given).state / "keys.json"


def open_vault() -> Vault:
    """Open the key file; the private server's is made at its first start, one for a real database never."""
    file = key_file()
    if not file.exists() and not os.environ.get(KEY_FILE_VARIABLE):
        set_aside()
        make_key_file(file)
    return read_vault(file)


def make_key_file(file: Path) -> None:
    """Write a new key file that only its owner can read; one that stands already is never overwritten."""
    make_private(file.parent)
    content = json.dumps({"current": "1", "keys": {"1": base64.b64encode(os.urandom(KEY_BYTES)).decode()}})
    beside = file.with_name(f"{file.name}.{os.getpid()}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    try:
        os.link(beside, file)
    except FileExistsError:
        pass  # another command was first; its file is the one that counts
    finally:
        beside.unlink()


def read_vault(file: Path) -> Vault:
    """Read a key file. Raises NotReady when it is missing, open to others or not a key file."""
    if not file.exists():
        raise not_ready("setup.no_key_file", file=str(file))
    if file.stat().st_mode & 0o077:
        raise not_ready("setup.key_file_open", file=str(file))
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        masters = {str(name): base64.b64decode(text, validate=True) for name, text in content["keys"].items()}
        current = str(content["current"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise not_ready("setup.not_a_key_file", file=str(file)) from None
    if current not in masters or any(len(master) != KEY_BYTES for master in masters.values()):
        raise not_ready("setup.not_a_key_file", file=str(file))
    return Vault(current, masters)


def web_secret() -> str:
    """Derive the secret that signs sessions; without a key file a chance one, so that none is ever signed with a known secret."""
    if os.environ.get(DATABASE_VARIABLE) and not os.environ.get(KEY_FILE_VARIABLE):
        return os.urandom(KEY_BYTES).hex()  # starting refuses this configuration with its remedy; reading settings does not
    file = key_file()
    return read_vault(file).secret(SESSIONS) if file.exists() else os.urandom(KEY_BYTES).hex()
