"""The therapist's pages on a free port, and somebody who asks for them."""

from contextlib import contextmanager
from functools import partial

from formcheck.exercises.library import load_all
from formcheck.web.review.app import make_review_app
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.session_page import session_page
from formcheck.web.review.setting import ReviewSetting
from formcheck.web.security import Door
from formcheck.web.shell import shell
from tests.web.review.made_up_answers import made_up_router
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


@contextmanager
def served_made_up(store, *made_up):
    """Run the session page over a store, its questions answered by made-up sessions."""
    setting = ReviewSetting(store=store, exercises=load_all(), name=THERAPIST, key=store.folder)

    def make(access):
        app, pages = shell(access), ReviewPages(setting)
        app.include_router(session_page(setting, pages))
        for one in made_up:
            app.include_router(made_up_router(one))
        return Door(app, access)

    with running(make) as access:
        server = Served(access, None, setting)
        server.open()
        yield server
