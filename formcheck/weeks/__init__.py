"""How the weeks of a programme go: what is due, what was done, and what has become of it.

Everything follows from what the store keeps and the day that it is looked at; nothing here reads
a clock or a file.
"""

from formcheck.weeks.courses import Course, Point
from formcheck.weeks.kept import Kept, kept_of
from formcheck.weeks.past import PastSession, past_sessions
from formcheck.weeks.proposals import ItemProposal, advanced
from formcheck.weeks.warning_signs import answered, newest_answers
from formcheck.weeks.weeks import Due, ReviewAhead, Weeks, weeks_of

__all__ = [
    "Course",
    "Due",
    "ItemProposal",
    "Kept",
    "PastSession",
    "Point",
    "ReviewAhead",
    "Weeks",
    "advanced",
    "answered",
    "kept_of",
    "newest_answers",
    "past_sessions",
    "weeks_of",
]
