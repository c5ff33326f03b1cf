"""What a simulated population says about an exercise, as tables on the terminal and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from formcheck.evaluation.population import Findings, Outcome, ReadingErrors
from formcheck.evaluation.population.cases import LEVELS
from formcheck.evaluation.population.findings import FaultFindings, undone_faults
from formcheck.exercises.schema import Exercise
from formcheck.shares import Share

WITHOUT_MOTION = (
    "unvalidated: it has no motion. Add a [[motion]] for each variant at the end of the file: the"
    " posture it starts from, the angles at rest and at the far end, and how each fault is done"
    " (docs/motions.md)."
)

LEGEND = (
    "Faults found, by how many times the way to the threshold they were done; of these t: as a tip"
    " only, a: as an attempt, or the clock stopped; not of these l: lost, neither counted nor said."
    " Under clean: raised where nothing was wrong."
)
_MOST_MISSED = 6


def print_findings(console: Console, exercise: Exercise, findings: Findings) -> None:
    """Print what was right, how each fault was found, and what falls short."""
    console.rule(f"{exercise.name} ({exercise.id})", align="left")
    for name, share in _shares(findings):
        if share.n:
            console.print(f"  {name}: {share}", markup=False, highlight=False)
    if findings.faults or findings.false_flags:
        console.print(_fault_table(exercise, findings))
    for sentence in _remarks(exercise, findings):
        console.print(f"  {sentence}", markup=False, highlight=False)
    for missed in findings.missed[:_MOST_MISSED]:
        console.print(
            f"  not right: {_in_words(missed)}", markup=False, highlight=False, soft_wrap=True
        )
    shortfalls = findings.shortfalls(exercise)
    for shortfall in shortfalls:
        console.print(f"  [red]short:[/] {escape(shortfall)}", highlight=False)
    if not shortfalls:
        console.print("  [green]keeps every bound[/]", highlight=False)


def _shares(findings: Findings) -> Sequence[tuple[str, Share]]:
    return (
        ("clean sessions counted exactly", findings.counted),
        ("off by at most one", findings.off_by_one),
        ("clean holds right within half a second", findings.held),
        ("nothing counted at rest", findings.quiet),
        ("given to the right side", findings.sides),
        ("recognised with auto", findings.recognised),
    )


def _fault_table(exercise: Exercise, findings: Findings) -> Table:
    table = Table(box=None, pad_edge=True)
    table.add_column("fault", no_wrap=True)
    for way in LEVELS:
        table.add_column(f"{way:g}", no_wrap=True)
    table.add_column("clean")
    table.add_column("seen")
    at = {(one.fault, one.way): one for one in findings.faults}
    false = {one.fault: one.raised for one in findings.false_flags}
    for finding in exercise.findings:
        cells = [_cell(at.get((finding.name, way))) for way in LEVELS]
        raised = false.get(finding.name)
        said = f"{raised.n_right}/{raised.n}" if raised else "0"
        table.add_row(finding.name, *cells, said, finding.observability)
    return table


def _cell(found: FaultFindings | None) -> str:
    """Return how often it was found, and how where that was not as an error."""
    if found is None:
        return "-"
    kinds = (("t", found.n_tips), ("a", found.n_refused), ("l", found.n_not_counted))
    said = [f"{number}{kind}" for kind, number in kinds if number]
    return " ".join([f"{found.found.n_right}/{found.n}", *said])


def _in_words(missed: Outcome) -> str:
    """Return who was not counted or timed rightly, from where, and what was said instead."""
    act, shot = missed.case.act, missed.case.shot
    person = f"{act.person.sex}, {act.person.age_years:g}, {act.person.height_m:.2f} m"
    camera = shot.viewpoint
    where = (
        f"{shot.view} from {camera.azimuth_deg:.0f} deg and {camera.height_m:g} m,"
        f" {camera.width_px} x {camera.height_px}, {shot.timing}"
    )
    said = f"counted {missed.n_counted} of {len(missed.repetitions)}"
    if missed.holds or missed.n_holds_found:
        edges = (
            f"{hold.start_error_s:+.1f} and {hold.end_error_s:+.1f} s off" for hold in missed.holds
        )
        said = f"{missed.n_holds_found} of {len(missed.holds)} holds, {', '.join(edges)}"
    doing = "at rest" if act.is_idle else act.manner
    return f"{act.variant} {doing} ({person}), {where}: {said}"


def _remarks(exercise: Exercise, findings: Findings) -> Sequence[str]:
    undone = undone_faults(exercise)
    still = sorted(
        {one.id for one in exercise.variants} - {motion.variant for motion in exercise.motion}
    )
    remarks = []
    if undone:
        remarks.append(f"not validated, no motion says how they are done: {', '.join(undone)}")
    if still:
        remarks.append(f"variants without a motion: {', '.join(still)}")
    if findings.elsewhere:
        raised = ", ".join(f"{name} {number}" for name, number in findings.elsewhere)
        remarks.append(f"raised while nothing was done: {raised}")
    return remarks


def as_plain(exercise: Exercise, findings: Findings | None) -> dict[str, Any]:
    """Return the findings for programs; only the id where there is no motion."""
    if findings is None:
        return {"exercise": exercise.id, "validated": False}
    return {
        "exercise": exercise.id,
        "validated": True,
        "shortfalls": list(findings.shortfalls(exercise)),
        **asdict(findings),
        "errors": [_plain_errors(one) for one in findings.errors if one.n > 1],
        "missed": [_in_words(one) for one in findings.missed],
    }


def _plain_errors(errors: ReadingErrors) -> dict[str, Any]:
    """Return errors as people quote them: bias, standard deviation and 95 % limits."""
    return {
        "measure": errors.measure,
        "side": errors.side,
        "n": errors.n,
        "bias": round(errors.bias, 4),
        "sd": round(errors.sd, 4),
        "limits": [round(limit, 4) for limit in errors.limits],
    }
