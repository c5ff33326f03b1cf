"""Judge how long parts of a repetition took, where there were pictures enough to tell.

A part that must last 0.4 s is three or four pictures of a slow camera: whether it lasted 0.3 s or
0.5 s is then not known, and is not said.
"""

from formcheck.analysis.events import Fault, NotAssessed
from formcheck.analysis.faults import tempo_fault
from formcheck.analysis.movement import Movement
from formcheck.analysis.presence import TOO_SLOW
from formcheck.exercises.rules import TempoRule


class TempoJudge:
    """Judge one tempo rule over a recording.

    Attributes
    ----------
    rule
        The rule.
    n_movements
        Repetitions that were seen without a gap.
    refused
        Why some of them could not be judged; None where all could.
    """

    def __init__(self, rule: TempoRule) -> None:
        self.rule = rule
        self.n_movements = 0
        self.refused: NotAssessed | None = None
        self._n_judged = 0

    @property
    def share(self) -> float:
        """Share of these repetitions that could be judged, 0 where there were none."""
        return self._n_judged / self.n_movements if self.n_movements else 0.0

    def complete(self, movement: Movement) -> Fault | None:
        """Return the fault of having taken too little time, if so and if that can be told."""
        if not movement.is_continuous:
            return None
        self.n_movements += 1
        if movement.rate_hz < self.rule.fewest_hz:
            self.refused = TOO_SLOW
            return None
        self._n_judged += 1
        return tempo_fault(self.rule, movement)
