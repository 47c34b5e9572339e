"""Where a key of publication.yaml belongs that is an edition's, or an option of its template."""

from __future__ import annotations

from collections.abc import Mapping

from fascicle.core.model import EditionSettings

_OPTIONS = (
    *(
        "paper",
        "look",
        "columns",
        "measure",
        "typeface",
        "font-size",
        "line-spacing",
        "two-sided",
        "contents",
    ),
    *("running-heads", "line-numbers", "page-total", "colophon"),
)
"""Options of the article that authors look for among the keys of the text."""
_NAMED_OTHERWISE: Mapping[str, str] = {
    "papersize": "paper",
    "fontsize": "font-size",
    "linestretch": "line-spacing",
    "mainfont": "typeface",
    "toc": "contents",
    "linenumbers": "line-numbers",
}
"""What other programs call them."""


def edition_hint(key: str, value: object) -> str:
    """What to write instead of a key at the head of publication.yaml; empty when it is no edition's."""
    option = _NAMED_OTHERWISE.get(key, key)
    given = str(value).lower() if isinstance(value, bool) else value if isinstance(value, str | int) else "…"
    if option in _OPTIONS:
        shown = "…" if key == "mainfont" else given
        return (
            f"it is an option of an edition; write editions: {{screen: {{options: {{{option}: {shown}}}}}}}"
        )
    if key in {(field.alias or name) for name, field in EditionSettings.model_fields.items()}:
        return f"it belongs to an edition; write editions: {{screen: {{{key}: {given}}}}}"
    return ""
