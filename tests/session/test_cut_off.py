"""A session that was cut off goes on where it was."""

from formcheck.analysis.events import RepetitionCompleted
from formcheck.session.earlier import Earlier
from formcheck.session.events import SetStarted
from formcheck.session.stages import Command, Stage
from tests.session.puppets import repeated
from tests.session.under_way import BRIDGE, begun


def test_a_session_that_was_cut_off_goes_on_where_it_was():
    """With the poses seen so far the count goes on, and the summary has the earlier set."""
    first = begun(("glute_bridge", repeated(2, 3)))
    first.until(Stage.REST)
    first.until(Stage.EXERCISING)
    while first.tick().set_done < 2:
        pass
    start_s = first.of_kind(SetStarted)[1].time_s
    so_far = [
        (view.snapshot.time_s, view.snapshot.pose)
        for view in first.views
        if view.snapshot and view.time_s > start_s
    ]
    second = begun(
        ("glute_bridge", repeated(2, 3)),
        earlier=Earlier((0, 2), first.flow.results, so_far, n_pain_reports=1),
    )
    second.n = first.n + 100
    view = second.until(Stage.EXERCISING)
    assert (view.set_number, view.set_done) == (2, 2)
    second.until(Stage.SUMMARY)
    summary = second.flow.summary()
    assert summary.n_pain_reports == 1
    assert [one.n_full for one in summary.exercises[0].sets] == [3, 3]
    assert len(second.of_kind(RepetitionCompleted)) == 1


def test_poses_seen_before_belong_to_the_set_that_was_cut_off():
    """Where that set is left out, the next one begins at nothing."""
    so_far = [(pose.time_s, pose) for pose in BRIDGE.poses[::4]]
    drive = begun(("glute_bridge", repeated(2, 9)), earlier=Earlier(seen=so_far))
    drive.n = 1000
    drive.command(Command.SKIP_SET)
    view = drive.until(Stage.EXERCISING)
    assert (view.set_number, view.set_done) == (2, 0)
    again = begun(("glute_bridge", repeated(2, 9)), earlier=Earlier(seen=so_far))
    again.n = 1000
    assert again.until(Stage.EXERCISING).set_done == 3
