"""Things that happened, in the past tense: one vocabulary for speech, web, store and reports.

State (count, phase, held time) is for drawing and lives in the snapshot; an event is said once,
at the moment it is known, and carries its own times.
"""

from dataclasses import dataclass
from typing import Literal

from formcheck.exercises.schema import BodyPart, Phase
from formcheck.landmarks import Side
from formcheck.measures import View

Severity = Literal["advice", "error"]


TurnUnknown = Literal["no_rest_seen", "not_seen", "wrong_view", "sits_turned", "beyond_measured"]
"""Why nothing is said of a turn: nobody was seen at rest before it, or in it; the view, how this
person sits, or the turn itself is not among those that were measured."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How far the trunk turned, in degrees that were measured against the truth.

    Attributes
    ----------
    chest_deg, pelvis_deg
        Turn of the chest against the pelvis, and of the pelvis, since rest [deg]: + to the
        patient's left. NaN where it is not known.
    chest_within_deg, pelvis_within_deg
        Within how much of it the true one was in 95 % of rendered people (not of people).
    unknown
        Why it is not known; None where it is.
    """

    chest_deg: float
    pelvis_deg: float
    chest_within_deg: float
    pelvis_within_deg: float
    unknown: TurnUnknown | None = None


@dataclass(frozen=True, slots=True)
class Repetition:
    """One completed repetition.

    Attributes
    ----------
    number
        1 for the first of the recording.
    variant
        Which way of doing the exercise it was.
    side
        The side it was done to, for exercises that alternate.
    start_s, peak_s, end_s
        When the measure left rest, was furthest from it, and was back [s].
    outbound_s, effort_s, return_s
        How long each part took [s]: they add up to ``end_s - start_s``.
    measure
        The measure that it was counted by.
    start_value, peak_value
        The reading at rest and at its furthest, in the unit of the measure.
    target
        The reading that the patient works toward.
    reached
        Share of the target range, 1 where it was reached.
    is_whole
        False where the recording ended before the movement was back at rest.
    faults
        Names of the faults found in it, errors and advice, in order of their start.
    turn
        How far the trunk turned, of an exercise that turns it where that was measured.
    """

    number: int
    variant: str
    side: Side | None
    start_s: float
    peak_s: float
    end_s: float
    outbound_s: float
    effort_s: float
    return_s: float
    measure: str
    start_value: float
    peak_value: float
    target: float
    reached: float
    is_whole: bool = True
    faults: tuple[str, ...] = ()
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """One posture that was held.

    Attributes
    ----------
    start_s, end_s
        From when to when, breaks included [s].
    held_s
        Time inside the posture [s].
    n_breaks
        How often it was left for less than the grace time.
    faults
        Names of the faults found in it.
    side
        The side that carries, where the exercise has one.
    turn
        How far the trunk was turned, as in a repetition.
    """

    number: int
    variant: str
    start_s: float
    end_s: float
    held_s: float
    n_breaks: int
    faults: tuple[str, ...] = ()
    side: Side | None = None
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was wrong, with its evidence.

    Attributes
    ----------
    severity
        ``error``, or ``advice`` where it is slight or this view shows it poorly.
    value, threshold
        The worst reading and the bound it passed, in ``unit``.
    expected_error
        Typical error of such a reading, in ``unit``.
    phase
        Where in the movement it began.
    side
        The side of the body it was read on, where that is one.
    start_s, end_s
        From when to when it lasted [s].
    evidence_s
        When the reading was worst: the picture to look at [s].
    observability
        How well one camera in this view can show it.
    """

    name: str
    severity: Severity
    measure: str
    value: float
    threshold: float
    unit: str
    expected_error: float
    phase: Phase
    body_part: BodyPart
    side: Side | None
    start_s: float
    end_s: float
    evidence_s: float
    observability: Literal["good", "fair", "poor"]
    says: str
    cue: str


@dataclass(frozen=True, slots=True)
class RepetitionCompleted:
    """A repetition was done."""

    time_s: float
    exercise: str
    repetition: Repetition


@dataclass(frozen=True, slots=True)
class RepetitionAttempted:
    """A movement began like a repetition and turned back too early to count.

    ``reached`` is the share of the target range it got to; the rest is as in `Repetition`.
    """

    time_s: float
    exercise: str
    start_s: float
    peak_s: float
    measure: str
    start_value: float
    peak_value: float
    target: float
    reached: float
    side: Side | None


@dataclass(frozen=True, slots=True)
class HoldStarted:
    """A posture was reached and kept; ``start_s`` is when it was reached."""

    time_s: float
    exercise: str
    start_s: float


@dataclass(frozen=True, slots=True)
class HoldEnded:
    """A posture was left for longer than the grace time, or the recording ended."""

    time_s: float
    exercise: str
    hold: Hold


@dataclass(frozen=True, slots=True)
class FaultStarted:
    """A fault has lasted long enough to be one; its end is not known yet."""

    time_s: float
    exercise: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class FaultEnded:
    """A fault is over; ``fault`` is complete."""

    time_s: float
    exercise: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class ExerciseLikely:
    """A movement is under way that looks like one exercise only; it may still turn out not to be.

    Only said where nothing is recognised, or something else was before.
    """

    time_s: float
    exercise: str


@dataclass(frozen=True, slots=True)
class ExerciseRecognised:
    """The movement was recognised; ``since_s`` is when it began."""

    time_s: float
    exercise: str
    since_s: float


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody came into view."""

    time_s: float


@dataclass(frozen=True, slots=True)
class SceneJumped:
    """The body jumped within the picture: a cut, or somebody else is followed from here on.

    What was under way is given up, and the start position must be seen again.
    """

    time_s: float


@dataclass(frozen=True, slots=True)
class PersonLost:
    """Nobody has been in view since ``since_s``."""

    time_s: float
    since_s: float


@dataclass(frozen=True, slots=True)
class AssessmentPaused:
    """From here on the movement could not be judged, and why."""

    time_s: float
    reason: "NotAssessed"


@dataclass(frozen=True, slots=True)
class AssessmentResumed:
    """The movement can be judged again; ``since_s`` is when the pause began."""

    time_s: float
    since_s: float
    reason: "NotAssessed"


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Why something could not be judged.

    Attributes
    ----------
    code
        A stable word for programs.
    says
        The same in plain words, with what to do about it.
    part
        The landmark that is hidden or outside, as ``left_ankle``, or ``ankle`` where its side
        does not matter; else empty.
    view, views
        The view that is wrong and those that would be right; neither where the body points at
        the camera, which is wrong in every view.
    """

    code: Literal[
        "nobody_in_view",
        "too_few_frames",
        "too_far_away",
        "wrong_view",
        "landmarks_hidden",
        "out_of_frame",
        "implausible",
        "no_outline",
    ]
    says: str
    part: str = ""
    view: View | None = None
    views: tuple[View, ...] = ()


Event = (
    RepetitionCompleted
    | RepetitionAttempted
    | HoldStarted
    | HoldEnded
    | FaultStarted
    | FaultEnded
    | ExerciseLikely
    | ExerciseRecognised
    | PersonFound
    | PersonLost
    | SceneJumped
    | AssessmentPaused
    | AssessmentResumed
)
