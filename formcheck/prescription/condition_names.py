"""What clinicians call the conditions that speak against exercises.

Each says how far it reaches, as the patient is asked (``health_condition`` of the texts): an
operation counts for twelve weeks, a pregnancy from its twentieth.
"""

from collections.abc import Mapping
from types import MappingProxyType

from formcheck.exercises.contraindications import HealthCondition

CLINICAL_NAMES: Mapping[HealthCondition, str] = MappingProxyType(
    {
        HealthCondition.OSTEOPOROSIS_OR_VERTEBRAL_FRACTURE: "osteoporosis or a vertebral fracture",
        HealthCondition.RECENT_SURGERY: (
            "surgery of spine, abdomen or shoulder in the last 12 weeks"
        ),
        HealthCondition.SPONDYLOLISTHESIS_SYMPTOMATIC: "symptomatic spondylolisthesis",
        HealthCondition.SPINAL_STENOSIS: "spinal stenosis",
        HealthCondition.EXTENSION_INTOLERANT: "pain that extension makes worse",
        HealthCondition.ACUTE_DISC_FLEXION_INTOLERANT: (
            "an acute disc herniation, or pain that flexion makes worse"
        ),
        HealthCondition.MYELOPATHY: "myelopathy, or a suspicion of it",
        HealthCondition.CERVICAL_INSTABILITY: (
            "cervical instability (rheumatoid arthritis, injury, Down syndrome)"
        ),
        HealthCondition.RIB_FRACTURE: "a recent rib fracture",
        HealthCondition.PREGNANCY_LATE: "pregnancy from about week 20",
        HealthCondition.UNCONTROLLED_HYPERTENSION: (
            "uncontrolled hypertension or unstable heart disease"
        ),
        HealthCondition.GLAUCOMA: "glaucoma or a retinal disease",
        HealthCondition.VERTIGO: "dizziness, or vertigo with head movements",
        HealthCondition.BALANCE_IMPAIRMENT: "falls or impaired balance",
        HealthCondition.SHOULDER_INSTABILITY_OR_IMPINGEMENT: (
            "shoulder instability, impingement or a recent injury"
        ),
        HealthCondition.WRIST_PAIN: "pain in wrist or hand when leaning on it",
        HealthCondition.KNEE_PAIN_KNEELING: "knee pain when kneeling or bending far",
        HealthCondition.HIP_ARTHROPLASTY_RECENT: "a hip replacement in the last 12 weeks",
        HealthCondition.ABDOMINAL_SURGERY_OR_HERNIA: (
            "abdominal surgery in the last 12 weeks, or a hernia"
        ),
        HealthCondition.DIASTASIS: "diastasis of the abdominal muscles",
    }
)
