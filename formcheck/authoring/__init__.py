"""Define an exercise by showing it: from a demonstration to an exercise file of one's own.

The poses of somebody who shows a movement a few times, or holds a posture once, are read with every
measure there is (``demonstration``); where rest and effort are is proposed (``marks``); what moved
between them is ranked (``ranking``); and what the therapist chooses becomes an exercise
(``drafting``) that is tried on the demonstration at once (``trial``) and written as a file
(``writing``). Its numbers come from one person: it is shown as unvalidated wherever it is listed.
"""

from formcheck.authoring.choices import Choices, FaultChoice
from formcheck.authoring.demonstration import Demonstration, watched
from formcheck.authoring.drafting import drafted
from formcheck.authoring.marks import Kind, Mark, Marks, proposed_marks
from formcheck.authoring.ranking import Moved, ranked
from formcheck.authoring.trial import Trial, tried
from formcheck.authoring.writing import exercise_text

__all__ = [
    "Choices",
    "Demonstration",
    "FaultChoice",
    "Kind",
    "Mark",
    "Marks",
    "Moved",
    "Trial",
    "drafted",
    "exercise_text",
    "proposed_marks",
    "ranked",
    "tried",
    "watched",
]
