"""Publications by strangers: each kind of attack in each place where an author may write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MARK = "Zebrawort"
"""A word that stands beside each attack, and must be in print where the publication is made."""

KINDS: Mapping[str, str] = {
    "lua": r"\directlua{{local f=io.open('{outside}/written','w') f:write('x') f:close()}}",
    "hidden lua": r"\^^64irectlua^^7bio.open('{outside}/written','w'):write('x')^^7d",
    "shell": r"\immediate\write18{{touch {outside}/written}}",
    "input": r"\input{{{secret}}}",
    "include": r"\includegraphics{{{secret}}}\lstinputlisting{{{secret}}}\openin5={secret}",
    "ending": r"}}\end{{document}}\input{{{secret}}}",
    "jinja": "((( ''.__class__.__mro__[1].__subclasses__() ))) ((* include '{secret}' *))",
    "braces": "{{{{ config }}}} {{% include '{secret}' %}}",
    "raw": "`\\input{{{secret}}}`{{=latex}} `<w:p/>`{{=openxml}} `<x/>`{{=jats}}",
    "math": r"$\directlua{{x}}$ $\input{{{secret}}}$",
    "html": "<script src='http://127.0.0.1:{port}/'></script><img src='file://{secret}'>",
    "picture": "![p]({secret})",
    "remote picture": "![p](http://127.0.0.1:{port}/a.png)",
    "link": "[l](run:/bin/sh) [m](javascript:alert) [n](file://{secret})",
    "entity": '<!DOCTYPE a [<!ENTITY e SYSTEM "file://{secret}">]>&e;',
    "postscript": "%!PS ({secret}) (r) file 1000 string readstring pop print",
    "citation": r"[@\directlua{{x}}] [@{{\input{{{secret}}}}}] @../../{secret}",
    "steering": "\\x1b]0;x\\x07\\u202e",
    "environment": r"\directlua{{tex.print(os.getenv('FASCICLE_CANARY'))}} $FASCICLE_CANARY %FASCICLE_CANARY%",
}
"""Attacks, with the places of what they are after in braces."""

_YAML = ("title", "subtitle", "short-title", "abstract", "acknowledgements", "rights", "publisher", "place")
FIELDS = (
    *_YAML, "family", "literal", "note", "keyword", "affiliation", "slug", "url", "section title", "section id", "text",
    "heading", "label", "caption", "footnote", "table", "code", "formula", "attribute", "bib key", "bib title",
    "bib author", "bib note", "bib url", "bib type", "bib field", "ledger alt", "ledger credit", "drawing",
)  # fmt: skip
"""Places where an author writes."""


OUTPUTS = ("screen", "word", "jats", "html", "epub", "review", "print", "package", "records")
"""What is made of one: an edition, a journal's package, the records of the work itself."""


@dataclass(frozen=True)
class Stranger:
    """One publication."""

    kind: str
    field: str
    output: str

    def files(self, outside: Path, secret: Path, port: int) -> dict[str, str | bytes]:
        """All its files."""
        attack = KINDS[self.kind].format(outside=outside, secret=secret, port=port)
        return _publication(self.field, f"{MARK} {attack}")


def strangers() -> Iterator[Stranger]:
    """Every kind in every place; of what is made each kind and each place meets everything."""
    for number, kind in enumerate(KINDS):
        for place, field in enumerate(FIELDS):
            yield Stranger(kind, field, OUTPUTS[(number + place) % len(OUTPUTS)])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _publication(field: str, attack: str) -> dict[str, str | bytes]:
    def at(name: str, usual: str) -> str:
        return attack if field == name else usual

    lines = [
        f"{key}: {_quoted(at(key, f'Some {key}'))}"
        for key in _YAML
        if key in ("title", "abstract") or key == field
    ]
    author = (
        "literal: " + _quoted(attack) if field == "literal" else "family: " + _quoted(at("family", "Small"))
    )
    lines += [
        f"authors: [{{{author}, affiliations: [a]}}]",
        f"affiliations: {{a: {{name: {_quoted(at('affiliation', 'A'))}}}}}",
    ]
    lines += ["language: en-GB", "date: 2024-02-29", f"keywords: [{_quoted(at('keyword', 'film'))}]"]
    lines += [f"{key}: {_quoted(attack)}" for key in ("slug", "url") if field == key]
    head = f"title: {_quoted(at('section title', 'One'))}\n" + (
        f"id: {_quoted(attack)}\n" if field == "section id" else ""
    )
    text = f"""---
{head}---

{at("text", "Text")} that cites [@{at("bib key", "small")}], and a note.[^1]

[^1]: {at("footnote", "A note.")}

## {at("heading", "A heading")} {{#{at("label", "part")}}}

![{at("caption", "A drawing.")}](figures/d.svg){{#fig:d {at("attribute", "width=50%")}}}

| a | b |
|---|---|
| {at("table", "c").replace("|", "")} | d |

`{at("code", "code").replace("`", "")}` and ${at("formula", "x^2").replace("$", "")}$.
"""
    record = (
        f"@{at('bib type', 'book')}{{{at('bib key', 'small')},\n author = {{{at('bib author', 'Small, Ann')}}},\n"
        f" title = {{{at('bib title', 'A Book')}}},\n date = {{2001}}, note = {{{at('bib note', 'n')}}},\n"
        f" url = {{{at('bib url', 'https://example.org')}}},\n {at('bib field', 'x-a')} = {{{at('bib field', 'b')}}}\n}}\n"
    )
    alt, credit = _quoted(at("ledger alt", "A drawing")), _quoted(at("ledger credit", "Ann"))
    drawing = at("drawing", "d").replace("<!DOCTYPE", "")
    return {
        "content/publication.yaml": "\n".join(lines) + "\n",
        "content/01-one.md": text,
        "bib/works.bib": record,
        "figures/figures.yaml": f"d.svg: {{permission: own, alt: {alt}, credit: {credit}}}\n",
        "figures/d.svg": f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><text y="30">{drawing}</text></svg>',
    }
