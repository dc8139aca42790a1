"""What an e-mail may say of a case: that a day is near, and nothing of the person, the illness or the benefit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from refusion.cases.self_employed.waits import Turn, Wait
from refusion.values.said import Refused, Said, said

AHEAD = timedelta(days=3)
# E-mail is no safe post: a number, a word of illness or of the benefit in it would tell a stranger what it is about.
NATIONAL_NUMBER = re.compile(r"\d{6}[- ]?\d{4}")
TELLING = re.compile(
    r"syg|sick|helbred|health|læge|doctor|behandl|treat|diagnos|hospital|medic|dagpenge|benefit|fravær|absence|nemrefusion|standby|"
    r"jobafklar|clarif|klage|complain|kommune|municipal|klinisk|clinical|revurder|reassess",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """An e-mail about a day: its subject and text, the same whatever the day is for."""

    subject: Said
    text: Said


def is_near(wait: Wait, today: date) -> bool:
    """Tell whether a person is reminded of a wait today: his turn, three days ahead at most, not passed."""
    return wait.turn is Turn.PERSON and today <= wait.due <= today + AHEAD


def reminder(due: date, number: int) -> Reminder:
    """Give the e-mail about a day of a case."""
    return Reminder(said("self_employed.mail_subject"), said("self_employed.mail_text", due_deadline=due, number=number))


def refuse_telling(text: str) -> str:
    """Give a text that may go by e-mail; raises Refused for one with a national number or a word that tells of the illness."""
    if NATIONAL_NUMBER.search(text) or TELLING.search(text):
        raise Refused(said("self_employed.mail_tells"))
    return text
