"""The live session in the patient's browser: everything between the page and the core.

The page owns the camera and draws; this package owns the truth. A picture comes in over a
socket, is decoded within bounds (``pictures``), goes through the engine in a thread of its own
(``engine``) and through the session (``live``), and what is to be shown goes back as JSON
(``describing``). Only this computer can reach it, and on it only who holds the address that
formcheck printed (``access``, ``security``).
"""
