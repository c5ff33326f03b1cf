"""Every code of the program has a text, and every text of a group a code."""

import enum
import typing

import pytest

from formcheck import landmarks
from formcheck.analysis import cues, events
from formcheck.exercises.schema import (
    BodyPart,
    ContraindicationKind,
    Equipment,
    Finding,
    FormRule,
    HealthCondition,
    Orientation,
    Phase,
    Record,
    Requirement,
    SideChoice,
)
from formcheck.landmarks import Side
from formcheck.measures import View
from formcheck.measures.vocabulary import MEASURES, Unit
from formcheck.prescription.adherence import DayStatus
from formcheck.prescription.outcomes import MeasureId, Verdict
from formcheck.prescription.pain import Moment, Quality
from formcheck.prescription.red_flags import RedFlagAction, RedFlagId, ScreeningReason
from formcheck.prescription.review import ReviewState, ReviewVerdict
from formcheck.prescription.stop_rules import StopRuleId
from formcheck.session.cues import SessionCueCode
from formcheck.session.placement import Advice, PlacementCode, PlacementStatus
from formcheck.session.stages import PauseReason, SetEnd
from formcheck.texts.language_file import read
from formcheck.web.messages import ErrorCode

ENGLISH = read("en")
REFUSALS = typing.get_args(typing.get_type_hints(events.NotAssessed)["code"])
CUES = {*typing.get_args(cues.CueCode), *typing.get_args(SessionCueCode)}
# Said by other means: an exercise's own cue, a reason why something cannot be judged, an advice.
OF_OTHERS = {"fault", "not_assessed", "placement"}


def _group(name: str) -> set[str]:
    keys = (key.removeprefix(f"{name}.") for key in ENGLISH if key.startswith(f"{name}."))
    return {key for key in keys if "." not in key}


def _values(codes: type[enum.StrEnum]) -> set[str]:
    return {code.value for code in codes}


def _choices(record: type[Record], field: str) -> set[str]:
    return set(typing.get_args(record.model_fields[field].annotation))


STATISTICS = _choices(FormRule, "statistic") | _choices(Requirement, "statistic")


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("side", _values(Side)),
        ("view", _values(View)),
        ("unit", set(typing.get_args(Unit))),
        ("phase", _values(Phase)),
        ("set_end", _values(SetEnd)),
        ("placement.check", _values(PlacementCode)),
        ("cue", CUES - OF_OTHERS),
        ("placement.status", _values(PlacementStatus)),
        ("health_condition", _values(HealthCondition)),
        ("contraindication", _values(ContraindicationKind)),
        ("equipment", _values(Equipment)),
        ("orientation", _values(Orientation)),
        ("reading", {f"on_{side}" for side in SideChoice}),
        ("statistic", STATISTICS),
        ("observability", _choices(Finding, "observability")),
        ("basis", _choices(Finding, "basis")),
        ("measure", set(MEASURES)),
        ("day_status", _values(DayStatus)),
        ("review_state", _values(ReviewState)),
        ("outcome", _values(MeasureId)),
        ("outcome_question", _values(MeasureId)),
        ("outcome_change", _values(Verdict)),
        ("pain_question", _values(Moment)),
        ("pain_quality", _values(Quality)),
        ("red_flag", _values(RedFlagId)),
        ("red_flag_action", _values(RedFlagAction)),
        ("screening_reason", _values(ScreeningReason)),
        ("rule_told", _values(StopRuleId)),
    ],
)
def test_codes_and_texts_are_the_same(group, codes):
    """No code without a text, and no text that no code asks for."""
    assert _group(group) == codes


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("paused", _values(PauseReason)),
        ("placement.advice", _values(Advice)),
        ("refusal", set(REFUSALS)),
        ("error", _values(ErrorCode)),
        ("review", _values(ReviewVerdict)),
        ("stop_rule", _values(StopRuleId)),
        ("part", _values(BodyPart) | set(landmarks.NAMES)),
    ],
)
def test_every_code_has_a_text(group, codes):
    """The page has more to say than codes, but never less."""
    assert codes - _group(group) == set()


def test_a_text_that_names_a_part_has_one_that_does_not():
    """Where the part is not known, something is said all the same."""
    named = [key.removesuffix("_part") for key in ENGLISH if "{part}" in str(ENGLISH[key].forms)]
    assert named
    assert [key for key in named if key not in ENGLISH] == []
