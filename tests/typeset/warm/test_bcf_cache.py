"""biber's control file guessed from an earlier one: what the preamble decides is kept, the keys are filled in."""

from __future__ import annotations

from pathlib import Path

from fascicle.typeset import biber
from fascicle.typeset.engine import typeset
from fascicle.typeset.job import Program
from fascicle.typeset.warm.bcf_cache import Forms
from tests.support.tex_programs import install, job
from tests.typeset.test_engine import warm

BCF = b"""<bcf:controlfile>
  <bcf:section number="0">
    <bcf:citekey order="1" intorder="1">old</bcf:citekey>
    <bcf:citekey order="2" intorder="1">older</bcf:citekey>
  </bcf:section>
</bcf:controlfile>
"""
TEX = "\\usepackage[style=x]{biblatex}\n\\begin{document}\n\\cite{a}\n\\printbibliography\n\\end{document}\n"
LUALATEX = """
echo run >>../../tex-runs
echo 'echo \\relax' >main.aux; echo PDF >main.pdf; echo >main.log
{ echo '<bcf:section number="0">'; echo '<bcf:citekey order="1" intorder="1">a</bcf:citekey>'; } >main.bcf
"""
BIBER = "echo run >>../../biber-runs; cat main.bcf >main.bbl; echo >main.blg"


def test_keys_are_filled_in_once_each() -> None:
    form = biber.form(BCF)
    assert form
    assert b"old" not in form
    filled = biber.filled(form, ("b,a", "b", "c&d"))
    keys = [b'order="1" intorder="1">b<', b'order="2" intorder="1">a<', b'order="3" intorder="1">c&amp;d<']
    assert [filled.count(key) for key in keys] == [1, 1, 1]
    assert filled.count(b"<bcf:citekey") == 3


def test_the_guess_is_the_control_file_of_those_keys() -> None:
    form = biber.form(BCF)
    assert form
    assert biber.key(biber.filled(form, ("older", "old")), {}) == biber.key(BCF, {})
    assert biber.key(biber.filled(form, ("older",)), {}) != biber.key(BCF, {})


def test_a_list_in_the_order_of_citation_is_not_guessed() -> None:
    assert biber.form(BCF.replace(b"</bcf:section>", b"<sort>citeorder</sort></bcf:section>")) is None
    assert biber.form(b"<bcf:controlfile/>") is None


def runs(place: Path, program: str) -> int:
    return (place / f"{program}-runs").read_text().count("run")


def test_a_second_publication_of_the_same_preamble_begins_with_biber(tmp_path: Path) -> None:
    warm(tmp_path / "cache", TEX)
    environment = install(tmp_path, LUALATEX, BIBER)
    wanted = {
        "tex": TEX,
        "cited": ("a",),
        "bibliographies": {"a.bib": "@book{a}"},
        "cache": tmp_path / "cache",
    }
    first = typeset(job(tmp_path / "one", environment, **wanted))
    assert first.failure is None
    second = typeset(job(tmp_path / "two", environment, **wanted))
    assert second.failure is None
    assert second.passes[0].program is Program.BIBER
    assert (runs(tmp_path / "one", "biber"), runs(tmp_path / "two", "biber")) == (1, 1)
    assert runs(tmp_path / "one", "tex") == runs(tmp_path / "two", "tex") + 1  # no small document for biber
    assert (tmp_path / "two/run/main.pdf").exists()


def test_a_form_that_biber_cannot_read_costs_time_alone(tmp_path: Path) -> None:
    warm(tmp_path / "cache", TEX)
    fails = f"case $(cat main.bcf) in *nonsense*) exit 2 ;; esac; {BIBER}"
    environment = install(tmp_path, LUALATEX, fails)
    wanted = job(
        tmp_path / "one",
        environment,
        tex=TEX,
        cited=("a",),
        bibliographies={"a.bib": "@book{a}"},
        cache=tmp_path / "cache",
    )
    programs = [tmp_path / "bin/lualatex", tmp_path / "bin/biber"]
    forms = Forms(wanted, programs)
    forms.keep(BCF.replace(b"<bcf:section", b"<nonsense/><bcf:section"))
    assert forms.read()
    outcome = typeset(wanted)
    assert outcome.failure is None
    assert outcome.passes[-1].program is not Program.BIBER
    assert b"nonsense" not in (Forms(wanted, programs).read() or b"")
