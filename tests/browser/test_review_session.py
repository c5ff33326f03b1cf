"""The session page in a real browser: a session is reviewed with few presses, by keyboard alone."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from formcheck.store import Store
from tests.browser.test_accessibility import violations
from tests.store.made_up import session_record
from tests.web.review.made_up_session import ID, MadeUpSession
from tests.web.review.serving import served_made_up

pytestmark = pytest.mark.browser
SIZES = [(1366, 768), (1920, 1080)]
MOST_PRESSES = 40
WHERE_IS = """async ({ set, joint, time_s }) => {
    const { Poses } = await import("/static/js/review/poses.js");
    const { Camera } = await import("/static/js/review/places.js");
    const poses = new Poses(await (await fetch(`${set}/poses`)).arrayBuffer());
    const { clientWidth, clientHeight } = document.getElementById("canvas");
    const camera = new Camera(poses, clientWidth, clientHeight, false);
    return camera.at(poses.points(poses.frameAt(time_s))[joint]).slice(0, 2);
}"""
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "review.md"


@contextmanager
def tab_of(browse, server, path):
    """Open a page of a server's in a tab; no script may fail in it."""
    context = browse().new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
    name, value = server.cookie.split("=", 1)
    host = f"http://127.0.0.1:{server.port}"
    context.add_cookies([{"name": name, "value": value, "url": host}])
    tab = context.new_page()
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    tab.goto(f"{host}{path}")
    yield tab, errors
    tab.close()


@pytest.fixture
def reviewing(browse, tmp_path):
    """Return the page of the made-up session in a tab, what it is answered from, its errors."""
    made_up = MadeUpSession()
    with Store.open(tmp_path / "sessions") as store:
        store.take_in(session_record(1))
        with (
            served_made_up(store, made_up) as server,
            tab_of(browse, server, f"/sessions/{ID}") as (tab, errors),
        ):
            expect(tab.locator(".row-of-curves")).to_have_count(1)
            expect(tab.locator("#picture-note")).to_be_hidden()
            yield tab, made_up, errors


class Presses:
    """Keys and clicks, counted."""

    def __init__(self, tab):
        self.tab, self.n = tab, 0

    def __call__(self, *keys):
        """Press keys."""
        for key in keys:
            self.tab.keyboard.press(key)
            self.n += 1

    def click(self, selector):
        """Click something."""
        self.tab.locator(selector).click()
        self.n += 1


def said(tab):
    """Return where the page says what a key has done."""
    return tab.locator("#spoken")


def title(tab):
    """Return where the page says what is looked at."""
    return tab.locator("#item h3")


def test_a_typical_session_is_reviewed_with_few_presses(reviewing):
    """Five faults in fifteen minutes: each looked at, one rejected, the rest accepted, signed."""
    tab, made_up, errors = reviewing
    press = Presses(tab)
    for verdict, what in (
        ("r", "The hips do not reach the line."),
        ("a", "The leg rises too high."),
        ("a", "The hips sag."),
        ("a", "The way down is a drop."),
        ("a", "The trunk leans forward."),
    ):
        expect(title(tab)).to_have_text(what)
        press("o", "Space")  # seen in motion, again and again
        tab.wait_for_timeout(200)
        press("o", verdict)
        expect(said(tab)).to_contain_text("Rejected" if verdict == "r" else "Accepted")
    expect(said(tab)).to_contain_text("Every fault has been looked at")
    press("A")
    expect(said(tab)).to_contain_text("Accepted: all the rest")
    press("S", "Enter")
    expect(tab.locator("#signed")).to_contain_text("Signed off by Dr Example")
    print(f"{press.n} presses for a session of five faults")  # noqa: T201
    assert press.n <= MOST_PRESSES
    faults = [one for one in made_up.said if one["subject"] == "fault"]
    assert [one["kind"] for one in faults] == ["rejected", *["accepted"] * 4]
    assert made_up.signed_off is not None
    assert errors == []


def test_keys_are_never_too_fast(reviewing):
    """Five presses before the first answer has come are about five faults, one after the other."""
    tab, made_up, errors = reviewing
    for key in "araaa":
        tab.keyboard.press(key)
    expect(said(tab)).to_contain_text("Every fault has been looked at")
    told = [(one["set"], one["kind"]) for one in made_up.said]
    assert len({name for name, _ in told}) == 5
    assert [kind for _, kind in told] == ["accepted", "rejected", *["accepted"] * 3]
    assert errors == []


def test_what_one_key_accepted_one_key_takes_back(reviewing):
    """What was said before it stands."""
    tab, made_up, errors = reviewing
    tab.keyboard.press("r")
    expect(said(tab)).to_contain_text("Rejected")
    tab.keyboard.press("A")
    expect(said(tab)).to_contain_text("Accepted: all the rest, 4 faults and 122")
    tab.keyboard.press("z")
    expect(said(tab)).to_contain_text("Withdrawn: 126 corrections")
    expect(tab.locator("#tab-look")).to_have_text("To look at (4)")
    statuses = [one["status"] for each in made_up.sets for one in each["faults"]]
    assert sorted(statuses) == ["machine"] * 4 + ["rejected"]
    assert errors == []


def test_the_machines_verdict_stays_beside_what_is_said(reviewing):
    """A repetition is rejected: the count is one less, and what the machine said is still there."""
    tab, _, errors = reviewing
    tab.locator("[data-item$='repetition/repetition-3'].line").click()
    tab.keyboard.press("r")
    expect(tab.locator("#counts")).to_contain_text("Machine: 10 repetitions, 1 with faults")
    expect(tab.locator("#counts")).to_contain_text("Now: 9 repetitions, 1 with faults")
    tab.keyboard.press("z")
    expect(said(tab)).to_contain_text("Withdrawn: rejected")
    expect(tab.locator("#counts")).not_to_contain_text("Now")
    assert errors == []


def test_other_thresholds_change_the_counts_at_once(reviewing):
    """Raising what counts leaves one of each set out, shown beside the old ones; then kept."""
    tab, made_up, errors = reviewing
    tab.keyboard.press("t")
    tab.locator("#number-target").fill("23")
    expect(tab.locator("[data-now=n_repetitions]")).to_have_text("27")
    expect(tab.locator("#lane .ghost")).to_have_count(9)
    tab.get_by_role("button", name="Keep for this patient").click()
    expect(said(tab)).to_contain_text("Kept in the draft")
    assert made_up.kept == [("glute_bridge", [{"name": "target", "value": 23}])]
    tab.get_by_role("button", name="Reset").click()
    expect(tab.locator("#lane .ghost")).to_have_count(0)
    assert errors == []


def test_what_was_missed_is_added_relabelled_and_commented_by_keys(reviewing):
    """Marks at the playhead, menus by number; a comment that looks like markup stays text."""
    tab, made_up, errors = reviewing
    tab.keyboard.press("m")
    expect(said(tab)).to_contain_text("Starts at")
    for _ in range(10):
        tab.keyboard.press("l")
    for key in ("m", "1"):
        tab.keyboard.press(key)
    expect(said(tab)).to_contain_text("Added: A repetition")
    tab.keyboard.press("e")
    tab.keyboard.press("1")
    expect(said(tab)).to_contain_text("Relabelled")
    tab.keyboard.press("c")
    tab.keyboard.type("<img src=x onerror=alert(1)> ends too early")
    tab.keyboard.press("Control+Enter")
    expect(said(tab)).to_contain_text("The comment is kept")
    tab.keyboard.press("h")
    expect(tab.locator("#panel-history .text")).to_have_text(
        "<img src=x onerror=alert(1)> ends too early"
    )
    assert tab.locator("#panel-history img").count() == 0
    assert [one["kind"] for one in made_up.said] == ["added", "relabelled", "comment"]
    assert errors == []


def test_what_turned_back_too_early_is_accepted_by_one_key_and_taken_back_by_another(reviewing):
    """It counts once, however often the key is pressed, until it is rejected or withdrawn."""
    tab, made_up, errors = reviewing
    tab.locator("#list .attempt").first.click()
    expect(tab.locator("#item [data-does=accept]")).to_be_enabled()
    for key, says in (
        ("r", "nothing to reject"),
        ("a", "Counts now"),
        ("a", "This counts already"),
        ("r", "Withdrawn: added"),
        ("a", "Counts now"),
        ("z", "Withdrawn: added"),
    ):
        tab.keyboard.press(key)
        expect(said(tab)).to_contain_text(says)
    assert [one["kind"] for one in made_up.said] == ["added", "added"]
    assert errors == []


def test_what_is_gone_to_is_heard(reviewing):
    """Who does not see the page is told what stands on the stage now."""
    tab, _, errors = reviewing
    tab.keyboard.press("n")
    expect(tab.locator("#heard")).to_contain_text("The leg rises too high. not looked at")
    tab.keyboard.press("]")
    expect(tab.locator("#heard")).to_contain_text("Bird dog, set 3: 10 repetitions")
    assert errors == []


def test_a_joint_is_moved_by_keys_and_by_dragging(reviewing):
    """Where it is put is sent, in the pixels of the picture."""
    tab, made_up, errors = reviewing
    for key in ("d", "ArrowRight", "ArrowRight", "ArrowDown", "Enter", "Escape"):
        tab.keyboard.press(key)
    expect(said(tab)).to_contain_text("Moved: left shoulder")
    (moved,) = made_up.said
    assert moved["kind"] == "moved"
    assert moved["after"].keys() == {"time_s", "landmark", "x_px", "y_px"}
    assert errors == []


def test_a_joint_is_dragged_where_it_belongs(reviewing):
    """The knee, with the mouse: it follows at once, and what is sent is where it was let go."""
    tab, made_up, errors = reviewing
    box = tab.locator("#canvas").bounding_box()
    x, y = tab.evaluate(
        WHERE_IS,
        {"set": f"/api/review/sessions/{ID}/sets/set-01-glute_bridge", "joint": 25, "time_s": 40},
    )
    tab.mouse.move(box["x"] + x, box["y"] + y)
    tab.mouse.down()
    tab.mouse.move(box["x"] + x + 30, box["y"] + y + 20, steps=4)
    tab.mouse.up()
    expect(said(tab)).to_contain_text("Moved: left knee")
    (moved,) = made_up.said
    assert moved["after"]["landmark"] == "left_knee"
    assert errors == []


def test_a_kept_video_shows_the_same_moment(browse, tmp_path):
    """It follows keys and stops; a set without one is drawn instead."""
    with Store.open(tmp_path / "sessions") as store:
        store.take_in(session_record(1))
        with (
            served_made_up(store, MadeUpSession(has_video=True)) as server,
            tab_of(browse, server, f"/sessions/{ID}") as (tab, errors),
        ):
            expect(tab.locator("#picture-mode")).to_have_text("Video")
            tab.locator("[data-item$='repetition/repetition-2'].line").click()
            tab.wait_for_function("Math.abs(document.querySelector('video').currentTime - 6) < 0.1")
            tab.keyboard.press("]")
            expect(tab.locator("#picture-mode")).to_have_text("Drawn from the landmarks")
            assert [error for error in errors if "404" not in error] == []


def test_trouble_is_said_on_the_page(reviewing):
    """A set whose poses are damaged, and a server that is gone: what was said is not lost."""
    tab, _, errors = reviewing
    tab.route("**/poses", lambda route: route.fulfill(status=200, body=b"\xff" * 40))
    tab.keyboard.press("]")
    expect(tab.locator("#picture-note")).to_contain_text("damaged")
    tab.unroute("**/poses")
    tab.route("**/api/**", lambda route: route.abort())
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("a")
    expect(tab.locator("#trouble")).to_contain_text("formcheck does not answer")
    assert all("ERR_FAILED" in error for error in errors)


def test_the_keys_are_those_of_the_documentation(reviewing):
    """Every key of the help stands in docs/review.md."""
    tab, _, _ = reviewing
    tab.keyboard.press("?")
    keys = tab.locator("#dialog dt kbd").all_inner_texts()
    text = DOCUMENTATION.read_text(encoding="utf-8")
    assert len(keys) > 20
    assert [key for key in keys if f"`{key}`" not in text] == []


def test_two_repetitions_move_in_step_beside_each_other(browse, tmp_path):
    """Left and right at first, any two by keyboard; clean in light and dark at both sizes."""
    with Store.open(tmp_path / "sessions") as store:
        store.take_in(session_record(1))
        path = f"/sessions/{ID}/beside/{ID}?exercise=bird_dog"
        with (
            served_made_up(store, MadeUpSession()) as server,
            tab_of(browse, server, path) as (tab, errors),
        ):
            expect(tab.locator(".row-of-curves")).to_have_count(1)
            expect(tab.locator("#choice-a")).to_have_value("Set 1, repetition 1, right")
            expect(tab.locator("#choice-b")).to_have_value("Set 1, repetition 2, left")
            tab.keyboard.press("Space")
            expect(tab.locator("#phase")).not_to_have_value("0")
            tab.keyboard.press("Space")
            tab.locator("#choice-b").focus()
            tab.keyboard.press("ArrowDown")
            expect(tab.locator("#choice-b")).to_have_value("Set 1, repetition 3, right")
            expect(tab.locator("#both path.curve")).to_have_count(2)
            for width, height in SIZES:
                tab.set_viewport_size({"width": width, "height": height})
                assert violations(tab) == []
                assert tab.evaluate("document.body.scrollHeight") <= height
            assert errors == []


def test_a_repetition_stands_beside_one_of_the_session_before(browse, tmp_path):
    """Chosen on the page: B is then of the earlier session, and says so."""
    before, now = session_record(1), session_record(2)
    earlier = {"id": before.id, "started": before.started.isoformat()}
    with Store.open(tmp_path / "sessions") as store:
        for record in (before, now):
            store.take_in(record)
        told = MadeUpSession(before.id), MadeUpSession(now.id, previous=earlier)
        with (
            served_made_up(store, *told) as server,
            tab_of(browse, server, f"/sessions/{now.id}/beside/{now.id}") as (tab, errors),
        ):
            tab.locator("#other").select_option(before.id)
            expect(tab.locator("#choice-b")).to_have_value(re.compile(r"2 March 2026, .*: Set 1"))
            expect(tab.locator("#choice-a")).to_have_value(re.compile(r"Set 1"))
            assert f"/sessions/{now.id}/beside/{before.id}" in tab.url
            assert errors == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_page_is_clean_and_fits_the_window(reviewing, width, height):
    """axe-core finds nothing in any panel, in light and dark; nothing is scrolled."""
    tab, _, errors = reviewing
    tab.set_viewport_size({"width": width, "height": height})
    found = {}
    for name, key in {"look": None, "watched": "w", "thresholds": "t", "history": "h"}.items():
        if key:
            tab.keyboard.press(key)
        expect(tab.locator(f"#panel-{name}")).to_be_visible()
        found[name] = violations(tab)
    tab.keyboard.press("?")
    found["help"] = violations(tab)
    tab.keyboard.press("Escape")
    tab.keyboard.press("3")
    found["space"] = violations(tab)
    assert {panel: what for panel, what in found.items() if what} == {}
    tab.keyboard.press("h")
    page = tab.evaluate("[document.documentElement.scrollWidth, document.body.scrollHeight]")
    assert page[0] <= width
    assert page[1] <= height
    for part in ("#canvas", "[data-does=play]", "#lane", "#curves", "#item [data-does=accept]"):
        box = tab.locator(part).bounding_box()
        assert box["y"] + box["height"] <= height, part
    assert errors == []


def test_twice_as_large_it_is_read_one_below_the_other(reviewing):
    """At 200 % nothing is wider than the window, and every part can be scrolled to."""
    tab, _, errors = reviewing
    tab.set_viewport_size({"width": 683, "height": 384})
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 683
    tab.locator("#curves").scroll_into_view_if_needed()
    expect(tab.locator("#curves")).to_be_in_viewport()
    assert errors == []
