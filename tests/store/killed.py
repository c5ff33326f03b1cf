"""Another process that writes to stores and is killed in it, round after round.

For each round it prints what had been told to be saved, what of it is not there, and what is wrong
with the store then. Everything is loaded once: each writer is a fork of it.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from formcheck.prescription.pain import Moment
from formcheck.store import PainRating, PrescriptionDraft, Store
from tests.store.made_up import BEGAN, session_record, set_record

LONGEST_S = 0.25
NEW_STORE_EVERY = 4


def write(folder, told):
    """Save one thing after the other, and tell each when it is saved."""
    with Store.open(folder) as store:
        while True:
            name = uuid4().hex
            one = set_record(poses_of=os.urandom(120_000))
            store.take_in(replace(session_record(sets=(one,)), id=name))
            os.write(told, f"session {name}\n".encode())
            store.add_pain("robin", PainRating(BEGAN, Moment.BEFORE, 3, (name,)))
            os.write(told, f"pain {name}\n".encode())
            newest = store.prescription("robin")
            based_on = newest.revision if newest else 0
            store.save_prescription("robin", PrescriptionDraft(name, "5e1f", based_on, "Dr E"))
            os.write(told, f"prescription {name}\n".encode())


def killed(folder, after_s, *, waits):
    """Return what a writer had told before it was killed.

    With ``waits`` the time begins when it has saved something: the machine may be busy.
    """
    heard, told = os.pipe()
    writer = os.fork()
    if writer == 0:
        try:
            write(folder, told)
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    os.close(told)
    first = os.read(heard, 1) if waits else b""
    time.sleep(after_s)
    os.kill(writer, signal.SIGKILL)
    _, status = os.waitpid(writer, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, "it ended by itself"
    with os.fdopen(heard, "rb") as lines:
        return [line.split() for line in (first + lines.read()).decode().splitlines()]


def found(folder):
    """Return what is in a store, by kind, and what is wrong with it."""
    with Store.open(folder) as store:
        there = {
            "session": {line.id for line in store.sessions("robin")},
            "pain": {rating.words[0] for rating in store.pain("robin")},
            "prescription": {one.toml for one in store.prescriptions("robin")},
        }
        return there, [*store.problems, *store.check()]


def main():
    """Go through as many rounds as asked for, in a folder, with a seed."""
    parent, n_rounds, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    moments = random.Random(seed)
    saved = []
    for number in range(n_rounds):
        if number % NEW_STORE_EVERY == 0:
            saved = []
        folder = parent / f"store-{number // NEW_STORE_EVERY}"
        saved += killed(folder, moments.uniform(0, LONGEST_S), waits=number % 2 == 1)
        there, problems = found(folder)
        lost = [name for kind, name in saved if name not in there[kind]]
        print(json.dumps({"saved": len(saved), "lost": lost, "problems": problems}))  # noqa: T201


if __name__ == "__main__":
    main()
