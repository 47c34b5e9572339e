"""Shows what has changed between real revisions of public manuscripts, and counts what is proved, beside latexdiff.

Run `python tools/redline_pairs.py --texts FOLDER --out FOLDER`: FOLDER of the texts holds a git directory for each repository of the
list (`tools/redline_pairs.txt`), `owner+name/repo`; none of them is part of this repository. Each pair's result is appended to
`pairs.jsonl`; those that stand there are not run again (but with `--again`). `--show` prints the figures alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

LIST = Path(__file__).with_name("redline_pairs.txt")
_SECONDS = 600
_MARKS = re.compile(r"\{\+\+(.*?)\+\+\}|\{--(.*?)--\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two revisions of a text."""

    kind: str
    """joss, quarto, markdown, docx, latex or html."""
    repository: str
    """Owner and name."""
    old: str
    """The commit of the old version."""
    new: str
    path: str
    """Its file in the repository."""

    @property
    def name(self) -> str:
        """A name for its folder."""
        stem = re.sub(r"[^A-Za-z0-9]+", "-", f"{self.kind} {self.repository} {self.path}").strip("-")
        return f"{stem[-70:]}-{self.old[:7]}-{self.new[:7]}"


@dataclass(slots=True)
class Result:
    """What became of a pair."""

    kind: str
    name: str
    imported: bool = False
    """Whether both versions came in."""
    changes: int = -1
    """Changes that were found."""
    forms: dict[str, str] = field(default_factory=dict)
    """By form: "proved", or why it was not delivered."""
    differing: list[str] = field(default_factory=list)
    """Files whose marked Markdown, read by the script, gives another text of one version."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Processor time by form."""
    latexdiff: str = ""
    """compiles, fails, or why it could not be tried; empty where there is no TeX."""
    latexdiff_marks: str = ""
    """Which versions its marks give back: "both", "new", "old" or "neither"."""
    error: str = ""


def main(arguments: list[str] | None = None) -> int:
    """Run what has no result yet, and print the figures."""
    parser = argparse.ArgumentParser(description="Show what changed between revisions of public manuscripts.")
    parser.add_argument("--list", type=Path, default=LIST)
    parser.add_argument("--texts", type=Path, help="the folder of the git directories")
    parser.add_argument("--out", type=Path, required=True, help="where projects and results go")
    parser.add_argument("--kind", help="only this kind")
    parser.add_argument("--first", type=int, default=0, help="only so many of the list")
    parser.add_argument(
        "--to", action="append", default=[], help="forms besides html and markdown: pdf, word"
    )
    parser.add_argument("--latexdiff", action="store_true", help="run latexdiff on pairs of LaTeX")
    parser.add_argument(
        "--part", default="0/1", help="only every n-th pair: 0/2 and 1/2 run beside one another"
    )
    parser.add_argument("--again", action="append", default=[], help="run again what has this in its name")
    parser.add_argument("--show", action="store_true", help="run nothing, print the figures")
    asked = parser.parse_args(arguments)
    pairs = [pair for pair in _read_list(asked.list) if asked.kind in (None, pair.kind)]
    pairs = pairs[: asked.first or None]
    at, parts = map(int, asked.part.split("/"))
    results = _known(asked.out)
    for pair in () if asked.show else pairs[at::parts]:
        known = results.get(pair.name)
        if known and not any(part in pair.name for part in asked.again) and not _lacking(known, asked):
            continue
        repository = asked.texts / pair.repository.replace("/", "+") / "repo"
        if not repository.is_dir():
            continue
        results[pair.name] = _tried(pair, repository, asked.out, asked.to, known, latexdiff=asked.latexdiff)
        name = "-".join(("pairs", asked.part.replace("/", "-of-"), asked.kind or "all"))
        with (asked.out / f"{name}.jsonl").open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(asdict(results[pair.name]), ensure_ascii=False) + "\n")
        print(_line(results[pair.name]), flush=True)
    print("\n".join(_figures([results[pair.name] for pair in pairs if pair.name in results])))
    return 0


def _lacking(known: Result, asked: argparse.Namespace) -> bool:
    """Whether a form that is asked for has not been tried."""
    forms = known.imported and any(form not in known.forms for form in asked.to)
    return forms or (asked.latexdiff and known.kind == "latex" and not known.latexdiff)


def _read_list(path: Path) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield Pair(*line.split(maxsplit=4))


def _known(folder: Path) -> dict[str, Result]:
    found: dict[str, Result] = {}
    for path in sorted(folder.glob("pairs-*.jsonl"), key=lambda one: one.stat().st_mtime):
        for line in path.read_text(encoding="utf-8").splitlines():
            result = Result(**json.loads(line))
            found[result.name] = result
    return found


def _tried(
    pair: Pair, repository: Path, out: Path, to: list[str], known: Result | None, *, latexdiff: bool
) -> Result:
    result = Result(pair.kind, pair.name)
    folder = out / pair.name
    for side, commit in (("old", pair.old), ("new", pair.new)):
        _bring_in(repository, commit, pair.path, folder, side)
    result.imported = all((folder / side / "content/publication.yaml").is_file() for side in ("old", "new"))
    if result.imported:
        for forms in (["html", "markdown"], *([form] for form in to)):
            _redline(folder, forms, result)
        if "markdown" in result.forms and result.forms["markdown"] == "proved":
            result.differing = list(_differing(folder))
    if latexdiff and pair.kind == "latex":
        _latexdiff(folder, pair.path, result)
    shutil.rmtree(folder / "checkout-old", ignore_errors=True)
    shutil.rmtree(folder / "checkout-new", ignore_errors=True)
    return result


def _bring_in(repository: Path, commit: str, path: str, folder: Path, side: str) -> None:
    """A revision taken out and imported, each once."""
    checkout = folder / f"checkout-{side}"
    if not checkout.is_dir():
        checkout.mkdir(parents=True)
        git = ["git", f"--git-dir={repository}", "archive", commit]
        archive = subprocess.Popen(git, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        subprocess.run(["tar", "-x", "-C", str(checkout)], stdin=archive.stdout, capture_output=True)  # noqa: S607
        archive.wait()
    if not (folder / side / "content/publication.yaml").is_file():
        shutil.rmtree(folder / side, ignore_errors=True)
        _fascicle(["import", str(checkout / path), str(folder / side)])


def _fascicle(arguments: list[str]) -> tuple[int, str, str, float]:
    """Run the program: exit status, what it wrote to both streams, processor time with that of its children."""
    command = [str(Path(sys.executable).with_name("fascicle")), *arguments]
    before = os.times()
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return -1, "", "took too long", float(_SECONDS)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return run.returncode, run.stdout, run.stderr, used


def _redline(folder: Path, forms: list[str], result: Result) -> None:
    made = folder / "new/build/redline"
    shutil.rmtree(made, ignore_errors=True)
    asked = [part for form in forms for part in ("--to", form)]
    given = ["redline", str(folder / "old"), "--project", str(folder / "new"), "--format", "json", *asked]
    _, output, told, used = _fascicle(given)
    (folder / f"{forms[0]}.log").write_text(told, encoding="utf-8")
    if output.startswith("{"):
        result.changes = len(json.loads(output).get("changes", []))
    for form in forms:
        result.forms[form] = "proved" if any(_files_of(made, form)) else _why(told)
    result.seconds[forms[0]] = round(used, 1)


def _files_of(made: Path, form: str) -> Iterable[Path]:
    if form == "markdown":
        return (made / "markdown").rglob("*.md")
    return made.glob({"pdf": "*.pdf", "html": "*.html", "word": "*.docx"}[form])


def _why(told: str) -> str:
    if "Traceback" in told:
        return "traceback: " + told.strip().splitlines()[-1][:300]
    lines = told.splitlines()
    found = [at for at, line in enumerate(lines) if re.search(r"\berror\b", line)]
    return " ".join(line.strip() for line in lines[found[0] : found[0] + 4])[:400] if found else told[-300:]


def _differing(folder: Path) -> Iterator[str]:
    """Files whose marks, accepted and rejected by two expressions of the script's own, give another text."""
    marked = folder / "new/build/redline/markdown"
    for path in marked.rglob("*.md"):
        text = path.read_bytes().decode("utf-8")
        for side, kept in (("old", 2), ("new", 1)):
            source = folder / side / path.relative_to(marked)
            wanted = source.read_bytes().decode("utf-8") if source.is_file() else ""
            if _MARKS.sub(lambda found, kept=kept: found[kept] or "", text) != wanted:  # type: ignore[misc]
                yield f"{side} {path.name}"


# -- latexdiff -------------------------------------------------------------------------------------------


def _latexdiff(folder: Path, path: str, result: Result) -> None:
    old, new = folder / "checkout-old" / path, folder / "checkout-new" / path
    if not (old.is_file() and new.is_file()):
        result.latexdiff = "a version is missing"
        return
    if not _compiles(new):
        result.latexdiff = "the new version does not compile by itself"
    run = subprocess.run(["latexdiff", "--flatten", str(old), str(new)], capture_output=True, timeout=120)  # noqa: S607
    marked = new.with_name("latexdiff-marked.tex")
    marked.write_bytes(run.stdout)
    if run.returncode or not run.stdout:
        result.latexdiff = "latexdiff fails: " + run.stderr.decode("utf-8", "replace").strip()[-150:]
        return
    if not result.latexdiff:
        result.latexdiff = "compiles" if _compiles(marked) else "does not compile"
    right = [
        side
        for side, option, whole in (("new", "-a", new), ("old", "-d", old))
        if _gives(marked, option, whole)
    ]
    result.latexdiff_marks = "both" if len(right) == 2 else right[0] if right else "neither"


def _compiles(file: Path) -> bool:
    source = file.read_text(encoding="utf-8", errors="replace")
    engine = "-lualatex" if re.search(r"fontspec|polyglossia|luatex", source) else "-pdf"
    command = [
        "latexmk",
        engine,
        "-norc",
        "-interaction=nonstopmode",
        "-halt-on-error",
        "-no-shell-escape",
        file.name,
    ]
    settings = {"openin_any": "p", "openout_any": "p"}
    try:
        run = subprocess.run(
            command, cwd=file.parent, capture_output=True, timeout=120, env={**os.environ, **settings}
        )
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0 and file.with_suffix(".pdf").is_file()


def _gives(marked: Path, option: str, whole: Path) -> bool:
    """Whether latexrevise makes of the marked text the words of a version."""
    run = subprocess.run(["latexrevise", option, str(marked)], capture_output=True, timeout=120)  # noqa: S607
    flat = subprocess.run(
        ["latexdiff", "--flatten", str(whole), str(whole)],  # noqa: S607
        capture_output=True,
        timeout=120,
    )
    return _words(run.stdout) == _words(flat.stdout)


def _words(source: bytes) -> list[str]:
    """The words between begin and end of the document, commands and comments left out."""
    text = source.decode("utf-8", "replace")
    text = text.partition("\\begin{document}")[2].partition("\\end{document}")[0]
    text = re.sub(r"(?<!\\)%.*", "", text)
    return re.findall(r"[^\W_]+", re.sub(r"\\(?:DIF\w+|[A-Za-z]+\*?)", " ", text))


# -- Figures ---------------------------------------------------------------------------------------------


def _line(result: Result) -> str:
    forms = ", ".join(f"{form}: {state}" for form, state in result.forms.items())
    return f"{result.name} {result.changes} changes {forms} {result.differing} {result.latexdiff} {result.latexdiff_marks}"


def _figures(results: list[Result]) -> Iterator[str]:
    came = [one for one in results if one.imported]
    yield f"{len(results)} pairs, {len(came)} came in with both versions, {sum(one.changes > 0 for one in came)} of these have changes"
    for form in ("html", "markdown", "word", "pdf"):
        tried = [one for one in came if form in one.forms]
        proved = sum(one.forms[form] == "proved" for one in tried)
        yield f"{form}: {proved} of {len(tried)} made and proved"
        yield from (f"  {one.name}: {one.forms[form]}" for one in tried if one.forms[form] != "proved")
    yield f"marked Markdown that gives another text: {sum(bool(one.differing) for one in came)}"
    for title, values in (
        (
            "latexdiff",
            Counter(re.sub(r"fails:.*", "fails", one.latexdiff) for one in results if one.latexdiff),
        ),
        ("its marks give back", Counter(one.latexdiff_marks for one in results if one.latexdiff_marks)),
    ):
        yield f"{title}: " + ", ".join(f"{count} {value}" for value, count in values.most_common())


if __name__ == "__main__":
    sys.exit(main())
