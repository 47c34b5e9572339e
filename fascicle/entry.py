"""The program's front door: answers at once when there is nothing to do, else opens the command line."""

from __future__ import annotations

import gc
import os
import sys

from fascicle import DEFAULT_EDITIONS

_FLAGS = {"--no-trust": "no_trust", "--allow-pending": "allow_pending", "--strict": "strict"}


def main() -> None:
    """Run the command line with the process's arguments; exit statuses are those of docs/reference.md."""
    if not _nothing_to_do(sys.argv[1:]):
        # A short run makes many objects and little rubbish: to look for it often costs a tenth of a check.
        gc.set_threshold(200_000, 20, 20)
        _head_start(sys.argv[1:])
        _without_plugins()
        from fascicle.cli.main import run

        try:
            status = run()
        finally:
            if warm_preamble := sys.modules.get("fascicle.typeset.warm.warm_preamble"):
                warm_preamble.end()
        gc.freeze()  # all memory goes back to the system in a moment: nothing of it need be looked through again
        if sys.argv[1:2] == ["check"]:
            _end_at_once(status)
        sys.exit(status)


def _end_at_once(status: int) -> None:
    """End without tidying up memory piece by piece, a twentieth of a check. A check has begun nothing that must be ended."""
    import threading

    if threading.active_count() == 1:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):  # nobody listens any more: the usual end knows what to do
            return
        os._exit(status)


def _nothing_to_do(arguments: list[str]) -> bool:
    """True, with a line for each edition printed, when a plain `build` finds all of its editions up to date.

    Heavy imports cost more than everything else here, so only what `build` takes most often is understood;
    anything else goes to the command line proper.
    """
    request = _plain_build(arguments)
    if request is None:
        return False
    root, editions, settings_given, quiet = request
    from fascicle.project import manifest

    state = manifest.state_folder(root, untrusted=settings_given["no_trust"])
    first = manifest.load(state, editions[0])
    if first is None:
        return False
    settings = manifest.Settings(
        no_trust=settings_given["no_trust"],
        allow_pending=settings_given["allow_pending"],
        strict=settings_given["strict"],
        epoch=os.environ.get("SOURCE_DATE_EPOCH", ""),
        program=manifest.program_fingerprint(),
    )
    found = [first, *(manifest.load(state, edition) for edition in editions[1:])]
    lines = []
    for edition, known in zip(editions, found, strict=True):
        if known is None or not manifest.is_fresh(known, root, settings):
            return False
        path = os.path.relpath(os.path.join(root, known.result))
        lines.append(f"{edition}: {path} is up to date" + (f" ({known.summary})" if known.summary else ""))
    if not quiet:
        print("\n".join(lines))
    return True


def _without_plugins() -> None:
    """No package installed beside us may plug itself into pydantic; so what looks for plugins need not be loaded.

    It would read what is told of all installed packages, by way of the modules for mail: a thirtieth of a check.
    """
    from types import ModuleType

    loader = ModuleType("pydantic.plugin._loader")
    loader.__dict__["get_plugins"] = tuple
    sys.modules[loader.__name__] = loader


def _head_start(arguments: list[str]) -> None:
    """Let TeX load its preamble while we start, where a plain build of one edition is likely to need it.

    That is when nothing is built yet, or when a section has changed; other changes often need no TeX.
    """
    request = _plain_build(arguments)
    if request is None or len(request[1]) > 1 or request[2]["no_trust"] or not hasattr(os, "fork"):
        return
    root, (edition,) = os.path.realpath(request[0]), request[1]
    from fascicle.project import manifest

    known = manifest.load(manifest.state_folder(root, untrusted=False), edition)
    sections = [entry for entry in known.reads if entry.path.endswith(".md")] if known else []
    if known and all(manifest.is_current(entry, root) for entry in sections):
        return
    from pathlib import Path

    from fascicle.typeset.warm import warm_preamble

    # Another edition may be no matter of TeX's at all.
    warm_preamble.begin(
        Path(root, "build", "run", edition), guess=known is None and edition in DEFAULT_EDITIONS
    )


def _plain_build(arguments: list[str]) -> tuple[str, tuple[str, ...], dict[str, bool], bool] | None:
    """Project folder, editions, settings and quietness of a plain build of one publication; None for anything else."""
    rest = arguments[1:] if arguments[:1] == ["build"] else arguments
    if rest is arguments and any(not argument.startswith("-") for argument in _without_values(rest)):
        return None
    roots: list[str] = []
    editions, quiet = [], False
    settings = dict.fromkeys(_FLAGS.values(), False)
    words = iter(rest)
    for word in words:
        if word in _FLAGS:
            settings[_FLAGS[word]] = True
        elif word in ("-q", "--quiet"):
            quiet = True
        elif word == "--project":
            roots.append(next(words, "."))
        elif word.startswith("--project="):
            roots.append(word.removeprefix("--project="))
        elif word.startswith("-"):
            return None
        else:
            editions.append(word)
    if len(roots) > 1:
        return None
    root = roots[0] if roots else os.environ.get("FASCICLE_PROJECT") or _publication_root()
    return root, tuple(editions) or DEFAULT_EDITIONS, settings, quiet


def _publication_root() -> str:
    """The publication that the present folder belongs to."""
    from fascicle.project import manifest

    return manifest.publication_root()


def _without_values(arguments: list[str]) -> list[str]:
    """The arguments without the value that follows `--project`."""
    return [word for before, word in zip(["", *arguments], arguments, strict=False) if before != "--project"]
