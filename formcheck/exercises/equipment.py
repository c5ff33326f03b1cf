"""What an exercise needs beside room and a camera."""

import enum


class Equipment(enum.StrEnum):
    """Something that has to be at hand before one begins."""

    CHAIR = "chair"
    WALL = "wall"
    BAND = "band"
    MAT = "mat"
    DOORWAY = "doorway"
    STICK = "stick"
