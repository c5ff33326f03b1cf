"""The sets of the made-up session: what was done in them, and what was wrong."""

SET_S, REST_S = 44.0, 20.0
_TIMES = {"start_s", "peak_s", "end_s", "time_s", "evidence_s"}
_EXERCISES = (
    ("glute_bridge", "Glute bridge", 3, False),
    ("bird_dog", "Bird dog", 3, False),
    ("cat_cow", "Cat-cow", 2, False),
    ("sit_to_stand", "Sit to stand", 2, False),
    ("front_plank", "Front plank", 2, True),
    ("side_bend", "Side bend", 2, False),
)
# Which set has which fault in which repetition.
_FAULTS = {
    (0, 1): ("not_high_enough", "The hips do not reach the line.", "error", 8, 22.0, 25.0),
    (1, 2): ("leg_too_high", "The leg rises too high.", "error", 4, 31.0, 20.0),
    (3, 1): ("drops", "The way down is a drop.", "advice", 3, 0.6, 1.0),
    (4, 1): ("hips_sag", "The hips sag.", "error", 1, 17.0, 12.0),
    (5, 2): ("leans_forward", "The trunk leans forward.", "advice", 6, 14.0, 12.0),
}


def made_up_sets():
    """Return the sets of the session, as the machine sees them."""
    sets, at_s = [], 10.0
    for step, (_, _, n_sets, _) in enumerate(_EXERCISES):
        for number in range(1, n_sets + 1):
            sets.append(_later(_set(len(sets) + 1, step, number, at_s), at_s))
            at_s += SET_S + REST_S
    return sets


def _later(told, by_s):
    """Return what is told of a set with its times on the clock of the session."""
    if isinstance(told, list):
        return [_later(one, by_s) for one in told]
    if not isinstance(told, dict):
        return told
    return {
        key: value + by_s if key in _TIMES else _later(value, by_s) for key, value in told.items()
    }


def _set(index, step, number, at_s):
    exercise, name, _, is_hold = _EXERCISES[step]
    repetitions = [] if is_hold else [repetition(k, exercise) for k in range(1, 11)]
    holds = [hold()] if is_hold else []
    faults = []
    if (step, number) in _FAULTS:
        faults = [fault(*_FAULTS[step, number])]
        for item in repetitions[_FAULTS[step, number][3] - 1 :][:1] or holds:
            item["faults"] = [faults[0]["name"]]
    kinds = [{"name": one[0], "says": one[1]} for one in _FAULTS.values()]
    return {
        "name": f"set-{index:02d}-{exercise}",
        "exercise": exercise,
        "exercise_name": name,
        "is_hold": is_hold,
        "step_index": step,
        "set_number": number,
        "dose": {"sets": 2, "repetitions": None if is_hold else 10, "hold_s": 30 * is_hold or None},
        "end": "done",
        "started_s": at_s,
        "duration_s": SET_S,
        "video_start_s": at_s,
        "outcome": "held" if is_hold else "counted",
        "basis": "exercise_file",
        "n_frames": 1100,
        "n_frames_with_person": 1080,
        "assessed_share": 0.94,
        "repetitions": repetitions,
        "holds": holds,
        "attempts": [_attempt()] if step == 2 else [],
        "faults": faults,
        "checks": [
            _check("not_high_enough", len(faults)),
            _check("rushes", 0),
            {**_check("arches", 0), "status": "not_assessed", "reason": "The view is wrong."},
        ],
        "abstentions": [{"start_s": 41.0, "end_s": 43.6, "says": "Nobody is in view."}]
        if number == 2
        else [],
        "fault_kinds": kinds,
        "comments": [],
        "corrections": [],
    }


def repetition(number, exercise):
    """Return a repetition; the eighth of a set stays low."""
    side = ("left", "right")[number % 2] if exercise in {"bird_dog", "side_bend"} else None
    start_s = 0.6 + 4.0 * (number - 1)
    return {
        "key": f"repetition-{number}",
        "number": number,
        "status": "machine",
        "side": side,
        "start_s": start_s,
        "peak_s": start_s + 1.4,
        "end_s": start_s + 3.4,
        "start_value": 4.0,
        "peak_value": 22.0 if number == 8 else 27.0 + number % 3,
        "target": 25.0,
        "reached": 0.85 if number == 8 else 1.1,
        "faults": [],
        "comment": "",
    }


def hold():
    """Return a hold."""
    return {
        "key": "hold-1",
        "number": 1,
        "status": "machine",
        "side": None,
        "start_s": 3.0,
        "end_s": 38.0,
        "held_s": 33.5,
        "n_breaks": 1,
        "faults": [],
    }


def _attempt():
    return {
        "start_s": 41.0,
        "peak_s": 42.0,
        "time_s": 43.0,
        "side": None,
        "peak_value": 11.0,
        "target": 25.0,
        "reached": 0.35,
    }


def fault(name, says, severity, number, value, threshold):
    """Return a fault of a repetition."""
    start_s = 0.6 + 4.0 * (number - 1)
    return {
        "key": "fault-1",
        "number": 1,
        "status": "machine",
        "name": name,
        "says": says,
        "cue": "Lift until knees, hips and shoulders line up.",
        "severity": severity,
        "measure": "hip_lift",
        "measure_label": "Lift of the hips",
        "value": value,
        "threshold": threshold,
        "unit": "deg",
        "expected_error": 3.0,
        "phase": "effort",
        "body_part": "hip",
        "side": None,
        "start_s": start_s + 0.8,
        "end_s": start_s + 2.4,
        "evidence_s": start_s + 1.4,
        "observability": "good",
    }


def _check(name, n_found):
    return {
        "name": name,
        "says": {"rushes": "The movement is hurried.", "arches": "The back arches."}.get(
            name, "The hips do not reach the line."
        ),
        "status": "found" if n_found else "nothing_wrong_seen",
        "n_found": n_found,
        "assessed_share": 0.9,
        "reason": "",
    }
