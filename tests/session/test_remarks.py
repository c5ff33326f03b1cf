"""What is said of the time that a hold still takes."""

from formcheck.session.stages import Stage
from tests.session.puppets import held, puppet
from tests.session.under_way import PUPPETS, begun


def said_while_holding(monkeypatch, hold_s):
    """Return code, number and seconds held of everything that was said in a plank."""
    monkeypatch.setitem(PUPPETS, "front_plank", puppet("front_plank", n=1, hold_s=hold_s + 4.0))
    drive = begun(("front_plank", held(1, hold_s)))
    drive.until(Stage.EXERCISING)
    drive.until(Stage.SUMMARY)
    return [
        (view.cue.code, dict(view.cue.arguments).get("n"), view.set_done)
        for view in drive.views
        if view.cue
    ]


def test_a_hold_is_announced_at_its_half_and_near_its_end(monkeypatch):
    """Of twelve seconds: six are half, and at seven five are left; each once."""
    said = said_while_holding(monkeypatch, 12.0)
    times = {code: [(n, done_s) for one, n, done_s in said if one == code] for code, *_ in said}
    ((_, half_s),) = times["half_done"]
    assert 6.0 <= half_s < 8.5  # what is being said is finished first
    ((n_left, last_s),) = times["seconds_left"]
    assert n_left == round(12.0 - last_s) <= 5


def test_a_short_hold_is_not_talked_into(monkeypatch):
    """Under ten seconds nobody needs to hear how long it still is."""
    codes = {code for code, *_ in said_while_holding(monkeypatch, 8.0)}
    assert not {"half_done", "seconds_left"} & codes
