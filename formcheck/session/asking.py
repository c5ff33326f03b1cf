"""Questions of a prescribed session: what is answered, and what follows from it.

A stop rule always wins: what it stopped is not gone on with, and what it ended is over.
"""

from collections.abc import Sequence

from formcheck.prescription.pain import Moment, PainSaid
from formcheck.prescription.red_flags import RedFlagId, answered_now
from formcheck.prescription.saying import Saying
from formcheck.prescription.stop_rules import Action, Decision
from formcheck.session.events import (
    HeatAnswered,
    PainRated,
    RuleApplied,
    Screened,
    SessionEvent,
)
from formcheck.session.inquiry import Inquiry
from formcheck.session.pausing import hold_on
from formcheck.session.progress import Progress
from formcheck.session.routine import Question, QuestionKind, Routine
from formcheck.session.stages import PauseReason, Stage

# What is said instead where an exercise was already over when a rule stopped it.
_BETWEEN = {"stop_rule.s01": Saying("stop_rule.s01_between")}
# And where there is no easier one that this person may do.
_ALONE = {
    "stop_rule.s01": Saying("stop_rule.s01_alone"),
    "stop_rule.s07": Saying("stop_rule.s07_alone"),
}
LESSENED = "lessened"


def rate_pain(progress: Progress, said: PainSaid) -> None:
    """Take what is said about pain, asked for or unasked in a pause; what does not fit is left."""
    inquiry, question = progress.inquiry, _asked(progress, QuestionKind.PAIN)
    if inquiry.routine is None or said.moment is not _moment(inquiry, question):
        return
    about = inquiry.exercise_before if question else progress.course.step.exercise.id
    qualities = tuple(sorted(said.qualities))
    progress.happened(PainRated(progress.time_s, said.moment, said.rating, qualities, about))
    inquiry.asks_how_much = False
    decision = inquiry.routine.pain(said)
    if question:
        inquiry.answered()
    if not _follow(progress, decision) and question:
        _lessen(progress, inquiry.routine, said)
        progress.go_on()


def screen(progress: Progress, positive: frozenset[RedFlagId]) -> None:
    """Take the answers about warning signs; one yes, and the exercises wait."""
    question = _asked(progress, QuestionKind.WARNING_SIGNS)
    if question is None:
        return
    names = tuple(sorted(positive))
    progress.happened(Screened(progress.time_s, str(question.reason), names))
    progress.inquiry.answered()
    outcome = answered_now(positive)
    if outcome.blocked:
        _end(progress, outcome.says)
    else:
        progress.go_on()


def answer_heat(progress: Progress, *, done: bool) -> None:
    """Take note whether the back was warmed."""
    question = _asked(progress, QuestionKind.HEAT)
    if question is None:
        return
    progress.happened(HeatAnswered(progress.time_s, question.minutes if done else None))
    progress.inquiry.answered()
    progress.go_on()


def leave_question(progress: Progress) -> None:
    """Go on without an answer, where that may be."""
    question = progress.inquiry.question
    if question is None or not question.may_be_left:
        return
    if question.kind is QuestionKind.HEAT:
        answer_heat(progress, done=False)
    else:
        progress.inquiry.answered()
        progress.go_on()


def wait(progress: Progress) -> None:
    """Go on where nobody has answered for long enough."""
    if progress.time_s >= progress.inquiry.until_s:
        leave_question(progress)


def watch(progress: Progress, events: Sequence[SessionEvent]) -> bool:
    """Stop an exercise that is done faultily again and again; True where it is stopped."""
    routine = progress.inquiry.routine
    decision = routine.seen(events) if routine else None
    return decision is not None and _follow(progress, decision)


def _asked(progress: Progress, kind: QuestionKind) -> Question | None:
    """Return the question at hand, if it is of this kind."""
    question = progress.inquiry.question if progress.stage is Stage.QUESTION else None
    return question if question and question.kind is kind else None


def _moment(inquiry: Inquiry, question: Question | None) -> Moment | None:
    """Return what pain may be told of now."""
    if question:
        return question.moment
    return Moment.HURTS if inquiry.asks_how_much else None


def _lessen(progress: Progress, routine: Routine, said: PainSaid) -> None:
    """Have less done today where the last time was too much."""
    smaller = routine.after(said)
    if smaller is None:
        return
    progress.course.lessen(smaller.share)
    progress.cues.say(progress.time_s, smaller.says, "safety")
    rule = smaller.says.key.removeprefix("stop_rule.")
    _note(progress, rule, LESSENED, smaller.tells_therapist)


def _follow(progress: Progress, decision: Decision) -> bool:
    """Do what a stop rule has decided; False where it has decided nothing."""
    if not decision.stops or decision.rule is None or decision.says is None:
        return False
    _note(progress, str(decision.rule), str(decision.action), decision.tells_therapist)
    progress.inquiry.screens_again |= decision.screens_again
    if decision.action is Action.STOP_EXERCISE:
        _stop_exercise(progress, decision.says)
    elif decision.gentle_only and progress.course.keep_only(_gentle(progress)):
        progress.cues.say(progress.time_s, decision.says, "safety")
        progress.go_on()
    else:
        _end(progress, (decision.says,))
    return True


def _note(progress: Progress, rule: str, action: str, tells_therapist: bool) -> None:
    running = progress.running
    step_index = running.step_index if running else None
    progress.happened(RuleApplied(progress.time_s, rule, action, tells_therapist, step_index))


def _gentle(progress: Progress) -> frozenset[str]:
    routine = progress.inquiry.routine
    return routine.gentle if routine else frozenset()


def _stop_exercise(progress: Progress, says: Saying) -> None:
    """Stop the exercise at hand; where that is over, ask before the next one begins."""
    if progress.running is None:
        says = _BETWEEN.get(says.key, says)
        progress.go_on()
        if progress.stage is Stage.SUMMARY:
            progress.inquiry.said_at_end = (says,)
            return
    elif not progress.course.easier:
        says = _ALONE.get(says.key, says)
    hold_on(progress, PauseReason.STOP_RULE)
    progress.inquiry.pause_says = says
    progress.cues.say(progress.time_s, says, "stop")


def _end(progress: Progress, says: tuple[Saying, ...]) -> None:
    progress.inquiry.said_at_end = says
    progress.stop()
    progress.cues.drop()
    for one in says:
        progress.cues.say(progress.time_s, one, "stop")
