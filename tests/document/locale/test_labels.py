"""Words of title block and colophon, and dates."""

from __future__ import annotations

from datetime import date

import pytest

from fascicle.document.locale.dates import long_date
from fascicle.document.locale.labels import labels
from fascicle.document.locale.quotation_marks import quotes

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("en-GB", "23 November 2026"), ("en-US", "November 23, 2026"), ("de-AT", "23. November 2026")),
        *(("fr", "23 novembre 2026"), ("es", "23 de noviembre de 2026"), ("zh-Hans", "2026年11月23日")),
        *(("pt-BR", "23 de novembro de 2026"), ("ja", "2026年11月23日"), ("tlh", "23 November 2026")),
        *(("en-CA", "23 November 2026"), ("ca", "23 de novembre del 2026"), ("yue", "2026年11月23日")),
    ],
)
def test_dates(language: str, text: str) -> None:
    assert long_date(DAY, language) == text


def test_the_first_of_a_month() -> None:
    assert long_date(date(2026, 3, 1), "fr") == "1er mars 2026"
    assert long_date(date(2026, 3, 1), "en-GB") == "1 March 2026"
    assert long_date(date(2026, 1, 1), "it") == "1º gennaio 2026"
    assert long_date(date(2026, 1, 1), "de-AT") == "1. Jänner 2026"


@pytest.mark.parametrize("language", ["en", "en-US", "de", "fr", "es", "it", "pt", "nl", "zh", "zh-TW", "ja"])
def test_every_language_has_all_words(language: str) -> None:
    words = labels(language)
    assert set(words) == set(labels("en"))
    assert all(words.values())


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        *(
            ("en", "“”‘’"),
            ("en-GB", "‘’“”"),
            ("en-AU", "‘’“”"),
            ("en-US", "“”‘’"),
            ("de-AT", "„“‚‘"),
            ("de-CH", "«»‹›"),
        ),
        *(
            ("fr-BE", "«\u202f\u202f»“”"),
            ("fr-CH", "«\u202f\u202f»‹\u202f\u202f›"),
            ("es-MX", "“”‘’"),
            ("no", "«»‘’"),
        ),
        *(("zh-TW", "「」『』"), ("uk", "«»„“"), ("ka", "„“«»"), ("pt-AO", "«»“”"), ("tlh", "“”‘’")),
    ],
)
def test_quotation_marks(language: str, marks: str) -> None:
    assert "".join(quotes(language)) == marks


def test_spelling() -> None:
    assert labels("en-GB")["licence"] == "Licence"
    assert labels("en-US")["licence"] == "License"
