"""The questions of the session page, answered from a made-up session."""

import math
import struct
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Body, Response
from fastapi.responses import FileResponse, JSONResponse

from tests.people import SAMPLES, SIZES_PX, poses
from tests.web.review.made_up_session import PERSON, WHEN, WHO
from tests.web.review.made_up_sets import SET_S

Told = Annotated[dict, Body()]


def made_up_router(made_up):
    """Return the questions of the session page, answered from a made-up session."""
    router = APIRouter()
    base = f"/api/review/sessions/{made_up.id}"

    @router.get(base)
    def session():
        return made_up.session()

    @router.post(f"{base}/accept-rest")
    def accept_rest():
        return made_up.accept_rest()

    @router.post(f"{base}/sign-off")
    def sign_off(told: Told):
        made_up.signed_off = {"who": WHO, "time": WHEN, "comment": told["comment"]}
        return made_up.session()

    @router.post(f"{base}/corrections/{{number}}/withdraw")
    def withdraw(number: int):
        return made_up.withdraw(number)

    @router.post(f"{base}/sets/{{name}}/corrections")
    def correct(name: str, told: Told):
        return made_up.correct(name, told)

    _add_what_is_seen(router, base, made_up)
    _add_thresholds(router, base, made_up)
    return router


def _add_what_is_seen(router, base, made_up):
    @router.get(f"{base}/sets/{{name}}/curves")
    def curves(name: str):
        return _curves(made_up.set_named(name))

    @router.get(f"{base}/sets/{{name}}/poses")
    def stream(name: str):
        return Response(
            pose_bytes(_clip_of(name), made_up.set_named(name)["started_s"]),
            media_type="application/octet-stream",
        )

    @router.get(f"{base}/sets/{{name}}/video")
    def video(name: str):
        """Return the rendered clip for the first set; there is none of the others."""
        if made_up.has_video and name == made_up.sets[0]["name"]:
            return FileResponse(SAMPLES / f"{_clip_of(name)}.mp4", media_type="video/mp4")
        return JSONResponse({"says": "no video was kept of this set"}, 404)


def _add_thresholds(router, base, made_up):
    @router.get(f"{base}/thresholds/{{exercise}}")
    def thresholds(exercise: str):
        return {"exercise": exercise, "name": exercise, "numbers": _numbers()}

    @router.post(f"{base}/thresholds/{{exercise}}")
    def judged(exercise: str, told: Told):
        return made_up.judged(exercise, told["numbers"])

    @router.post(f"/api/review/people/{PERSON}/thresholds/{{exercise}}")
    def keep(exercise: str, told: Told):
        made_up.kept.append((exercise, told["numbers"]))
        return {"says": "Part of the draft."}

    @router.get(f"/api/review/people/{PERSON}/agreement")
    def agreement():
        faults = [one for one in made_up.said if one["subject"] == "fault"]
        n_agreed = sum(one["kind"] == "accepted" for one in faults)
        told = {"exercise": "glute_bridge", "name": "Glute bridge", "interval": [0.4, 0.9]}
        share = n_agreed / len(faults) if faults else None
        return [{**told, "n_reviewed": len(faults), "n_agreed": n_agreed, "share": share}]


def pose_bytes(clip, begin_s=0.0, n=int(SET_S * 25)):
    """Return a clip, gone round until the set is over, as the page reads poses."""
    seen = [pose for _, pose in poses(clip)]
    chosen = [seen[k % len(seen)] for k in range(n)]
    image = np.array([np.column_stack((one.image, one.visibility)) for one in chosen], "<f4")
    world = np.array([one.world for one in chosen], "<f4")
    times = (begin_s + np.arange(n) / 25).astype("<f4")
    head = struct.pack("<3I", n, *SIZES_PX[clip])
    return b"".join((head, times.tobytes(), image.tobytes(), world.tobytes()))


def _clip_of(name):
    return name.split("-", 2)[2]


def _numbers():
    return [
        {
            "name": "target",
            "label": "Least lift that counts",
            "unit": "deg",
            "value": 20.0,
            "in_the_file": 20.0,
            "prescribed": None,
            "expected_error": 3.0,
        },
        {
            "name": "drops.min",
            "label": "Shortest way down",
            "unit": "s",
            "value": 1.0,
            "in_the_file": 1.0,
            "prescribed": 1.2,
            "expected_error": None,
        },
    ]


def _curves(one):
    begin_s = one["started_s"]
    times = [begin_s + k / 12.5 for k in range(int(SET_S * 12.5))]
    values = [None if 41 < time - begin_s < 43.6 else 4.0 + _risen(one, time) for time in times]
    bend = [
        90 - 1.2 * (value or 0) + 2 * math.sin(time)
        for value, time in zip(values, times, strict=True)
    ]
    return {
        "times_s": times,
        "curves": [
            {
                "measure": "hip_lift",
                "side": None,
                "label": "Lift of the hips",
                "unit": "deg",
                "expected_error": 3.0,
                "is_primary": True,
                "values": values,
                "thresholds": [{"name": "target", "value": 25.0}],
            },
            {
                "measure": "knee_flexion",
                "side": "left",
                "label": "Bend of the knee",
                "unit": "deg",
                "expected_error": 5.0,
                "is_primary": False,
                "values": bend,
                "thresholds": [],
            },
        ],
    }


def _risen(one, time_s):
    for item in one["repetitions"]:
        if item["start_s"] is not None and item["start_s"] <= time_s <= item["end_s"]:
            share = (time_s - item["start_s"]) / (item["end_s"] - item["start_s"])
            return ((item["peak_value"] or 20) - 4) * math.sin(math.pi * share) ** 2
    is_held = one["is_hold"] and 3 <= time_s - one["started_s"] <= 38
    return 24.0 if is_held else 0.0
