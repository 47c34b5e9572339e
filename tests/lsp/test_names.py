"""Where keys and labels stand, in every kind of file: what renaming may touch, and what it must not."""

from __future__ import annotations

import pytest

from fascicle.lsp.names import names_in

WORKS = {"li2012", "fig:odd"}


def _found(path: str, text: str) -> list[str]:
    """Each name as it is called, with = where it is given, checked to stand where it is said to."""
    return [
        f"{one.name}{'=' if one.defines else ''} {text[one.start : one.end]}"
        for one in names_in(path, text, WORKS)
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("As @li2012 says.", ["li2012 li2012"]),
        ("[see -@li2012, p. 3; @a:b/c_d+e].", ["li2012 li2012", "a:b/c_d+e a:b/c_d+e"]),
        ("[@{https://x.org/a,b}]", ["https://x.org/a,b https://x.org/a,b"]),
        ("[@tröbst2016; @李2010]", ["tröbst2016 tröbst2016", "李2010 李2010"]),
        ("By @li2012: so. And @li2012's; (@li2012).", ["li2012 li2012"] * 3),
        ("Mail ann@li2012.org, or \\@li2012.", []),
        ("`@li2012` and $@li2012$\n\n```\n@li2012\n```\n\n<!-- @li2012 -->", []),
        (
            "@fig:map, @Fig:map, @fig-map, @tab:x",
            ["fig:map fig:map", "fig:map Fig:map", "fig:map fig-map", "tbl:x tab:x"],
        ),
        ("@fig:odd is a work's key", ["fig:odd fig:odd"]),
        ("![A](a.png){#fig:map width=5cm}", ["fig:map= fig:map"]),
        (
            "## One {.unnumbered #one}\n\n[to](#one), @sec:one",
            ["sec:one one", "sec:one= one", "sec:one sec:one"],
        ),
        ("::: {#thm-line}\nText.\n:::", ["thm:line= thm-line"]),
        ("---\ntitle: A\nid: first\n---\n\n@sec:first", ["sec:first sec:first", "sec:first= first"]),
        ("---\ntitle: A @li2012\n---\n\nid: none", ["li2012 li2012"]),
    ],
)
def test_in_a_text(text: str, names: list[str]) -> None:
    assert sorted(_found("content/01-one.md", text)) == sorted(names)


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("bib/a.bib", "@book{li2012,\n  title = {On @x},\n}\n@string{p = {Press}}", ["li2012= li2012"]),
        ("bib/a.bib", "@Article( li2012 , crossref = {a2001})", ["li2012= li2012", "a2001 a2001"]),
        ("bib/a.bib", "@book{b, related = \"li2012,c\", xdata={d}}", ["b= b", "li2012 li2012", "c c", "d d"]),
        ("bib/a.bib", "@book{b, IDS = {li2012, c}}", ["b= b", "li2012= li2012", "c= c"]),
        ("bib/a.json", '[{"id": "li2012", "title": "id"}]', ["li2012= li2012"]),
        ("bib/a.yaml", "- id: li2012\n  title: A\n- id: 'b'\n", ["li2012= li2012", "b= b"]),
        ("bib/a.ris", "TY  - BOOK\nID  - li2012\nER  - \n", ["li2012= li2012"]),
        ("content/publication.yaml", "nocite: [li2012, b]\nabstract: As @li2012.\n", ["li2012 li2012"] * 2 + ["b b"]),
        ("content/publication.yaml", "nocite:\n  - li2012\n  - b\ntitle: b\n", ["li2012 li2012", "b b"]),
        ("figures/figures.yaml", "a.png:\n  credit: After @li2012\n", ["li2012 li2012"]),
    ],
)  # fmt: skip
def test_in_other_files(path: str, text: str, names: list[str]) -> None:
    assert sorted(_found(path, text)) == sorted(names)
