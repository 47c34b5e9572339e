"""Sends public manuscripts through Word and home again: saved once by LibreOffice, unedited and edited at random.

Run `python tools/word_trials.py --texts FOLDER --out FOLDER`: FOLDER of the texts holds a checkout for each repository of the
list (`tools/corpus.txt`), named `owner+name`; none of them is part of this repository. Each text's result is appended to
`word.jsonl`; those that stand there are not run again (but with `--again`). `--show` prints the figures alone.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from corpus import LIST, Entry, _chosen, _read_list  # noqa: E402

from fascicle.pipeline.build import build_edition  # noqa: E402
from fascicle.pipeline.run import Request  # noqa: E402
from fascicle.redline.merge.merge import merge_word  # noqa: E402
from tests.support.random_word_edits import PLACED, outcome, random_edits, strange, texts_of  # noqa: E402
from tests.support.word_edits import EditedWord  # noqa: E402

_SECONDS = 300


@dataclass(slots=True)
class Result:
    """What became of a text."""

    kind: str
    name: str
    state: str = ""
    """Where it ended: import, build, save, or done."""
    paragraphs: int = 0
    changed: int = -1
    """Lines that the unedited document would change."""
    complaints: list[str] = field(default_factory=list)
    """What was told of the unedited document."""
    error: str = ""


@dataclass(slots=True)
class Edited:
    """What became of the edits of a text."""

    name: str
    """The text and the seed."""
    outcomes: list[tuple[str, bool, str, str, str]] = field(default_factory=list)
    """Kind and place, whether tracked, what came of it, the word, the token."""
    strange: list[str] = field(default_factory=list)
    """Words that came or went beside them."""
    told: list[str] = field(default_factory=list)
    """What was told."""
    error: str = ""


def main(arguments: list[str] | None = None) -> int:
    """Run what has no result yet, and print the figures."""
    parser = argparse.ArgumentParser(description="Send public manuscripts through Word and home again.")
    parser.add_argument("--list", type=Path, default=LIST)
    parser.add_argument("--texts", type=Path, help="the folder of the checkouts")
    parser.add_argument("--out", type=Path, required=True, help="where projects and results go")
    parser.add_argument("--kind", help="only this kind")
    parser.add_argument("--only", default="", help="only texts that have this in their name")
    parser.add_argument("--first", type=int, default=0, help="at most so many of each kind")
    parser.add_argument("--again", action="append", default=[], help="run again what has this in its name")
    parser.add_argument("--edits", type=int, default=0, help="edit each text at so many places, besides")
    parser.add_argument("--seed", type=int, default=0, help="which edits")
    parser.add_argument("--show", action="store_true", help="run nothing, print the figures")
    asked = parser.parse_args(arguments)
    results = _known(asked.out / "word.jsonl", Result)
    edited = _known(asked.out / "edits.jsonl", Edited)
    for entry in _chosen(_read_list(asked.list), asked.kind, asked.first):
        source = asked.texts / entry.repository.replace("/", "+") / entry.path
        if asked.only not in entry.name or entry.kind == "docx-test" or not source.exists() or asked.show:
            continue
        if entry.name not in results or (not asked.edits and any(part in entry.name for part in asked.again)):
            result = results[entry.name] = _tried(entry, source, asked.out)
            with (asked.out / "word.jsonl").open("a", encoding="utf-8") as kept:
                kept.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
            print(result.state, result.changed, len(result.complaints), result.name, result.error, flush=True)
        key = f"{entry.name} {asked.seed}"
        if (
            asked.edits
            and results[entry.name].state == "done"
            and (key not in edited or any(part in entry.name for part in asked.again))
        ):
            edited[key] = _edited(asked.out / entry.name, key, asked.edits, asked.seed)
            with (asked.out / "edits.jsonl").open("a", encoding="utf-8") as kept:
                kept.write(json.dumps(asdict(edited[key]), ensure_ascii=False) + "\n")
            print(_edits_line(edited[key]), flush=True)
    print("\n".join(_figures(list(results.values()), list(edited.values()))))
    return 0


def _known(path: Path, kind: type[Any]) -> dict[str, Any]:
    if not path.is_file():
        return {}
    found = [kind(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    return {each.name: each for each in found}


def _tried(entry: Entry, source: Path, out: Path) -> Result:
    result = Result(entry.kind, entry.name, "import")
    project = out / entry.name
    if not (project / "content/publication.yaml").is_file():
        shutil.rmtree(project, ignore_errors=True)
        command = [str(Path(sys.executable).with_name("fascicle")), "import", str(source), str(project)]
        subprocess.run(command, capture_output=True, timeout=_SECONDS)
    if not (project / "content/publication.yaml").is_file():
        return result
    try:
        _unedited(project, result)
    except Exception:
        result.error = traceback.format_exc()[-1500:]
    return result


def _unedited(project: Path, result: Result) -> None:
    result.state = "build"
    request = Request(project, allow_pending=True)
    shutil.rmtree(project / "build", ignore_errors=True)
    built = build_edition(request, "word", lambda event: None)
    sent = next((project / "build/word").glob("*.docx"), None)
    if sent is None:
        result.error = "; ".join(one.message for one in built.diagnostics if one.severity.value == "error")[
            :500
        ]
        return
    result.state = "save"
    back = saved(sent, project.with_name(project.name + ".back"))
    result.state = "merge"
    made = merge_word(request, back)
    result.changed = sum(
        line[:1] in "+-" and line[:3] not in ("+++", "---") for line in made.patch.splitlines()
    )
    result.complaints = [one.what for one in (*made.unplaced, *made.conflicts)]
    result.complaints += [one.message for one in made.problems.sorted()]
    (project.with_name(project.name + ".back") / "patch").write_text(made.patch)
    result.state = "done"


def _edited(project: Path, name: str, most: int, seed: int) -> Edited:
    result = Edited(name)
    try:
        sent = next((project / "build/word").glob("*.docx"))
        document = EditedWord(sent.read_bytes())
        files = texts_of(project)
        edits = random_edits(document, files, random.Random(name), most)  # noqa: S311
        folder = project.with_name(f"{project.name}.edited-{seed}")
        folder.mkdir(exist_ok=True)
        (folder / "edited.docx").write_bytes(document.done())
        made = merge_word(
            Request(project, allow_pending=True), saved(folder / "edited.docx", folder / "saved")
        )
        (folder / "patch").write_text(made.patch, encoding="utf-8")
        result.outcomes = [
            (edit.name, edit.tracked, outcome(edit, files, made), edit.word, edit.token) for edit in edits
        ]
        result.strange = list(strange(edits, files, made))
        result.told = [one.what for one in (*made.unplaced, *made.conflicts)]
        result.told += [one.message for one in made.problems.sorted()]
    except Exception:
        result.error = traceback.format_exc()[-1500:]
    return result


def _edits_line(result: Edited) -> str:
    counted = Counter(one[2] for one in result.outcomes)
    return f"{dict(counted)} {len(result.strange)} strange {result.name} {result.error[-300:]}"


def _figures(results: list[Result], edited: list[Edited]) -> Iterator[str]:
    done = [one for one in results if one.state == "done"]
    clean = sum(one.changed == 0 and not one.complaints for one in done)
    yield f"{len(results)} texts, {len(done)} built and saved, {clean} of these came home with no change and no word"
    every = [one for each in edited for one in each.outcomes if not one[0].endswith((" matter", " work"))]
    made = [one for each in edited for one in each.outcomes if one[0].endswith((" matter", " work"))]
    yield f"{len(made)} edits of title pages and lists of works, which are told: " + _counts(made)
    yield f"{len(every)} edits: " + ", ".join(
        f"{n} {what}" for what, n in Counter(one[2] for one in every).items()
    )
    for kind in sorted({one[0] for one in every}):
        those = [one for one in every if one[0] == kind]
        yield f"  {kind}: {sum(one[2] == PLACED for one in those)} of {len(those)} placed"


def _counts(outcomes: list[tuple[str, bool, str, str, str]]) -> str:
    return ", ".join(f"{count} {what}" for what, count in Counter(one[2] for one in outcomes).items())


def saved(file: Path, folder: Path) -> Path:
    """A document opened and saved by LibreOffice."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder.parent.resolve()}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    return folder / file.name


if __name__ == "__main__":
    sys.exit(main())
