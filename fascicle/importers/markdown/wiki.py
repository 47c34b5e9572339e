"""What Obsidian and Zettlr write beside Pandoc's Markdown, and CriticMarkup."""

from __future__ import annotations

import re

from fascicle.importers.markdown.outside_code import outside_code
from fascicle.importers.report import Report

_EMBED = re.compile(r"!\[\[([^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|([^\[\]\n]*))?\]\]")
_WIKI = re.compile(r"(?<!!)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|pdf|webp|bmp|tiff?)$", re.IGNORECASE)
_CALLOUT = re.compile(r"^(>[ \t]*)\[!([\w-]+)\][+-]?[ \t]*(.*)$", re.MULTILINE)
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_MARKED = re.compile(r"(?<![=\w])==(?=\S)([^=\n]+?)(?<=\S)==(?![=\w])")
_BLOCK_NAME = re.compile(r"(?<![ \t])[ \t]++\^[A-Za-z0-9-]++[ \t]*+$", re.MULTILINE)
_TOC = re.compile(r"^[ \t]*(?:\[TOC\]|\[\[toc\]\]|\[\[_TOC_\]\])[ \t]*$", re.IGNORECASE | re.MULTILINE)
_CRITIC = re.compile(
    r"\{\+\+(?P<added>(?:(?!\{\+\+).)*?)\+\+\}|\{--(?P<deleted>(?:(?!\{--).)*?)--\}|"
    r"\{~~(?P<old>(?:(?!\{~~|~>).)*?)~>(?P<new>(?:(?!\{~~).)*?)~~\}|\{>>(?P<said>(?:(?!\{>>).)*?)<<\}|"
    r"\{==(?P<marked>(?:(?!\{==).)*?)==\}",
    re.DOTALL,
)


def is_wiki(text: str) -> bool:
    """Whether a text has links of a wiki."""
    return bool(_WIKI.search(text) or _EMBED.search(text) or _CALLOUT.search(text))


def wiki(text: str, report: Report) -> str:
    """Links of wikis as what they print, embedded pictures as pictures, callouts as quotations."""

    def embed(found: re.Match[str]) -> str:
        name, words = found[1].strip(), (found[2] or "").strip()
        if not _PICTURE.search(name):
            report.left_out("a note embedded in the text", name)
            return ""
        width = re.fullmatch(r"(\d+)(?:x\d+)?", words)
        braces = f"{{width={width[1]}px}}" if width else ""
        return f"![{'' if width else words}](<{name}>){braces}"

    def link(found: re.Match[str]) -> str:
        target, words = found[1].strip(), (found[2] or "").strip()
        if target.startswith("@"):
            return f"[{target}]"
        report.changed("a link to another note is its words", target)
        return words or target.rsplit("/", 1)[-1].split("#")[0] or target

    def callout(found: re.Match[str]) -> str:
        report.changed("a box stands as a quotation under its name")
        return f"{found[1]}**{found[3].strip() or found[2].capitalize()}**\n>"

    def marked(found: re.Match[str]) -> str:
        report.left_out("the colour behind words; the words are kept", found[1][:60])
        return found[1]

    def comment(found: re.Match[str]) -> str:
        report.left_out("a comment", " ".join(found[0].strip("% ").split())[:80])
        return ""

    def change(part: str) -> str:
        part = _COMMENT.sub(comment, part)
        part = _WIKI.sub(link, _EMBED.sub(embed, part))
        part = _CALLOUT.sub(callout, part)
        return _MARKED.sub(marked, _BLOCK_NAME.sub("", part))

    return outside_code(text, change)


def without_toc(text: str, report: Report) -> str:
    """The text without the place of a table of contents, which templates print."""
    if _TOC.search(text):
        report.left_out("the place of the table of contents, which the template prints")
    return _TOC.sub("", text)


def criticised(text: str, changes: str, report: Report) -> str:
    """CriticMarkup accepted, rejected or kept as comments."""
    if not _CRITIC.search(text):
        return text

    def change(found: re.Match[str]) -> str:
        report.read_as(
            f"CriticMarkup: {'kept as comments' if changes == 'keep' else changes + 'ed'}", found[0][:60]
        )
        if found["said"] is not None:
            return f"<!-- {found['said'].strip()} -->" if changes == "keep" else ""
        if found["marked"] is not None:
            return found["marked"]
        old = found["old"] if found["old"] is not None else found["deleted"] or ""
        new = found["new"] if found["new"] is not None else found["added"] or ""
        if changes == "reject":
            return old
        return f"{new}<!-- was: {old} -->" if changes == "keep" and old else new

    return outside_code(text, lambda part: _CRITIC.sub(change, part))
