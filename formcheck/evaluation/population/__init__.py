"""An exercise against people who do not exist: every view, side, manner, fault and level of it.

What they do is known exactly, so that every count, hold, fault and angle can be called right or
wrong. ``cases`` draws whom to film from where, ``run`` gives an ``Outcome`` of each, and
``findings_on`` puts them together. The landmarks err as the engine's do; clothes, light and
furniture are not in it, so that the figures say what the rules can do, not how accurate formcheck
is on people.
"""

from formcheck.evaluation.population.cases import Act, Case, Shot, cases, clear_cases
from formcheck.evaluation.population.findings import Bounds, Findings, findings_on
from formcheck.evaluation.population.outcomes import Outcome, ReadingErrors
from formcheck.evaluation.population.running import outcome, run

__all__ = [
    "Act",
    "Bounds",
    "Case",
    "Findings",
    "Outcome",
    "ReadingErrors",
    "Shot",
    "cases",
    "clear_cases",
    "findings_on",
    "outcome",
    "run",
]
