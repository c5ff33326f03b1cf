"""The therapist's pages on a free port, and somebody who asks for them."""

from contextlib import contextmanager
from functools import partial

from formcheck.exercises.library import load_all
from formcheck.web.review.app import make_review_app
from formcheck.web.review.setting import ReviewSetting
from tests.web.serving import Served, running

THERAPIST = "Dr Example"


@contextmanager
def served_review(store, **options):
    """Run the therapist's pages over a store; the door has been opened."""
    options.setdefault("key", store.folder / "keys" / "therapist-key.pem")
    setting = ReviewSetting(store=store, exercises=load_all(), name=THERAPIST, **options)
    with running(partial(make_review_app, setting)) as access:
        server = Served(access, None, setting)
        server.open()
        yield server
