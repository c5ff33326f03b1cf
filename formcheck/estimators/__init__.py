"""Pose engines: pictures in, landmarks out, behind one protocol.

The engine never runs in the program that uses it. ``process.py`` starts ``worker.py`` with an
environment of its own, so that a native crash costs one process and not the session, and so
that the engine's reports of its use cannot leave the machine.
"""
