"""The Roland-Morris questionnaire as it was published, and what somebody answered."""

from formcheck.exchange.fhir.entries import Entries
from formcheck.exchange.fhir.vocabulary import URN, Resource
from formcheck.prescription.questionnaires import RolandMorris, roland_morris
from formcheck.store import OutcomeScore

_URL = f"{URN}:questionnaire:roland-morris"


def roland_morris_response(entries: Entries, subject: Resource, one: OutcomeScore) -> Resource:
    """Add the answers behind a score, and the questionnaire itself; return a reference to them.

    Parameters
    ----------
    one
        Its answers are the numbers of the sentences that describe the patient on that day.
    """
    said = roland_morris()
    entries.add("roland-morris", _questionnaire(said))
    ticked = set(one.answers)
    return entries.add(
        f"{one.day}/{sorted(ticked)}",
        {
            "resourceType": "QuestionnaireResponse",
            "questionnaire": _URL,
            "status": "completed",
            "subject": subject,
            "authored": str(one.day),
            "item": [
                {
                    "linkId": str(number),
                    "text": text,
                    "answer": [{"valueBoolean": number in ticked}],
                }
                for number, text in enumerate(said.items, start=1)
            ],
        },
    )


def _questionnaire(said: RolandMorris) -> Resource:
    return {
        "resourceType": "Questionnaire",
        "language": said.language,
        "url": _URL,
        "title": "Roland-Morris Disability Questionnaire",
        "status": "active",
        "description": said.instructions.strip(),
        "copyright": said.source,
        "item": [
            {"linkId": str(number), "text": text, "type": "boolean"}
            for number, text in enumerate(said.items, start=1)
        ],
    }
