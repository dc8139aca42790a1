"""Populations by county that ship with the house, each with its day and source; none is of the day that the agreement of 2013 counts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from refusion.grants.facts import COUNTRY, COUNTY, POPULATION, POPULATION_DAY, Cells, code_of
from refusion.values.said import BadInput, Problem, said


@dataclass(frozen=True, slots=True)
class Population:
    """The people of each county on one day."""

    day: date
    people: tuple[tuple[str, int], ...]
    source: str
    verified: bool


@cache
def populations() -> tuple[Population, ...]:
    """Give the populations that ship with the house, by day."""
    rows = tomllib.loads(Path(__file__).with_name("populations.toml").read_text(encoding="utf-8"))["population"]
    return tuple(Population(row["day"], tuple(row["people"].items()), row["source"], row["verified"]) for row in rows)


def population_of(day: str) -> Population:
    """Give the population of a day (ISO); raises BadInput where none of that day ships."""
    found = next((population for population in populations() if str(population.day) == day), None)
    if found is None:
        days = ", ".join(str(population.day) for population in populations())
        raise BadInput(Problem(said("grants.population_unknown"), said("grants.population_unknown_remedy", days=days), value=day))
    return found


def with_population(rows: Iterable[Cells], population: Population) -> Sequence[Cells]:
    """Add a population and its day to the rows; raises BadInput where they have one already."""
    people = dict(population.people)
    people[COUNTRY] = sum(people.values())
    added = []
    for row in rows:
        if str(row.get(POPULATION) or "").strip():
            raise BadInput(Problem(said("grants.population_given_too"), said("grants.population_given_too_remedy"), column=POPULATION))
        added.append({**row, POPULATION: people.get(code_of(row.get(COUNTY))), POPULATION_DAY: population.day.isoformat()})
    return added
