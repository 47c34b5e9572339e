"""What Quarto and bookdown write beside Pandoc's Markdown.

Shortcodes, includes, references in their own spelling.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fascicle.importers.markdown.outside_code import outside_code
from fascicle.importers.report import Report

Include = Callable[[str], "str | None"]
"""The text of a file named in an include; None when it is not there."""
_SHORTCODE = re.compile(r"\{\{<\s*(/?[\w-]+)\s*(.*?)\s*>\}\}", re.DOTALL)
_DEEPEST = 20
_CAPTION = re.compile(r"^([ \t]*(?:Table)?:[ \t]*)(.*?)\(\\#(tab:[\w-]+)\)[ \t]*(.*)$", re.MULTILINE)
_TEXT_REFERENCE = re.compile(r"^\(ref:([\w-]+)\)[ \t]+(.+?)[ \t]*$", re.MULTILINE)


def with_includes(text: str, include: Include, report: Report, depth: int = 0) -> str:
    """The text with the files that it includes; other shortcodes are told."""

    def change(found: re.Match[str]) -> str:
        name, arguments = found[1], found[2].strip("\"' ")
        if name == "include":
            inner = include(arguments) if depth < _DEEPEST else None
            if inner is None:
                report.left_out("a file that is included and is not beside the source", arguments)
                return ""
            return "\n" + with_includes(inner, include, report, depth + 1) + "\n"
        if name in ("meta", "var", "env"):
            report.verify("a value from elsewhere stands as its name", arguments)
            return f"`{arguments}`"
        if name not in ("pagebreak", "br", "lipsum"):
            report.left_out(f"the shortcode {name}", arguments[:80])
        return ""

    return _SHORTCODE.sub(change, text)


def bookdown(text: str) -> str:
    r"""`\@ref(fig:x)`, `(\#eq:x)` and `(ref:x)` in Pandoc's spelling."""
    meant = dict(_TEXT_REFERENCE.findall(text))
    text = _TEXT_REFERENCE.sub("", text) if meant else text
    for name, words in meant.items():
        text = text.replace(f"(ref:{name})", words)
    text = _CAPTION.sub(r"\1\2\4 {#\3}", text)
    text = re.sub(r"\(\\#(eq:[\w-]+)\)", r"\\label{\1}", text)
    return outside_code(text, lambda part: re.sub(r"\\@ref\(([\w:.-]+)\)", r"`\\ref{\1}`{=tex}", part))
