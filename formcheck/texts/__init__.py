"""Everything that is said to the patient, in his language: one file a language.

Programs speak in codes; here is what they mean in words. English stands in ``en.toml`` and in
the exercise files; another language has one file with both, and falls back to English.
"""

from formcheck.texts.exercise_texts import ExerciseTexts, FindingTexts, UnseenTexts
from formcheck.texts.language_file import languages
from formcheck.texts.texts import Texts

__all__ = ["ExerciseTexts", "FindingTexts", "Texts", "UnseenTexts", "languages"]
