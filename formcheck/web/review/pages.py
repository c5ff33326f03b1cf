"""The frame of the therapist's pages: one look, one navigation, everything escaped."""

from dataclasses import dataclass

from fastapi.responses import HTMLResponse

from formcheck.templating import environment
from formcheck.texts import Texts
from formcheck.texts.texts import ENGLISH
from formcheck.web.review.setting import ReviewSetting


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that the navigation leads to."""

    path: str
    name: str


# In the order of the bar; a page names its place by the path.
PLACES = (
    Place("/", "People"),
    Place("/sessions", "Sessions"),
    Place("/recordings", "Recordings"),
    Place("/exercises", "Exercises"),
    Place("/handover", "Hand-over"),
)


class ReviewPages:
    """Render the therapist's pages, which are in English.

    Examples
    --------
    A page extends ``review/frame.html.j2`` and fills its blocks ``title``, ``head`` and ``main``::

        pages.page("review/people.html.j2", place="/", people=people)
    """

    def __init__(self, setting: ReviewSetting) -> None:
        self.texts = Texts.load(ENGLISH)
        self._environment = environment("formcheck.web", autoescape=True)
        self._environment.globals |= {
            "places": PLACES,
            "therapist": setting.name,
            "say": self.texts.say,
            "exercise_name": setting.exercise_name,
        }
        self._environment.filters |= {
            "day": self.texts.date,
            "short_day": self.texts.short_date,
            "number": lambda value, digits=1: self.texts.number(value, digits),
            "moment": self.texts.moment,
            "clock": _clock,
            "percent": lambda share: f"{share:.0%}",
        }

    def page(
        self, template: str, /, *, place: str, status: int = 200, **values: object
    ) -> HTMLResponse:
        """Return a page.

        Parameters
        ----------
        place
            The path of the place in the navigation that it belongs to.
        values
            What its template is filled with.
        """
        html = self._environment.get_template(template).render(place=place, **values)
        return HTMLResponse(html, status)

    def not_found(self, what: str, place: str = "/") -> HTMLResponse:
        """Return the page that says what is not there."""
        return self.page("review/trouble.html.j2", place=place, status=404, what=what)


def _clock(seconds: float) -> str:
    """Return a length of time as a clock shows it."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
