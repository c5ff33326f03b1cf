"""With which conditions an exercise is not for a person, or only after asking.

They are shown to patient and therapist, who know. Only a prescription says which of them somebody
has: then what it prescribes is checked against them (`formcheck.prescription.safety_checks`). What
each is called in plain words stands with the texts.
"""

import enum

from formcheck.exercises.readings import Record


class HealthCondition(enum.StrEnum):
    """What a person may have that makes some exercises unsafe, or not right yet."""

    OSTEOPOROSIS_OR_VERTEBRAL_FRACTURE = "osteoporosis_or_vertebral_fracture"
    RECENT_SURGERY = "recent_surgery"
    SPONDYLOLISTHESIS_SYMPTOMATIC = "spondylolisthesis_symptomatic"
    SPINAL_STENOSIS = "spinal_stenosis"
    EXTENSION_INTOLERANT = "extension_intolerant"
    ACUTE_DISC_FLEXION_INTOLERANT = "acute_disc_flexion_intolerant"
    MYELOPATHY = "myelopathy"
    CERVICAL_INSTABILITY = "cervical_instability"
    RIB_FRACTURE = "rib_fracture"
    PREGNANCY_LATE = "pregnancy_late"
    UNCONTROLLED_HYPERTENSION = "uncontrolled_hypertension"
    GLAUCOMA = "glaucoma"
    VERTIGO = "vertigo"
    BALANCE_IMPAIRMENT = "balance_impairment"
    SHOULDER_INSTABILITY_OR_IMPINGEMENT = "shoulder_instability_or_impingement"
    WRIST_PAIN = "wrist_pain"
    KNEE_PAIN_KNEELING = "knee_pain_kneeling"
    HIP_ARTHROPLASTY_RECENT = "hip_arthroplasty_recent"
    ABDOMINAL_SURGERY_OR_HERNIA = "abdominal_surgery_or_hernia"
    DIASTASIS = "diastasis"


class ContraindicationKind(enum.StrEnum):
    """How strictly a condition forbids an exercise.

    ``absolute``: not to be done. ``caution``: only after asking the therapist, who may change
    the dose or the way in which it is done.
    """

    ABSOLUTE = "absolute"
    CAUTION = "caution"


class Contraindication(Record):
    """A condition with which an exercise is not done, or only with care."""

    condition: HealthCondition
    kind: ContraindicationKind
