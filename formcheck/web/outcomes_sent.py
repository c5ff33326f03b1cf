"""What the patient enters about pain and daily life: checked as the measures say, then kept."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from formcheck.errors import UsageError
from formcheck.prescription.outcomes import MeasureId, checked, measures
from formcheck.prescription.questionnaires import (
    Activity,
    activities_score,
    roland_morris_score,
)
from formcheck.prescription.saying import Saying
from formcheck.store import OutcomeScore
from formcheck.web.messages import Sent

MOST_SENT = 24
Number = float | None
"""None where the field was left empty."""


class ScoreSent(Sent):
    """A measure that is one number."""

    measure: Literal["pain_0_100", "odi", "global_rating", "sit_to_stand_5"]
    value: Number = None


class ActivitySent(Sent):
    """Something that is hard to do, and how well it goes."""

    name: Annotated[str, Field(max_length=200)]
    rating: Number = None


class ActivitiesSent(Sent):
    """What is hard for the patient."""

    measure: Literal["psfs"]
    activities: Annotated[list[ActivitySent], Field(max_length=MOST_SENT)]


class RolandMorrisSent(Sent):
    """The sentences that are true today, by their numbers from 1."""

    measure: Literal["rmdq"]
    ticked: Annotated[list[int], Field(max_length=MOST_SENT)]


OutcomeSent = Annotated[
    ScoreSent | ActivitiesSent | RolandMorrisSent, Field(discriminator="measure")
]


@dataclass(frozen=True, slots=True)
class Refused(Exception):  # noqa: N818 - an answer to the patient, no failure
    """What was entered is not right: in which field, and what to do."""

    field: str
    says: Saying


def score_of(sent: ScoreSent | ActivitiesSent | RolandMorrisSent, today: date) -> OutcomeScore:
    """Return what is kept of what was entered.

    Raises
    ------
    Refused
        If it is not on the scale of the measure, or not enough to make a score of.
    """
    match sent:
        case ScoreSent():
            measure = MeasureId(sent.measure)
            return OutcomeScore(today, measure, _number(measure, sent.value, "value"))
        case RolandMorrisSent():
            return _roland_morris(sent, today)
        case ActivitiesSent():
            return _activities(sent, today)


def _roland_morris(sent: RolandMorrisSent, today: date) -> OutcomeScore:
    ticked: Any = sorted(set(sent.ticked))
    try:
        score = roland_morris_score(ticked)
    except UsageError as error:
        raise Refused("ticked", Saying("me.not_saved")) from error
    return OutcomeScore(today, MeasureId.RMDQ, score, ticked)


def _activities(sent: ActivitiesSent, today: date) -> OutcomeScore:
    """Return the mean of the ratings; what has neither name nor rating was left out."""
    given = [
        (number, one.name.strip(), one.rating)
        for number, one in enumerate(sent.activities, start=1)
        if one.name.strip() or one.rating is not None
    ]
    activities = []
    for number, name, rating in given:
        if not name:
            raise Refused(f"name_{number}", Saying("me.give_activities"))
        value = _number(MeasureId.PSFS_SINGLE, rating, f"rating_{number}")
        activities.append(Activity(name, int(value)))
    try:
        measure, score = activities_score(activities)
    except UsageError as error:
        raise Refused("name_1", Saying("me.give_activities")) from error
    answers = [{"name": one.name, "rating": one.rating} for one in activities]
    return OutcomeScore(today, measure, score, answers)


def _number(measure: MeasureId, value: float | None, field: str) -> float:
    scale = measures()[measure]
    try:
        if value is not None:
            return checked(measure, value)
    except UsageError:
        pass
    key = "me.give_whole_number" if scale.whole else "me.give_number"
    raise Refused(field, Saying.of(key, least=int(scale.least), most=int(scale.most)))
