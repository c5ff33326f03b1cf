"""Sessions that are over, as lines of a list."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formcheck.prescription.stop_rules import StopRuleId
from formcheck.store import SessionEnd, SessionLine
from formcheck.store.figures import RuleFollowed, SetFigures
from formcheck.weeks.days import local_day
from formcheck.weeks.going import clean_share, rule_id
from formcheck.weeks.pain_around import PainAround


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session that was done.

    Attributes
    ----------
    clean_share
        Share without an error, of what the camera could judge; None where it could judge nothing.
    pain_before, pain_after
        0 to 10; None where nobody was asked.
    to_tell
        Stop rules that decided something of which the therapist has to know.
    """

    id: str
    day: datetime.date
    end: SessionEnd
    exercises: tuple[str, ...]
    n_sets: int
    n_sets_done: int
    n_repetitions: int
    held_s: float
    clean_share: float | None
    pain_before: int | None
    pain_after: int | None
    to_tell: tuple[StopRuleId, ...] = ()


def past_sessions(
    lines: Sequence[SessionLine],
    sets: Sequence[SetFigures],
    rules: Sequence[RuleFollowed],
    around: Sequence[PainAround],
) -> tuple[PastSession, ...]:
    """Return what is told of sessions, the latest first.

    Parameters
    ----------
    lines
        The sessions, the latest last.
    sets, rules, around
        What is known of them, and perhaps of others.
    """
    figures = by_session(sets)
    pain = {one.session_id: one for one in around}
    return tuple(_past(line, figures[line.id], pain.get(line.id), rules) for line in lines[::-1])


def by_session(sets: Sequence[SetFigures]) -> dict[str, list[SetFigures]]:
    """Return sets by the id of their session."""
    found: dict[str, list[SetFigures]] = defaultdict(list)
    for one in sets:
        found[one.session_id].append(one)
    return found


def _past(
    line: SessionLine,
    sets: Sequence[SetFigures],
    said: PainAround | None,
    rules: Sequence[RuleFollowed],
) -> PastSession:
    return PastSession(
        id=line.id,
        day=local_day(line.started),
        end=line.end,
        exercises=line.exercises,
        n_sets=line.n_sets,
        n_sets_done=line.n_sets_done,
        n_repetitions=line.n_repetitions,
        held_s=line.held_s,
        clean_share=clean_share(sets),
        pain_before=said.before if said else None,
        pain_after=said.after if said else None,
        to_tell=tuple(dict.fromkeys(_told(line.id, rules))),
    )


def _told(session_id: str, rules: Sequence[RuleFollowed]) -> Iterator[StopRuleId]:
    for one in rules:
        if one.session_id == session_id and one.applied.tells_therapist:
            yield rule_id(one.applied.rule)
