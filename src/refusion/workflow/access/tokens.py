"""Tokens of machines: made and shown once, approved by another where they may do more than read, withdrawn, recognised."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from refusion.access.scopes import given_by_one, require_scopes
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.workflow.ports.access.tokens import Token
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

BEGINS = "refusion"
APART = "."
LONGEST_NAME = 40
LONGEST_DAYS = 366
SEEN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token that somebody wants: the name it acts under, what it may do, its last day."""

    name: str
    scopes: tuple[str, ...]
    valid_until: date


@dataclass(frozen=True, slots=True)
class Made:
    """A new token with what its machine sends; the latter is kept nowhere."""

    token: Token
    written: str


def make_token(ports: Ports, actor: Actor, institution: str, wanted: Wanted, secret: str) -> Made:
    """Make a token; ``secret`` is chance of at least 256 bits.

    Raises Refused for a name that cannot be or is in use, scopes that no machine may have, and days beyond a year.
    """
    with ports.work(institution, actor) as tx:
        standing = tx.access.tokens.every()
        _refuse_wrong(tx, wanted, standing)
        scopes = tuple(sorted(set(wanted.scopes)))
        number = max((token.number for token in standing), default=0) + 1
        id = derived_id(tx.institution.namespace, "api_token", number)
        content = content_hash(wanted.name, scopes, wanted.valid_until)
        token = Token(
            id, number, wanted.name, scopes, wanted.valid_until, not given_by_one(scopes), content, actor.name, tx.at.now
        )
        tx.access.tokens.keep(token, hashed(secret))
        facts = {"name": token.name, "scopes": list(scopes), "valid_until": token.valid_until, "hash": content}
        tx.audit.note("make_token", str(id), facts)
    return Made(token, APART.join((BEGINS, institution, str(number), secret)))


def approve_token(ports: Ports, actor: Actor, institution: str, number: int, content: str) -> Token:
    """Approve a token as it was shown: ``content`` is its content's hash, or the first digits, eight at least.

    Raises Refused to its maker, for other content, and for a token approved, withdrawn or in no need of it.
    """
    with ports.work(institution, actor) as tx:
        token = _standing(tx, number)
        if not token.by_two or token.approved_at is not None:
            raise Refused(said("api.token_needs_no_approval", number=number))
        if token.made_by == actor.name:
            raise Refused(said("api.token_four_eyes", number=number))
        if len(content) < SEEN_DIGITS or not token.content_hash.startswith(content):
            raise Refused(said("api.token_other_content", number=number))
        tx.access.tokens.approve(token, actor.name, tx.at.now)
        tx.audit.note("approve_token", str(token.id), {"name": token.name, "hash": token.content_hash})
        return _standing(tx, number)


def withdraw_token(ports: Ports, actor: Actor, institution: str, number: int) -> Token:
    """Withdraw a token: the next request it makes is refused. Raises Refused for one that does not stand."""
    with ports.work(institution, actor) as tx:
        token = _standing(tx, number)
        tx.access.tokens.withdraw(token, actor.name, tx.at.now)
        tx.audit.note("withdraw_token", str(token.id), {"name": token.name})
        return token


def api_tokens(ports: Ports, actor: Actor, institution: str) -> tuple[Token, ...]:
    """Give all tokens by number."""
    with ports.work(institution, actor) as tx:
        return tx.access.tokens.every()


def recognised(ports: Ports, actor: Actor, written: str) -> tuple[str, Token] | None:
    """Give the institution's code and the token that was sent, where it stands and works today; None for anything else."""
    read = _read(written)
    if read is None:
        return None
    institution, number, secret = read
    try:
        with ports.work(institution, actor) as tx:
            found = tx.access.tokens.secret_hash(number)
            # Something is compared in any case, so that time does not tell which numbers there are.
            token, expected = found or (None, hashed(""))
            same = hmac.compare_digest(expected, hashed(secret))
            if token is None or not same or not token.works_on(tx.at.day):
                return None
            if token.last_used_on != tx.at.day:
                tx.access.tokens.used(token, tx.at.day)
            return institution, token
    except Refused:
        return None  # there is no institution of that code: the same answer as for a wrong secret


def hashed(secret: str) -> bytes:
    """Give the hash under which a secret is kept; it is chance, so that guessing does not pay and no salt is needed."""
    return sha256(secret.encode()).digest()


def content_hash(name: str, scopes: tuple[str, ...], valid_until: date) -> str:
    """Give the hash of what a token is, as a second person approves it."""
    parts = [part.encode() for part in (name, *scopes, valid_until.isoformat())]
    return sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()


def _read(written: str) -> tuple[str, int, str] | None:
    """Take a token apart: the institution's code may hold points itself."""
    begins, _, rest = written.partition(APART)
    parts = rest.rsplit(APART, 2)
    if begins != BEGINS or len(parts) != 3 or not (parts[1].isdecimal() and parts[1].isascii() and len(parts[1]) < 10):
        return None
    return parts[0], int(parts[1]), parts[2]


def _standing(tx: Transaction, number: int) -> Token:
    found = tx.access.tokens.secret_hash(number)
    if found is None or found[0].withdrawn_at is not None:
        raise Refused(said("api.token_not_found", number=number))
    return found[0]


def _refuse_wrong(tx: Transaction, wanted: Wanted, standing: tuple[Token, ...]) -> None:
    name = wanted.name
    if not name.isascii() or not name.replace("-", "").isalnum() or len(name) > LONGEST_NAME:
        raise Refused(said("api.token_name", longest=LONGEST_NAME))
    if any(token.name == name and token.withdrawn_at is None for token in standing):
        raise Refused(said("api.token_name_taken", name=name))
    if not 0 <= (wanted.valid_until - tx.at.day).days <= LONGEST_DAYS:
        raise Refused(said("api.token_days", longest=LONGEST_DAYS))
    require_scopes(wanted.scopes)
