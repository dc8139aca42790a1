"""The order of messages: every claim that is accepted adjoins the one before, and a refused message changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from refusion.claims.order.codes import Annul, Claim, Delete, Notify, Taken, code, codes

DAYS = some.dates(date(2022, 1, 1), date(2022, 1, 20))
MESSAGES = some.one_of(some.just(Notify()), some.builds(Claim, DAYS, DAYS), some.just(Annul()), some.just(Delete()))


@given(some.lists(MESSAGES, max_size=30))
def test_accepted_claims_adjoin_and_follow_a_notification(messages):
    answered = list(zip(messages, codes(messages), strict=True))
    accepted = [message for message, answer in answered if isinstance(message, Claim) and answer is None]
    for earlier, later in pairwise(accepted):
        assert later.first == earlier.last + timedelta(days=1)
    assert all(claim.first <= claim.last for claim in accepted)
    before = [message for message, _ in answered[: messages.index(Notify())]] if Notify() in messages else messages
    assert [answer for message, answer in answered[: len(before)] if isinstance(message, Claim)] == ["1106"] * sum(
        isinstance(message, Claim) for message in before
    )


@given(some.lists(MESSAGES, max_size=10), MESSAGES)
def test_a_refused_message_changes_nothing(messages, message):
    taken = Taken()
    for earlier in messages:
        taken = taken.after(earlier, code(taken, earlier))
    answer = code(taken, message)
    if answer not in (None, "1109"):
        assert taken.after(message, answer) == taken
    assert (answer is None) <= isinstance(message, (Notify, Claim))
