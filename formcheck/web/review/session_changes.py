"""What may be asked to be changed of the sessions of a draft."""

from typing import Annotated, Literal

from pydantic import Field

from formcheck.prescription import editing_sessions
from formcheck.prescription.model import Prescription, Weekday
from formcheck.web.review.change_base import Given, Line, Sent


class Order(Sent):
    """The clinical order."""

    kind: Literal["order"]

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft in that order."""
        return editing_sessions.put_in_order(draft, given.exercises)


class Days(Sent):
    """The days of a session."""

    kind: Literal["days"]
    session: int
    days: Annotated[list[Weekday], Field(max_length=7)]

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft with them."""
        return editing_sessions.with_days(draft, self.session, self.days)


class Divide(Sent):
    """Every second day of a session in one of its own."""

    kind: Literal["divide"]
    session: int

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft with both."""
        return editing_sessions.divided(draft, self.session)


class Drop(Sent):
    """A session that is left out."""

    kind: Literal["drop"]
    session: int

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft without it."""
        return editing_sessions.without_session(draft, self.session)


class Name(Sent):
    """What a session is called; empty: by its days."""

    kind: Literal["name"]
    session: int
    name: Line

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft with it."""
        return editing_sessions.named(draft, self.session, self.name)


SessionChange = Order | Days | Divide | Drop | Name
