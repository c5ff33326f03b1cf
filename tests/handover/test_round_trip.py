"""From one store to another, and again."""

import dataclasses
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from formcheck.errors import HandoverError, StoreError, UsageError
from formcheck.handover import Choice, needs_passphrase, open_file, save
from formcheck.store import Corrected, CorrectionKind, Store
from formcheck.store.corrections import in_force
from tests.handover.made_up import (
    correction,
    everything,
    facts,
    rows,
    session,
)
from tests.robin import ROBIN
from tests.store.made_up import SESSIONS, recording, same, set_record

PASSPHRASE = "eleven grey herons"


@pytest.fixture
def file(tmp_path):
    """Return where the file goes."""
    return tmp_path / "robin.formcheck"


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_what_comes_out_is_what_went_in(theirs, mine, file, passphrase):
    """Sessions byte for byte, what was said, prescriptions and corrections; open or encrypted."""
    save(theirs, ROBIN, file, passphrase=passphrase)
    assert needs_passphrase(file) is bool(passphrase)
    opened = open_file(mine, file, passphrase)
    assert everything(mine) == everything(theirs)
    assert mine.check() == ()
    new = opened.merged
    assert (len(new.sessions), new.n_pain, new.n_screens) == (2, 1, 1)
    assert (new.n_outcomes, new.n_overrides, new.n_corrections) == (1, 1, 1)
    assert (new.revisions, new.conflicts) == ([1, 2], [])
    one = mine.recording(session().id, set_record().name)
    assert len(list(one)) == 60


def test_opening_again_changes_nothing(theirs, mine, file):
    """Not a row, the audit trail included; also where the file was saved anew."""
    save(theirs, ROBIN, file)
    open_file(mine, file)
    before = rows(mine)
    save(theirs, ROBIN, file)
    again = open_file(mine, file).merged
    assert again.is_nothing_new
    assert (again.sessions, again.conflicts) == ([], [])
    assert rows(mine) == before


def test_back_home_nothing_is_new(theirs, mine, file):
    """What went there and comes back is known; a correction that was added there is new."""
    save(theirs, ROBIN, file)
    open_file(mine, file)
    mine.add_correction(correction(session(2).id, number=1))
    save(mine, ROBIN, file)
    back = open_file(theirs, file).merged
    assert (back.sessions, back.n_corrections, back.conflicts) == ([], 1, [])
    assert everything(theirs) == everything(mine)


def test_layers_go_over_whole(theirs, mine, file):
    """What was added, said of the session, and withdrawn holds there as it does here."""
    about = {"subject": Corrected.SESSION, "set_name": None, "number": None}
    after = {"start_s": 1.0, "end_s": 2.5, "peak_s": None, "side": "left"}
    said = [
        correction(session().id, kind=CorrectionKind.ADDED, number=None, after=after),
        correction(session().id, kind=CorrectionKind.SIGNED_OFF, before=None, **about),
        correction(session().id, kind=CorrectionKind.COMMENT, number=1, after={"at_s": 0.1 + 0.2}),
    ]
    for one in said:
        theirs.add_correction(one)
        after = {"withdraws": one.key}
        theirs.add_correction(
            dataclasses.replace(one, kind=CorrectionKind.WITHDRAWN, after=after, who="Kim")
        )
    theirs.add_correction(said[0])
    save(theirs, ROBIN, file)
    open_file(mine, file)
    there = mine.corrections(session().id)
    assert there == theirs.corrections(session().id)[: len(there)]
    assert in_force(there) == in_force(theirs.corrections(session().id))


def named(made):
    """Return a session with the names that formcheck gives, and recordings that are some."""
    session_id = f"20260301T083000Z-{made.id.replace('-', '')}"
    sets = tuple(
        dataclasses.replace(
            one, name=f"set-{number:02}-bridge", exercise="bridge", poses=recording()
        )
        for number, one in enumerate(made.sets, start=1)
    )
    return dataclasses.replace(
        made,
        id=session_id,
        facts=facts(),
        sets=sets,
        pain_ratings=tuple(
            dataclasses.replace(one, session_id=session_id) for one in made.pain_ratings
        ),
        screens=tuple(
            dataclasses.replace(one, session_id=session_id, positive=("rf04",))
            for one in made.screens
        ),
    )


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=SESSIONS)
def test_any_session_is_the_same_there(made, tmp_path_factory):
    """Whatever a session may say, to the last bit; what could not be read stays so."""
    folder, made = tmp_path_factory.mktemp("both"), named(made)
    with Store.open(folder / "a") as here, Store.open(folder / "b") as there:
        here.take_in(made)
        save(here, ROBIN, folder / "x.formcheck")
        open_file(there, folder / "x.formcheck")
        assert same(there.session(made.id), here.session(made.id))


def test_only_what_is_since(theirs, mine, file):
    """Earlier sessions stay where they are, with what was said before; prescriptions all go."""
    since = session(2).started - timedelta(hours=1)
    save(theirs, ROBIN, file, Choice(since))
    new = open_file(mine, file).merged
    assert new.sessions == [session(2).id]
    assert (new.n_pain, new.n_screens, new.n_corrections) == (0, 0, 0)
    assert new.revisions == [1, 2]


def test_video_goes_along_only_if_asked_for(theirs, mine, file):
    """Then it lies beside the session there, once, and another one is not written over."""
    video = theirs.folder / session().id / "video-01.mkv"
    video.parent.mkdir()
    video.write_bytes(b"\x1a\x45\xdf\xa3 moving pictures")
    save(theirs, ROBIN, file)
    assert open_file(mine, file).videos == ()
    save(theirs, ROBIN, file, Choice(with_video=True))
    (there,) = open_file(mine, file).videos
    assert there == mine.folder / session().id / "video-01.mkv"
    assert there.read_bytes() == video.read_bytes()
    assert open_file(mine, file).videos == ()
    there.write_bytes(b"\x1a\x45\xdf\xa3 others")
    (told,) = open_file(mine, file).merged.conflicts
    assert told == f"video-01.mkv of session {session().id} is here as another one"
    assert there.read_bytes() == b"\x1a\x45\xdf\xa3 others"


def test_a_video_goes_with_its_person(theirs, mine, file):
    """Erasing a person removes the videos that were handed over."""
    video = theirs.folder / session().id / "video-01.mkv"
    video.parent.mkdir()
    video.write_bytes(b"\x1a\x45\xdf\xa3")
    save(theirs, ROBIN, file, Choice(with_video=True))
    (there,) = open_file(mine, file).videos
    mine.erase(ROBIN)
    assert not there.parent.exists()


def test_a_session_with_other_contents_is_told_and_left(theirs, mine, file):
    """Everything else is taken; here stays what was here, also without the correction of it."""
    mine.take_in(session(1, events=b'{"type": "other"}\n'))
    save(theirs, ROBIN, file)
    new = open_file(mine, file).merged
    assert new.sessions == [session(2).id]
    assert new.conflicts == [
        f"session {session(1).id} is here with other contents",
        f"corrections of session {session(1).id} were left out",
    ]
    assert mine.session(session(1).id).events == b'{"type": "other"}\n'
    assert mine.corrections(session(1).id) == ()


def test_a_session_of_another_person_is_told_and_left(theirs, mine, file):
    """The same session never belongs to two people."""
    mine.take_in(session(1, "kim"))
    save(theirs, ROBIN, file)
    assert f"session {session(1).id} is here with other contents" in (
        open_file(mine, file).merged.conflicts
    )


def test_a_folder_that_is_not_in_the_store_is_no_sessions_place(theirs, mine, file):
    """A session that lies here and could not be taken in is not replaced by another one."""
    (mine.folder / session(1).id).mkdir()
    save(theirs, ROBIN, file)
    new = open_file(mine, file).merged
    assert new.sessions == [session(2).id]
    assert "has a folder here that is not in the store yet" in new.conflicts[0]


def test_somebody_may_be_called_otherwise_here(theirs, mine, file):
    """Two patients who are called alike at home are told apart where their files are opened."""
    save(theirs, ROBIN, file)
    open_file(mine, file, person="robin of april")
    assert [one.pseudonym for one in mine.people] == ["robin of april"]
    assert everything(mine, "robin of april")[1:] == everything(theirs)[1:]


def test_both_sides_note_it_in_their_trail(theirs, mine, file):
    """That a file was made, and that one was taken over."""
    save(theirs, ROBIN, file)
    open_file(mine, file)
    assert theirs.audit_trail()[-1].what == "handed over"
    assert mine.audit_trail()[-1].what == "taken over"


def test_what_cannot_be_saved_is_refused(theirs, tmp_path):
    """Another ending, nobody of that name, a short passphrase: nothing is written."""
    with pytest.raises(UsageError, match=r"ends in \.formcheck"):
        save(theirs, ROBIN, tmp_path / "robin.zip")
    with pytest.raises(StoreError, match="does not know 'kim'; it knows robin"):
        save(theirs, "kim", tmp_path / "kim.formcheck")
    with pytest.raises(UsageError, match="8 characters or more"):
        save(theirs, ROBIN, tmp_path / "robin.formcheck", passphrase="short")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["patient"]


def test_a_passphrase_is_asked_for_and_must_be_the_same(theirs, mine, file):
    """Without it, or with another one, nothing changes; letters count, not how they are typed."""
    save(theirs, ROBIN, file, passphrase="zwölf graue Reiher")
    before = rows(mine)
    with pytest.raises(HandoverError, match="saved with a passphrase"):
        open_file(mine, file)
    with pytest.raises(HandoverError, match="got another one"):
        open_file(mine, file, "zwolf graue Reiher")
    assert rows(mine) == before
    assert len(open_file(mine, file, "zwo\u0308lf graue Reiher").merged.sessions) == 2
