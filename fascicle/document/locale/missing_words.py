"""Tells when the program has no words in the language of a publication."""

from __future__ import annotations

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import Publication
from fascicle.document.locale.words import has_words, languages


def tell_missing_words(publication: Publication, problems: Collector) -> None:
    """A note at `language:` when English words are printed in its place."""
    language = publication.data.language
    if has_words(language):
        return
    message = f"the program has no words in the language '{language}': 'Figure', 'References' and others are English"
    hint = f"it has them in {', '.join(sorted(languages()))}; CONTRIBUTING.md says how one is added"
    problems.add(Code.UNTRANSLATED_WORDS, message, publication.places.of("language"), hint)
