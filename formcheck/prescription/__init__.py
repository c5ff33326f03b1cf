"""What a therapist asks of one patient, and the clinical rules that it is checked against.

Pure: no clock, no file, no picture; dates are given. A prescription resolves into exercises with
this patient's numbers, which is all that the analysis is told.
"""
