"""What a build's own proof says of pictures and of the text: named by the author's paths and lines."""

from __future__ import annotations

import json
import re

import pytest

from fascicle.pipeline.preflight import examine_edition
from fascicle.pipeline.run import Request
from tests.support.publications import build, png, small

pytestmark = pytest.mark.tex

TEXT = """\
---
title: Öffentliche Bilder
---

![A crowd.](figures/crowd.png){#fig:crowd width=100%}

| Stadt | Jahr |
|---|---|
| Chéngdū 成都 | 1958 |

: Orte {#tbl:orte}

Ein Absatz über @fig:crowd mit „Anführung“ und "gerader Anführung", x² + $a^2$, 1/2 -- dazu^[Eine Note mit *Kursive*
und [贾樟柯]{lang=zh}.] Donaudampfschifffahrtsgesellschaftskapitänswitwe und low-paid work.

Donau\u00addampf\u00adschiff und [الصوت في السينما هو نصف الوجه، والوجه (كما قال شيون) نصف الصوت. وكل شيء بينهما صمت طويل يسمعه المشاهد
في الظلام عام 1972، في مدينة لا نعرفها]{lang=ar}, danach הקול.

> Ein Zitat.

| Zeile eins
|     Zeile zwei

Begriff
:   Bedeutung

1. eins
2. zwei

`code -- ''` und ~~gestrichen~~, H~2~O. [Kapitälchen 12]{.smallcaps}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory):
    root = small(
        tmp_path_factory.mktemp("built"),
        **{
            "content/publication.yaml": "title: Bilder\nauthors: [{family: Klein, given: Ann}]\nlanguage: de-DE\n",
            "content/01-one.md": TEXT,
            "figures/crowd.png": png(120, 80),
            "figures/figures.yaml": "crowd.png: {permission: own, alt: People before a station, credit: 'Foto: Ann Klein'}\n",
        },
    )
    return root, build(root)


def test_a_coarse_picture_is_named_by_its_path_and_warned_of_on_screen(built) -> None:
    root, result = built
    assert [found.code.value for found in result.diagnostics] == ["low-resolution"]
    assert "figures/crowd.png has 2" in result.diagnostics[0].message
    assert re.fullmatch(
        r"take a picture of at least \d+ × \d+ pixels, or print it at most \d+ mm wide: \{width=\d+mm\}",
        result.diagnostics[0].hints[0],
    )
    report = json.loads((root / "build/screen/report.json").read_text())
    (broken,) = (one for one in report["promises"] if one["verdict"] == "broken")
    assert broken["broken"][0]["figure"] == "figures/crowd.png"
    assert broken["broken"][0]["page"] == 1


def test_a_text_changed_after_the_build_is_told_at_its_line(built) -> None:
    root, result = built
    path = root / "content/01-one.md"
    path.write_text(TEXT.replace("Ein Zitat.", "Ein anderes Zitat.").replace("Kursive", "Antiqua"))
    found = examine_edition(Request(root), "screen", root / result.output, verapdf=False)
    path.write_text(TEXT)
    reported = [str(place.span) for one in found.results if one.check.name == "text" for place in one.broken]
    assert reported == ["content/01-one.md:13:94", "content/01-one.md:19:3"]
