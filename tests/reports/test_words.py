"""A result in words: short for many holds and stretches, whole for few, in good English."""

import pytest

from formcheck.analysis.verdict import CheckStatus, Outcome
from formcheck.reports.rows import AbstentionRow, CheckRow, InsteadRow
from formcheck.reports.words import (
    abstentions_in_words,
    summary_sentences,
    what_to_do_in_words,
    what_was_done,
)
from tests.reports.rows import ATTEMPT, FAULT, REPETITION, hold, result


def unseen(*spans, says="too far away"):
    """Return a result with stretches that could not be judged."""
    return result(
        abstentions=tuple(
            AbstentionRow(start_s=start_s, end_s=end_s, code="c", says=says)
            for start_s, end_s in spans
        )
    )


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"outcome": Outcome.COUNTED, "repetitions": (REPETITION,)}, "Exercise: 1 repetition."),
        ({"outcome": Outcome.COUNTED, "repetitions": (REPETITION,) * 2, "attempts": (ATTEMPT,)},
         "Exercise: 2 repetitions; 1 movement too small to count."),
        ({"attempts": (ATTEMPT,) * 2}, "Exercise: not seen; 2 movements too small to count."),
        ({"exercise": None, "exercise_name": None}, "None of the known exercises seen."),
        ({"outcome": Outcome.NOT_ASSESSED, "assessed_share": 0.034},
         "Exercise could not be judged: only 3 % of the pictures could be used."),
        ({"outcome": Outcome.NOT_ASSESSED, "assessed_share": 0, "exercise": None,
          "exercise_name": None},
         "What was done could not be judged: none of the pictures could be used."),
        ({"outcome": Outcome.HELD, "holds": (hold(1, 6.54),)}, "Exercise: held for 6.5 s."),
        ({"outcome": Outcome.HELD, "holds": (hold(1, 6.5, 1), hold(2, 3.0, 1), hold(3, 4.0))},
         "Exercise: held for 6.5 s, 3.0 s and 4.0 s, with 2 short breaks."),
        ({"outcome": Outcome.HELD, "holds": tuple(hold(n, 10.0) for n in range(4))},
         "Exercise: held 4 times, 40.0 s in all."),
        ({"outcome": Outcome.HELD,
          "holds": (hold(1, 6.5, side="left"), hold(2, 3.0, side="right"))},
         "Exercise: held for 6.5 s on the left and 3.0 s on the right."),
        ({"outcome": Outcome.HELD,
          "holds": tuple(hold(n, 10.0, side="right" if n else "left") for n in range(4))},
         "Exercise: held 4 times, 40.0 s in all (10.0 s on the left, 30.0 s on the right)."),
        ({"outcome": Outcome.COUNTED, "repetitions": (REPETITION,), "holds": (hold(1, 6.5),)},
         "Exercise: 1 repetition; held for 6.5 s."),
    ],
)  # fmt: skip
def test_what_was_done_is_one_plain_sentence(parts, says):
    """One is singular; a few holds are listed and many summed up."""
    assert what_was_done(result(**parts)) == says


def test_a_few_stretches_are_listed_and_many_are_summed_up():
    """An hour with a cat in the picture does not end in a hundred lines."""
    assert abstentions_in_words(unseen((0, 1), (3, 5.5))) == [
        "Not assessed from 0.0 to 1.0 s and from 3.0 to 5.5 s: too far away."
    ]
    assert abstentions_in_words(unseen(*((n, n + 0.5) for n in range(2, 102)))) == [
        "Not assessed in 100 stretches, 50.0 s in all, the first from 2.0 to 2.5 s: too far away."
    ]


def test_another_exercise_is_named_once_with_when_it_began():
    """Also where it came again later."""
    rows = [("squat", "Squat", 3.0), ("plank", "Plank", 9.0), ("squat", "Squat", 20.0)]
    done = tuple(InsteadRow(exercise=i, exercise_name=n, since_s=s) for i, n, s in rows)
    says = [s for s in summary_sentences(result(done_instead=done)) if "another exercise" in s]
    assert [sentence.split(".")[0] for sentence in says] == ["From 3", "From 9"]
    assert "looks like another exercise: Squat. To have it judged" in says[0]


def test_who_is_told_that_nothing_was_seen_is_told_where_to_look_on():
    """The exercise's own page where one was named, else the list; nothing where one was done."""
    (named,) = what_to_do_in_words(result(exercise="side_plank"))
    assert named.startswith("`formcheck exercises show side_plank` says how it is done")
    (unnamed,) = what_to_do_in_words(result(exercise=None, exercise_name=None))
    assert "`formcheck exercises list`" in unnamed
    assert what_to_do_in_words(result(outcome=Outcome.COUNTED, repetitions=(REPETITION,))) == []


def test_a_fault_is_said_once_with_how_often():
    """Errors are called faults, advice tips."""
    error = FAULT.model_copy(update={"name": "sag", "severity": "error", "says": "It sags."})
    sentences = summary_sentences(result(faults=(FAULT, error, FAULT)))
    assert sentences[1:] == ["Tip (2 times): It is too fast.", "Fault (1 time): It sags."]


def test_what_was_watched_is_only_said_where_something_was_done():
    """Nothing wrong seen in an exercise that was not done would be praise for nothing."""
    checks = (
        CheckRow(name="too_fast", says="", status=CheckStatus.NOTHING_WRONG_SEEN, n_found=0,
                 assessed_share=0.916, reason=""),
        CheckRow(name="knees_in", says="", status=CheckStatus.NOT_ASSESSED, n_found=0,
                 assessed_share=0, reason="hidden"),
    )  # fmt: skip
    not_checked = ("Breathing.",)
    assert len(summary_sentences(result(checks=checks, not_checked=not_checked))) == 1
    counted = result(
        Outcome.COUNTED, repetitions=(REPETITION,), checks=checks, not_checked=not_checked
    )
    assert summary_sentences(counted)[1:] == [
        "Nothing wrong seen in (share of the time watched): too fast (92 %).",
        "Could not be watched: knees in (hidden).",
        "Not checked, for no camera shows it: Breathing.",
    ]
