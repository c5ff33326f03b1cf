"""A session that nobody did, as the session page is told of it: what it shows can be known before.

Fifteen minutes, six exercises, fourteen sets, five faults; corrections are kept as the contract
of the questions says, in the plainest way.
"""

import math
from copy import deepcopy

from tests.web.review.made_up_sets import fault, hold, made_up_sets, repetition

ID = "20260302T083000Z-000001"
PERSON = "robin"
WHO = "Dr Example"
WHEN = "2026-03-03T09:00:00+00:00"
_SUBJECTS = {"repetition": "repetitions", "hold": "holds", "fault": "faults"}


class MadeUpSession:
    """What the questions of the session page are answered from.

    Attributes
    ----------
    said
        Every correction that was sent, in order.
    kept
        The numbers that were kept for the person.
    """

    def __init__(self, session_id=ID, *, has_video=False, previous=None):
        self.id, self.has_video = session_id, has_video
        self._previous = previous
        self.said, self.kept, self.signed_off = [], [], None
        self.comments = []
        self.sets = made_up_sets()
        self._machine = deepcopy(self.sets)

    def session(self):
        """Return the whole session."""
        return {
            "id": self.id,
            "person": PERSON,
            "started": "2026-03-02T08:30:00+00:00",
            "duration_s": 905.0,
            "end": "finished",
            "prescription_revision": 3,
            "heat_minutes": None,
            "signed_off": self.signed_off,
            "pain": [
                {
                    "time": "2026-03-02T08:30:00+00:00",
                    "moment": "before",
                    "value": 3,
                    "words": [],
                    "exercise": None,
                },
                {
                    "time": "2026-03-02T08:45:00+00:00",
                    "moment": "after",
                    "value": 4,
                    "words": ["dull"],
                    "exercise": None,
                },
            ],
            "rules_applied": [],
            "unnamed": [{"start_s": 70.0, "end_s": 90.0, "says": "something else"}],
            "instead": [],
            "has_video": self.has_video,
            "comments": self.comments,
            "sets": [self._shown(one) for one in self.sets],
            "previous": self._previous,
            "next": None,
        }

    def correct(self, name, told):
        """Take a correction of a set and return the set."""
        one = self.set_named(name)
        number = len(self.said) + 1
        self.said.append({**told, "set": name})
        entry = {
            "number": number,
            "subject": told["subject"],
            "kind": told["kind"],
            "target": told.get("number"),
            "before": None,
            "after": told.get("after"),
            "who": WHO,
            "time": WHEN,
            "comment": told.get("comment", ""),
            "is_withdrawn": False,
        }
        one["corrections"].append(entry)
        self._lay(one)
        return self._shown(one)

    def withdraw(self, number):
        """Withdraw a correction and return its set."""
        for one in self.sets:
            for entry in one["corrections"]:
                if entry["number"] == number:
                    entry["is_withdrawn"] = True
                    self._lay(one)
                    return self._shown(one)
        return None

    def accept_rest(self):
        """Accept whatever nobody has said anything about."""
        for one in self.sets:
            for subject, plural in _SUBJECTS.items():
                for item in one[plural]:
                    if item["status"] == "machine":
                        told = {"subject": subject, "number": item["number"], "kind": "accepted"}
                        self.correct(one["name"], told)
        return self.session()

    def judged(self, exercise, numbers):
        """Return the sets with other numbers: a repetition counts that goes at least so far."""
        least = numbers[0]["value"]
        sets = deepcopy([one for one in self._machine if one["exercise"] == exercise])
        before = _counts(sets)
        for one in sets:
            one["repetitions"] = [
                item for item in one["repetitions"] if item["peak_value"] >= least
            ]
        return {"sets": sets, "before": before, "now": _counts(sets), "took_s": 0.01}

    def set_named(self, name):
        """Return a set, as the corrections that stand have it."""
        return next(one for one in self.sets if one["name"] == name)

    def _lay(self, one):
        """Lay the corrections that stand over what the machine says."""
        machine = next(other for other in self._machine if other["name"] == one["name"])
        for plural in _SUBJECTS.values():
            one[plural] = deepcopy(machine[plural])
        one["comments"] = []
        for entry in one["corrections"]:
            if not entry["is_withdrawn"]:
                _lay_one(one, entry)

    def _shown(self, one):
        machine = next(other for other in self._machine if other["name"] == one["name"])
        return {**one, "machine": _counts([machine]), "now": _counts([one])}


def _counts(sets):
    standing = {
        plural: [item for one in sets for item in one[plural] if item["status"] != "rejected"]
        for plural in _SUBJECTS.values()
    }
    return {
        "n_repetitions": len(standing["repetitions"]),
        "n_with_faults": sum(bool(item["faults"]) for item in standing["repetitions"]),
        "held_s": sum(item["held_s"] for item in standing["holds"]),
        "n_faults": len(standing["faults"]),
    }


def _lay_one(one, entry):
    plural = _SUBJECTS.get(entry["subject"])
    after = entry["after"] or {}
    if entry["kind"] == "comment":
        comment = {key: entry[key] for key in ("number", "who", "time")}
        one["comments"].append({**comment, "at_s": after.get("at_s"), "text": entry["comment"]})
    elif entry["kind"] == "added" and plural:
        template = fault("x", "", "error", 1, math.nan, math.nan) if plural == "faults" else None
        template = template or (repetition(1, "") if plural == "repetitions" else hold())
        blank = {key: None for key, value in template.items() if isinstance(value, float)}
        says = {kind["name"]: kind["says"] for kind in one["fault_kinds"]}
        named = {"says": says.get(after.get("name"), "")} if plural == "faults" else {"faults": []}
        made = {"key": f"added-{entry['number']}", "number": None, "status": "added"}
        one[plural].append({**template, **blank, **named, **after, **made})
    elif plural:
        for item in one[plural]:
            if item["number"] == entry["target"]:
                item.update(status=entry["kind"])
                if entry["kind"] == "relabelled":
                    item.update(after)
