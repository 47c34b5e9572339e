"""More of others' syntax: what other dialects of Markdown add, from Quarto, MyST, bookdown, Obsidian, MkDocs and the web."""

from __future__ import annotations

import re
from functools import lru_cache

from fascicle.document.other_syntax.kinds import KnownIdentifiers, Syntax, Where

_DIVISIONS = (
    r"panel-tabset|panel-input|column-[\w-]+|content-visible|content-hidden|incremental|fragment|aside|tabbed"
)

_TOLD = re.compile(r"^\[([^\[\]\n]+)\]:", re.MULTILINE)


def _tie(match: re.Match[str], _known: KnownIdentifiers) -> str:
    return f"{match[1]}\\ {match[2]}"


def _quoted(match: re.Match[str], _known: KnownIdentifiers) -> str | None:
    return f'"{match[1]}"' if '"' not in match[1] else None


def _formula(match: re.Match[str], _known: KnownIdentifiers) -> str | None:
    inner = match[1].strip()
    return f"${inner}$" if "$" not in inner else None


def _is_undefined(match: re.Match[str], _known: KnownIdentifiers) -> bool:
    """Whether no line tells the address of such a link."""
    return match[1] not in _names_told(match.string)


@lru_cache(maxsize=1)
def _names_told(text: str) -> frozenset[str]:
    return frozenset(_TOLD.findall(text))


DIALECT_KINDS: tuple[Syntax, ...] = (
    Syntax(
        "a formula between backslashes and brackets",
        re.compile(r"\\\((?=(?:[^\n\\]|\\[^()\n])*?(?:[\^_=]|\\[A-Za-z]))((?:[^\n\\]|\\[^()\n])+)\\\)"),
        "write $x^2$ in the line",
        _formula,
    ),
    Syntax(
        "a displayed formula between backslashes and brackets",
        re.compile(r"\\\[(?=(?:[^\\@]|\\[^\[\]@])*?(?:[\^_=]|\\[A-Za-z]))((?:[^\\@]|\\[^\[\]@])+)\\\]"),
        "write $$ and $$ around it, in a paragraph of its own",
    ),
    Syntax(
        "quotation marks of LaTeX",
        re.compile(r"``([^`'\n]+)''"),
        'write "words"',
        _quoted,
        where=Where.ALL,
    ),
    Syntax(
        "a space of LaTeX that does not break",
        re.compile(r"(?<![\w~])([^\W\d_]{2,}\.?)~(\d+)(?![\w.]*~)"),
        "write a backslash and a space: p.\\ 3",
        _tie,
    ),
    Syntax(
        "a reference of Quarto that is not checked",
        re.compile(r"\?@(?:fig|tbl|sec|eq|lst)-[\w-]+"),
        "write @fig:map",
    ),
    Syntax(
        "a division of Quarto",
        re.compile(
            rf"^[ ]{{0,3}}:{{3,}}[ \t]*(?:\{{[^{{}}\n]{{0,300}}\.(?:{_DIVISIONS})\b[^{{}}\n]{{0,300}}\}}|(?:{_DIVISIONS})[ \t]*$)",
            re.MULTILINE,
        ),
        "its text is printed where it stands: take it out, or leave the two lines out",
    ),
    Syntax(
        "text marked for web pages",
        re.compile(r"\]\{[^{}\n]{0,300}\.(?:aside|mark|kbd|button|fragment)\b[^{}\n]{0,300}\}"),
        "its words are printed like any others: write *words*, or a note ^[…]",
    ),
    Syntax(
        "a diagram or query that another program draws",
        re.compile(
            r"^[ ]{0,3}(?:`{3,}|~{3,})[ \t]*\{?(?:mermaid|dot|graphviz|plantuml|tikz|dataview|dataviewjs|query)\b[^\n]*$",
            re.MULTILINE,
        ),
        "save what it draws as a picture in figures/; without that the code is printed",
        where=Where.ALL,
    ),
    Syntax(
        "a role of MyST",
        re.compile(
            r"\{(?!(?:cite|ref|numref|eq|doc|term|math|abbr|sub|sup|download|index)[:}pt])[a-z][\w:-]*\}`[^`\n]+`"
        ),
        "write the words alone, or `…` for code",
        where=Where.CODE,
    ),
    Syntax(
        "a break or target of MyST",
        re.compile(r"^(?:\+\+\+.*|\([\w:-]+\)=)[ \t]*$", re.MULTILINE),
        "leave it out; a heading's label stands in {#sec:name} behind it",
    ),
    Syntax(
        "a text reference or part of bookdown",
        re.compile(r"\(ref:[\w-]+\)|^#[ \t]+\((?:PART|APPENDIX)\\?\*?\)[^\n]*", re.MULTILINE),
        "write the text where it is to stand; parts are sections of their own",
    ),
    Syntax(
        "a comment of Obsidian",
        re.compile(r"%%(?=\S)[^%\n]+?%%"),
        "write <!-- the comment -->",
        lambda match, _known: f"<!-- {match[0][2:-2].strip()} -->" if "--" not in match[0] else None,
    ),
    Syntax(
        "a block's name of Obsidian",
        re.compile(r"(?<=[ \n])\^[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*[ \t]*$", re.MULTILINE),
        "leave it out, or name the heading: {#sec:name}",
    ),
    Syntax(
        "an admonition of MkDocs",
        re.compile(r"^(?:!!!|\?\?\?\+?)[ ]+\w+[^\n]*|^===[ ]+\"[^\"\n]+\"[ \t]*$", re.MULTILINE),
        "write ::: {.callout-note} before the text and ::: after it",
    ),
    Syntax(
        "an abbreviation of another dialect",
        re.compile(r"^\*\[[^\]\n]+\]:[^\n]*", re.MULTILINE),
        "leave it out, and spell the word out where it stands first",
    ),
    Syntax(
        "inserted text",
        re.compile(r"(?<![+\w{])\+\+(?=[^\s+])[^+\n]+?(?<=\S)\+\+(?![+\w}])"),
        "write the words alone",
    ),
    Syntax(
        "attributes of kramdown",
        re.compile(r"\{:[ ]?[#.][^{}\n]*\}"),
        "leave them out; a division ::: {.class} has attributes",
    ),
    Syntax(
        "an emoji by its name",
        re.compile(r"(?<![\w:/]):[a-z][a-z0-9]*(?:_[a-z0-9]+)*:(?![\w:/])"),
        "type the character itself",
    ),
    Syntax(
        "an address of a link whose name is not on one line or has brackets",
        re.compile(
            r"^[ ]{0,3}\[(?![\^@])(?:[^\[\]\n]*\n[^\[\]\n]*|(?:[^\[\]\n\\]|\\.)*\\[\[\]](?:[^\[\]\n\\]|\\.)*)\]:(?=[ \t]*\S)",
            re.MULTILINE,
        ),
        "write the name on one line and without brackets: [name]: https://example.org",
    ),
    Syntax(
        "an address of a link that is broken over two lines",
        re.compile(r"\]\(<[^<>()\n]*\n[^<>()\n]*>\)"),
        "write it on one line",
    ),
    Syntax(
        "a link by a name that nothing tells",
        re.compile(r"(?<![\]!\\@\w])\[([^\[\]\n^@]+)\]\[\]"),
        "write [words](address), or a line [words]: address",
        applies=_is_undefined,
    ),
)
"""In the order in which they are looked for, after the others. Between its two signs most have
no other of their own or only so much, for a text may begin such a thing a million times and never end one."""
