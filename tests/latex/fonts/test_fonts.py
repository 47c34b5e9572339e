"""Fonts: what is declared for which characters, who stands in, and whether the table of characters is true."""

from __future__ import annotations

import subprocess
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from fascicle.latex.escape import Latex
from fascicle.latex.fonts.fonts import covers, east_asian_face, font_setup, missing_characters
from fascicle.latex.fonts.typefaces import CHOSEN_FILES, EAST_ASIAN, FONT_FILES, SERIF, STAND_INS, TYPEFACES
from tests.support.publications import SMALL, build, write

ENGLISH = set("The camera waits—‘where’ “they” wait… £3·50, naïve, 1–2, œuvre")


def test_plain_text_declares_no_stand_ins() -> None:
    setup = font_setup(ENGLISH, "en-GB")
    assert isinstance(setup.preamble, Latex)
    assert "stand_in(" not in setup.preamble
    assert "NotoSerifCJK" not in setup.preamble
    assert not any("CJK" in file for file in setup.files)
    assert not setup.missing


def test_only_the_texts_own_characters_get_stand_ins() -> None:
    preamble = font_setup(ENGLISH | set("贾樟柯"), "en-GB").preamble
    assert "67ef 6a1f 8d3e" in preamble
    assert "[NotoSerifCJK-Regular.ttc](2)" in preamble
    assert "[NotoSerifCJK-Bold.ttc](2)" in preamble


def test_bold_italic_cyrillic_comes_from_the_bold() -> None:
    preamble = font_setup(set("русский"), "en-GB").preamble
    assert "['LinLibertine_RBI.otf']={'[LinLibertine_RB.otf]:mode=node;slant=0.2;',1}" in preamble
    assert "['LinLibertine_R.otf']" not in preamble


def test_formulas_bring_their_font() -> None:
    assert "unicode-math" not in font_setup(ENGLISH, "en-GB").preamble
    setup = font_setup(ENGLISH, "en-GB", math=True)
    assert "unicode-math" in setup.preamble
    assert "texgyretermes-math.otf" in setup.files
    assert setup.preamble.index("unicode-math") < setup.preamble.index(r"\renewcommand{\rmdefault}")


@pytest.mark.parametrize(
    ("language", "face"),
    [
        *(("ja", 0), ("ko", 1), ("zh", 2), ("zh-Hans", 2), ("zh-Hant", 3), ("zh-TW", 3), ("zh-HK", 4)),
        *(("zh-Hans-HK", 2), ("zh-Hant-HK", 4), ("en-GB", 2), ("de", 2)),
    ],
)
def test_han_shapes_follow_the_language(language: str, face: int) -> None:
    assert east_asian_face(language) == face
    assert f"[NotoSerifCJK-Regular.ttc]({face})" in font_setup(set("骨"), language).preamble


def test_missing_characters_are_named() -> None:
    assert missing_characters("a\u0627文\U00012000\u1208") == {"\U00012000", "\u1208"}
    assert font_setup({"a", "\U00012000"}, "en").missing == {"\U00012000"}


def test_what_prints_nothing_is_not_missing() -> None:
    assert not missing_characters("\n\t\u00ad\u200b\u200d\u2060\ufe0f\ufdd0\ufdd9\ufeff\u202a")


@given(st.characters(categories=["L", "M", "N", "P", "S"]))
@example("\U000e0100")
def test_every_character_is_printed_by_all_cuts_or_missing_in_all(char: str) -> None:
    printed = {
        cut: covers(cut, char)
        or any(covers(file, char) for file, *_ in STAND_INS[cut])
        or covers(EAST_ASIAN[cut][0], char)
        for cut in STAND_INS
    }
    silent = unicodedata.name(char, "").startswith(
        "VARIATION SELECTOR-"
    )  # says how the letter before it looks
    if char not in missing_characters(char) and not silent:
        assert printed["LinLibertine_R.otf"]
    if char.isascii():
        assert all(printed.values())


@given(st.sets(st.characters(), max_size=60), st.sampled_from(["en-GB", "zh-Hans", "ja", "fr"]))
def test_no_text_breaks_the_declarations(characters: set[str], language: str) -> None:
    preamble = str(font_setup(characters, language).preamble)
    assert preamble.isascii()
    assert preamble.count("{") == preamble.count("}")


def test_every_cut_has_stand_ins_and_a_package() -> None:
    files = {cut.file for face in TYPEFACES.values() for family in face.families for cut in family.cuts}
    assert files == set(STAND_INS) == set(EAST_ASIAN)
    assert files <= set(FONT_FILES) | set(CHOSEN_FILES)


@pytest.mark.parametrize("typeface", TYPEFACES)
def test_each_typeface_declares_its_own_cuts_alone(typeface: str) -> None:
    setup = font_setup(ENGLISH | {"α", "ж", "贾"}, "en-GB", math=True, typeface=typeface)
    own, others = TYPEFACES[typeface].files, {file for face in TYPEFACES.values() for file in face.files}
    assert set(own) <= set(setup.files)
    assert not setup.missing
    usual = set(TYPEFACES["libertine"].files)
    assert not (others - set(own) - usual) & set(setup.files)
    assert f"\\renewcommand{{\\rmdefault}}{{{TYPEFACES[typeface].serif.name}}}" in setup.preamble


def test_a_template_offers_every_typeface(root: Path) -> None:
    stated = yaml.safe_load((root / "templates/article/template.yaml").read_text(encoding="utf-8"))
    assert stated["options"]["typeface"]["choices"].keys() == TYPEFACES.keys()


@pytest.mark.tex
@pytest.mark.release
def test_the_table_of_characters_is_true_of_the_fonts_here() -> None:
    """`tools/font_coverage.py` writes the table; a newer font may have more characters, never fewer."""
    from fontTools.ttLib import TTFont

    found = subprocess.run(
        ["kpsewhich", *FONT_FILES, *CHOSEN_FILES], capture_output=True, text=True, check=False
    )
    paths = {path.rsplit("/", 1)[-1]: path for path in found.stdout.split()}
    assert set(paths) == {*FONT_FILES, *CHOSEN_FILES}
    for name, path in paths.items():
        with TTFont(path, fontNumber=0, lazy=True) as font:
            points = set(font.getBestCmap())
        wrong = [point for point in range(0x20, 0x30000) if covers(name, chr(point)) and point not in points]
        assert not wrong, f"{name} lacks {wrong[:10]}: run tools/font_coverage.py"


@pytest.mark.tex
@pytest.mark.release
def test_no_glyph_far_beyond_the_others_makes_closing_slow(tmp_path: Path) -> None:
    look = (
        r"\directlua{local seen = 0 for _, font in pairs(fonts.hashes.identifiers) do"
        r" if font.name and font.name:find('LinLibertine') then seen = seen + 1"
        r" for code in pairs(font.characters) do if code >= 0xF0000 then error('a lone glyph') end end end end"
        r" if seen == 0 then error('no font was looked at') end}"
    )
    root = write(
        tmp_path,
        {
            "content/publication.yaml": f"{SMALL['content/publication.yaml']}trust: {{raw-latex: true}}\n",
            "content/01-one.md": f"{SMALL['content/01-one.md']}\n*Italic.*\n\n```{{=latex}}\n{look}\n```\n",
        },
    )
    assert build(root).output


def test_small_capitals_have_no_ligatures() -> None:
    """Libertine's small QU is one glyph, of which readers give back the Q alone."""
    cuts = [cut for cut in SERIF.cuts if cut.shape in ("sc", "scit")]
    assert cuts
    assert all("-liga;" in cut.features for cut in cuts)
