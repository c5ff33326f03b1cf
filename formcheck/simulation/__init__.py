"""People who do not exist, doing exercises: truth that is known because we made it.

A skeleton takes a posture (anatomical joint angles, contacts held by inverse kinematics), a
performance moves it through keyframes, a camera projects it. The truth is read off the posed
skeleton and shares no code with the measures and the analysis that it judges.
"""
