"""A result in plain words, the same on the terminal and on the page.

It never says that the form was good: only what was found, what was watched without anything
wrong being seen, and what was not checked.
"""

import math
from collections import Counter

from formcheck import measures
from formcheck.analysis.own_numbers import RangeBasis
from formcheck.analysis.verdict import CheckStatus, Outcome
from formcheck.exercises.library import load_all
from formcheck.reports.amounts import amount, number, reading
from formcheck.reports.result import ExerciseResult, Result
from formcheck.reports.rows import (
    AbstentionRow,
    AttemptRow,
    FitRow,
    HoldRow,
    InsteadRow,
    RepetitionRow,
)
from formcheck.reports.turn_words import WHAT_TURNS_ARE

MOST_LISTED = 3  # more than that is summed up

MOST_JUMPS = 6


def summary_sentences(result: Result) -> list[str]:
    """Return what was done, what was wrong, and what could not be seen, a sentence each."""
    sentences = [s for part in (result, *result.also_done) for s in _on_exercise(part)]
    sentences += done_instead_in_words(result)
    if result.partial:
        sentences.insert(1, f"Only in part: {result.partial}")
    sentences += abstentions_in_words(result)
    sentences += jumps_in_words(result)
    return sentences


def _on_exercise(result: ExerciseResult) -> list[str]:
    sentences = [what_was_done(result)]
    if result.symmetry:
        sentences.append(result.symmetry.says)
    sentences += attempts_in_words(result)
    if any(row.turn for row in result.repetitions) or any(row.turn for row in result.holds):
        sentences.append(WHAT_TURNS_ARE)
    sentences += fit_in_words(result)
    sentences += faults_in_words(result)
    if result.repetitions or result.holds:
        sentences += checks_in_words(result)
    return sentences


def what_was_done(result: ExerciseResult) -> str:
    """Return the count, the time held, or why there is none."""
    name = f"{result.exercise_name or 'What was done'}{_variants(result)}"
    match result.outcome:
        case Outcome.COUNTED:
            text = f"{name}: {plural(len(result.repetitions), 'repetition')}{_sides(result)}"
            text += f"; held {_held(result)}{_breaks(result)}" if result.holds else ""
        case Outcome.HELD:
            text = f"{name}: held {_held(result)}{_breaks(result)}"
        case Outcome.NOT_ASSESSED:
            text = f"{name} could not be judged{_seen(result)}"
        case _:
            text = f"{name}: not seen" if result.exercise else "None of the known exercises seen"
    attempts = len(result.attempts)
    if attempts:
        text += f"; {plural(attempts, 'movement')} too small to count"
    return f"{text}."


def _seen(result: ExerciseResult) -> str:
    if not isinstance(result, Result):
        return ""
    share = f"{100 * result.assessed_share:.0f}"
    return f": {'none' if share == '0' else f'only {share} %'} of the pictures could be used"


def what_to_do_in_words(result: Result) -> list[str]:
    """Return where to look on where nothing was done that is known, or was asked for."""
    if result.outcome is not Outcome.NOTHING_DONE or result.done_instead:
        return []
    if result.exercise in load_all():
        how = f"`formcheck exercises show {result.exercise}` says how it is done"
        return [f"{how}, and from where the camera must see it."]
    if result.exercise:
        return []
    return ["Is it one of `formcheck exercises list`? Then name it with --exercise."]


def attempts_in_words(result: ExerciseResult) -> list[str]:
    """Return how far the movements got that were too small to count."""
    got = [f"{how_far(row, result)} at {row.peak_s:.1f} s" for row in result.attempts]
    if not got:
        return []
    if len(got) > MOST_LISTED:
        shares = sorted(100 * row.reached for row in result.attempts)
        return [f"Too small to count: {shares[0]:.0f} to {shares[-1]:.0f} % of the target."]
    return [f"Too small to count: {_listed(got)}."]


def fit_in_words(result: ExerciseResult) -> list[str]:
    """Return what was far enough, or in the posture, was measured against, and what was set."""
    fit = result.fit
    if fit is None or not (result.repetitions or result.attempts or result.holds):
        return []
    sentences = []
    is_repeated = bool(result.repetitions or result.attempts)
    match fit.basis:
        case RangeBasis.CALIBRATION:
            what = "range" if is_repeated else "comfortable posture"
            sentences.append(f"Measured against their own {what}{_calibrated(fit)}.")
        case RangeBasis.FIRST_REPETITIONS:
            sentences.append("Measured against the first repetitions here; not calibrated.")
        case RangeBasis.EXERCISE_FILE if is_repeated:
            sentences.append("Measured against the exercise's own numbers; not calibrated.")
        case _:
            pass
    if fit.thresholds:
        numbers = ", ".join(f"{name} {number(value, 2)}" for name, value in fit.thresholds.items())
        sentences.append(f"Set by a therapist: {numbers}.")
    return sentences


def _calibrated(fit: FitRow) -> str:
    """Return when and from where it was calibrated, and the range, where that is one."""
    made = [f" of {one.made}" if one.made else "" for one in fit.calibrations]
    views = [f"{one.view} view{day}" for one, day in zip(fit.calibrations, made, strict=True)]
    ranges = [
        f"{_words(own.measure)} {reading(own.rest, unit)} to {amount(own.furthest, unit)}"
        for one in fit.calibrations
        for own in one.signals
        if (unit := measures.find(own.measure).unit)
    ]
    return f" ({'; '.join((*views, *ranges))})"


def how_far(row: RepetitionRow | AttemptRow, result: ExerciseResult) -> str:
    """Return the furthest reading beside its target and its expected error.

    Where one signed reading serves both sides (+ is left), the way to the right is told without
    its sign: it is the target that was worked toward.
    """
    rules = (result.rules or {}).get("variants", ())
    signals = [s for rule in rules if rule["repetition"] for s in rule["repetition"]["signals"]]
    targets = {signal["target"] for signal in signals if signal["measure"] == row.measure}
    sign = -1 if targets and row.target not in targets else 1
    peak = None if row.peak_value is None else sign * row.peak_value
    target, error = reading(sign * row.target, row.unit), reading(row.expected_error, row.unit)
    return f"{amount(peak, row.unit)} of {target} (±{error})"


def faults_in_words(result: ExerciseResult) -> list[str]:
    """Return what was found wrong, a sentence a fault."""
    times: Counter[str] = Counter(fault.name for fault in result.faults)
    says = {fault.name: fault.says for fault in result.faults}
    is_error = {fault.name for fault in result.faults if fault.severity == "error"}
    return [
        f"{'Fault' if name in is_error else 'Tip'} ({plural(n, 'time')}): {says[name]}"
        for name, n in times.most_common()
    ]


def checks_in_words(result: ExerciseResult) -> list[str]:
    """Return what was watched without a finding, and what was not checked."""
    quiet = [c for c in result.checks if c.status is CheckStatus.NOTHING_WRONG_SEEN]
    unseen = [c for c in result.checks if c.status is CheckStatus.NOT_ASSESSED]
    sentences = []
    if quiet:
        watched = ", ".join(f"{_words(c.name)} ({100 * c.assessed_share:.0f} %)" for c in quiet)
        sentences.append(f"Nothing wrong seen in (share of the time watched): {watched}.")
    if unseen:
        reasons = "; ".join(f"{_words(c.name)} ({c.reason})" for c in unseen)
        sentences.append(f"Could not be watched: {reasons}.")
    if result.not_checked:
        parts = [says.rstrip(".") for says in result.not_checked]
        sentences.append(f"Not checked, for no camera shows it: {'; '.join(parts)}.")
    return sentences


def abstentions_in_words(result: Result) -> list[str]:
    """Return the stretches that could not be judged, those with the same reason together."""
    stretches: dict[str, list[AbstentionRow]] = {}
    for part in result.abstentions:
        stretches.setdefault(part.says, []).append(part)
    return [f"Not assessed {_when(parts)}: {says}." for says, parts in stretches.items()]


def done_instead_in_words(result: Result) -> list[str]:
    """Return what was done in place of the exercise that was asked for, each once."""
    first: dict[str, InsteadRow] = {}
    for row in result.done_instead:
        first.setdefault(row.exercise, row)
    return [
        f"From {row.since_s:.1f} s on this looks like another exercise: {row.exercise_name}."
        " To have it judged, ask for it, or for auto."
        for row in first.values()
    ]


def jumps_in_words(result: Result) -> list[str]:
    """Return when the picture jumped, and what that means for the count."""
    if not result.jumps_s:
        return []
    times = ", ".join(f"{time_s:.1f}" for time_s in result.jumps_s[:MOST_JUMPS])
    more = f" and {len(result.jumps_s) - MOST_JUMPS} more times" if _is_jumpy(result) else ""
    return [
        f"The body jumped within the picture at {times} s{more}: a cut, or somebody else."
        " What was under way then was not counted."
    ]


def _is_jumpy(result: Result) -> bool:
    return len(result.jumps_s) > MOST_JUMPS


def plural(number: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> plural(1, "repetition"), plural(2, "repetition")
    ('1 repetition', '2 repetitions')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _variants(result: ExerciseResult) -> str:
    """Return which ways of doing it were seen, where there are several."""
    names = {variant["id"]: variant["name"] for variant in (result.rules or {}).get("variants", ())}
    ids = [row.variant for row in result.repetitions] + [row.variant for row in result.holds]
    done = dict.fromkeys(ids)
    if len(names) < 2 or not done:
        return ""
    return f" ({', '.join(str(names[variant]).lower() for variant in done)})"


def _sides(result: ExerciseResult) -> str:
    sides = Counter(row.side for row in result.repetitions if row.side)
    if not sides:
        return ""
    return f" ({', '.join(f'{n} on the {side}' for side, n in sorted(sides.items()))})"


def _breaks(result: ExerciseResult) -> str:
    n_breaks = sum(hold.n_breaks for hold in result.holds)
    return f", with {plural(n_breaks, 'short break')}" if n_breaks else ""


def _held(result: ExerciseResult) -> str:
    """Return how long: each hold while they are few, else their number and sum."""
    times = [f"{hold.held_s:.1f} s{_toward(hold)}" for hold in result.holds]
    if len(times) > MOST_LISTED:
        return f"{len(times)} times, {result.held_s:.1f} s in all{_held_sides(result)}"
    return f"for {_listed(times)}"


def _toward(hold: HoldRow) -> str:
    return f" on the {hold.side}" if hold.side else ""


def _held_sides(result: ExerciseResult) -> str:
    sides = sorted({hold.side for hold in result.holds if hold.side})
    if not sides:
        return ""
    held_s = {s: math.fsum(h.held_s for h in result.holds if h.side == s) for s in sides}
    return f" ({', '.join(f'{held_s[side]:.1f} s on the {side}' for side in sides)})"


def _when(parts: list[AbstentionRow]) -> str:
    """Return when: each stretch while they are few, else their number and sum."""
    times = [f"from {part.start_s:.1f} to {part.end_s:.1f} s" for part in parts]
    if len(times) > MOST_LISTED:
        total_s = math.fsum(part.end_s - part.start_s for part in parts)
        return f"in {len(times)} stretches, {total_s:.1f} s in all, the first {times[0]}"
    return _listed(times)


def _listed(words: list[str]) -> str:
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last
