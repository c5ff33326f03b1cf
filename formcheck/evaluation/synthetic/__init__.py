"""How right formcheck is on people who do not exist, put down as one page.

Two kinds of them: landmarks that err as the engine's do, in thousands of sessions, say what the
rules can do; rendered clips that the engine itself has looked at say what the whole does. Neither
says how accurate formcheck is on people.
"""
