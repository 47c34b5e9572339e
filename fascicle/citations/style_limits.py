"""What a style cannot do, told where it is asked for: words in a language, pages."""

from __future__ import annotations

from collections.abc import Sequence

from fascicle.citations.citation_order import Use
from fascicle.citations.engine.engine import CslEngine
from fascicle.citations.styles import locales
from fascicle.citations.styles.styles import CitationStyle
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector


def tell_language(engine: CslEngine, problems: Collector) -> None:
    """A language in which styles have no words."""
    if not locales.known(engine.language):
        message = f"citation styles have no words in the language '{engine.language}'"
        hint = "what they add to your records, such as 'edited by', is printed in English"
        problems.add(Code.CITATION_LANGUAGE, message, engine.span, hint)


def tell_locators(style: CitationStyle, uses: Sequence[Use], problems: Collector) -> None:
    """Pages that a style leaves out."""
    lost = [one for use in uses for one in use.cite.citations if one.locator.strip()]
    if lost and not style.locators:
        more = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
        message = f"the citation style '{style.name}' prints no pages: '{lost[0].locator}' is left out{more}"
        problems.add(
            Code.LOCATOR_LEFT_OUT, message, lost[0].span, "write them into the sentence where they matter"
        )
