"""Works by itself: a day's work once a day, rounds of filing between, for every institution, until it is told to end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from threading import Event

from refusion.store import institutions
from refusion.values.said import Refused, Said, said
from refusion.wiring.house import HOUSE, House

EVERY_SECONDS = 60
BEGINS = time(6)
DAY = "worker day"
Tell = Callable[[Said], None]


def work(house: House, until: Event, tell: Tell, every: float = EVERY_SECONDS) -> None:
    """Work for every institution until the event is set.

    One institution's trouble stops none of the others; it is told and met again in the next round.
    """
    while not until.is_set():
        for code in institutions.codes():
            try:
                work_once(house, code, tell)
            except Refused as refused:
                tell(refused.because)
        until.wait(every)


def work_once(house: House, code: str, tell: Tell) -> None:
    """Do an institution's day when it has begun and was not done yet, else one round of filing.

    Raises Refused when another process works for the institution, or its books refuse to go on.
    """
    moment = house.now()
    local = moment.now.astimezone(moment.zone)
    if local.time() >= BEGINS and _is_owed(house, code, moment.day):
        counts = house.run_day(HOUSE, code)
        house.mark_step(HOUSE, code, moment.day, DAY)
        tell(said("cases.worker_day", institution=code, day=moment.day, filed=counts["file_due"]))
    else:
        answered = house.file_due(HOUSE, code).answered
        if answered:
            tell(said("cases.worker_filed", institution=code, filed=answered))


def _is_owed(house: House, code: str, day: date) -> bool:
    done = house.last_done(HOUSE, code, DAY)
    return done is None or done < day
