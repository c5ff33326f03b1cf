"""Where a session stands, what may be asked of it, and why it pauses."""

import enum


class Stage(enum.StrEnum):
    """Where a session stands."""

    WELCOME = "welcome"
    QUESTION = "question"
    DEMONSTRATION = "demonstration"
    PLACEMENT = "placement"
    CALIBRATING = "calibrating"
    START = "start"
    EXERCISING = "exercising"
    REST = "rest"
    PAUSED = "paused"
    SUMMARY = "summary"
    ENDED = "ended"


class Command(enum.StrEnum):
    """What the patient may ask for, at any time; what does not fit the stage does nothing.

    ``next`` means "go on", or "I am ready": from each stage but exercising to the one after it,
    without waiting for what it waits for. ``easier`` and ``keep`` answer an offer. ``stay`` keeps
    the demonstration until it is left; ``telling`` says that it is still being told.
    ``calibrate`` measures the patient's own range, again where it is known.
    ``stop`` goes to the summary at once, and from the summary to the end.
    """

    BEGIN = "begin"
    NEXT = "next"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP_SET = "skip_set"
    SKIP_EXERCISE = "skip_exercise"
    TOO_HARD = "too_hard"
    EASIER = "easier"
    KEEP = "keep"
    HURTS = "hurts"
    STOP = "stop"
    STAY = "stay"
    TELLING = "telling"
    RESTART_PLACEMENT = "restart_placement"
    CALIBRATE = "calibrate"


class PauseReason(enum.StrEnum):
    """Why a session pauses.

    After ``stop_rule`` the exercise that was stopped is not gone on with.
    Only after ``left_position`` and ``out_of_view`` does it go on by itself; the others want an
    answer.
    """

    ASKED = "asked"
    LEFT_POSITION = "left_position"
    OUT_OF_VIEW = "out_of_view"
    DOWN_UNEXPECTEDLY = "down_unexpectedly"
    HURTS = "hurts"
    TOO_HARD = "too_hard"
    STOP_RULE = "stop_rule"


class SetEnd(enum.StrEnum):
    """How a set ended; ``interrupted`` is what a crash left of one (see `SetResult`)."""

    DONE = "done"
    SKIPPED = "skipped"
    EXERCISE_SKIPPED = "exercise_skipped"
    EASIER = "easier"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
