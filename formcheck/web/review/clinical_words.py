"""What the therapist is told of proposals and stop rules; patients are told it in other words."""

from collections.abc import Mapping
from types import MappingProxyType

from formcheck.prescription.progression import Change
from formcheck.prescription.saying import Saying
from formcheck.prescription.stop_rules import StopRuleId

_WENT_WELL = "Three sessions in a row were done whole, at least 80 % clean, with quiet pain."

# By the key of what the patient is told.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "progress.more_repetitions": _WENT_WELL,
        "progress.longer_hold": _WENT_WELL,
        "progress.more_sets": _WENT_WELL,
        "progress_asked.more_repetitions": f"{_WENT_WELL} The step is more than 20 %.",
        "progress_asked.longer_hold": f"{_WENT_WELL} The step is more than 20 %.",
        "progress_asked.more_sets": f"{_WENT_WELL} The step is more than 20 %.",
        "progress.harder": f"{_WENT_WELL} The usual dose is reached.",
        "progress.all_reached": "The usual dose is reached, and there is nothing harder for them.",
        "progress.wait": "It goes well, but the last step up is less than a week ago.",
        "progress.too_early": "Fewer than three sessions at this dose.",
        "progress.pain_first": "Pain was not quiet in the last three sessions.",
        "progress.dose_first": "Not all of the dose was done in the last three sessions.",
        "progress.form_first": "Less than 80 % was clean in one of the last three sessions.",
        "progress.not_judged": "The camera could not judge the form: it is for you to say.",
        "progress.ask_therapist": "A stop for a new symptom, or a dose that cannot get smaller.",
        "progress.less_for_pain": "A stop rule ended it for pain, or pain was not quiet.",
        "progress.less_for_form": "Less than half was clean, and there is nothing easier for them.",
        "progress.easier_for_pain": "Pain was not quiet in two of the last three sessions.",
        "progress.easier_for_form": "Less than half was clean twice in a row, or it was stopped.",
        "progress.after_gap": "Nothing was done for a week or more.",
        "stop_rule.s06": "The day after was worse than usual: too much was done.",
        "stop_rule.s06_again": "Too much was done twice in a row: half of it.",
    }
)

CHANGES: Mapping[Change, str] = MappingProxyType(
    {
        Change.STAY: "Stay",
        Change.MORE_REPETITIONS: "More repetitions",
        Change.LONGER_HOLD: "Hold longer",
        Change.MORE_SETS: "More sets",
        Change.HARDER: "A harder one",
        Change.LESS: "Less",
        Change.EASIER: "An easier one",
    }
)

STOP_RULES: Mapping[StopRuleId, str] = MappingProxyType(
    {
        StopRuleId.S01: "Pain rose and stayed up",
        StopRuleId.S02: "Pain above the limit",
        StopRuleId.S03: "Much pain before the session",
        StopRuleId.S04: "A new kind of pain or a neurological sign",
        StopRuleId.S05: "Signs of chest or head",
        StopRuleId.S06: "Too much: worse on the day after",
        StopRuleId.S07: "Hardly clean three times in a row",
        StopRuleId.S08: "Out of the picture for long",
        StopRuleId.S09: "Stopped on request",
    }
)


def reason(says: Saying) -> str:
    """Return why something is proposed, for the therapist."""
    return REASONS[says.key]
