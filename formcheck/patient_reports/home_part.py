"""What somebody goes on with at home, and when to come back."""

from collections.abc import Iterator

from formcheck.patient_reports.document import (
    Block,
    Bullets,
    Column,
    Kind,
    Paragraph,
    Section,
    Table,
)
from formcheck.patient_reports.programme_part import planned
from formcheck.patient_reports.weeks_material import WeeksMaterial
from formcheck.patient_reports.words import ReportWords
from formcheck.prescription.model import PlannedSession
from formcheck.prescription.red_flags import Level, red_flags
from formcheck.prescription.session_order import in_order
from formcheck.prescription.stop_rules import stop_table


def home_programme(material: WeeksMaterial, words: ReportWords) -> Section:
    """Return the sessions as they are done now: heat, stretching, then strengthening; and how."""
    prescription = material.prescription
    sessions = [_ordered(one, words) for one in prescription.sessions_now]
    blocks: list[Block] = [Paragraph(words.say("home_explained"))]
    for session in sessions:
        blocks += planned(session, prescription, words)
    rise = stop_table().limits.rise
    blocks.append(Paragraph(words.say("home_stop", rise=rise, limit=prescription.pain_limit)))
    done = dict.fromkeys(item.exercise for session in sessions for item in session.items)
    blocks += [_how(one, words) for one in done if one in words.exercises]
    return Section(words.say("home"), tuple(blocks))


def come_back(words: ReportWords) -> Section:
    """Return the warning signs with what to do about each, the most urgent first."""
    urgency = list(Level)
    flags = sorted(red_flags().values(), key=lambda one: urgency.index(one.level))
    rows = tuple((words.told(one.question), words.told(one.what_to_do)) for one in flags)
    columns = (Column(words.say("if_yes"), Kind.WIDE), Column(words.say("what_to_do")))
    return Section(words.say("come_back"), (Table(words.say("come_back_caption"), columns, rows),))


def expected(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    """Yield what people with such pain can expect, as averages."""
    yield Bullets(tuple(words.told(one) for one in material.weeks.expectations))


def _ordered(session: PlannedSession, words: ReportWords) -> PlannedSession:
    """Return a session in clinical order; as it is where an exercise is not known."""
    ids = [item.exercise for item in session.items]
    if not set(ids) <= words.exercises.keys():
        return session
    order = list(dict.fromkeys(in_order(list(dict.fromkeys(ids)), words.exercises)))
    items = sorted(session.items, key=lambda item: order.index(item.exercise))
    return session.model_copy(update={"items": tuple(items)})


def _how(exercise_id: str, words: ReportWords) -> Section:
    said = words.texts.exercise(words.exercises[exercise_id])
    steps = tuple(line.strip() for line in said.instructions.splitlines() if line.strip())
    blocks: tuple[Block, ...] = (Bullets(steps, is_ordered=len(steps) > 1),)
    return Section(said.name, blocks, is_part=True)
