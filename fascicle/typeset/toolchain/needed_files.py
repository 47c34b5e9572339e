"""Which files of TeX's a document loads that are not here: told before TeX runs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.typeset.toolchain.installation import tlmgr
from fascicle.typeset.toolchain.platforms import tlmgr_command
from fascicle.typeset.toolchain.programs import Toolchain, find_toolchain, is_native, locate
from fascicle.typeset.toolchain.requirements import JOURNAL_FILES

_CLASS = re.compile(r"^\\documentclass(?:\[[^\]]*\])?\{([\w.-]+)\}", re.MULTILINE)
_PACKAGES = re.compile(r"^[^%\n]*\\usepackage(?:\[[^\]]*\])?\{([\w.,\s-]+)\}", re.MULTILINE)
_FONTS = {"gbsnu": "gbsnu00.pfb", "bsmiu": "bsmiu00.pfb", "T2A": "t2aenc.def"}
"""Files of fonts by what a document calls them."""


def tell_missing_files(tex: str, brought: Collection[str], problems: Collector) -> None:
    """Tell of the class, packages and fonts of a document that are not here; `brought` are files beside it."""
    toolchain = find_toolchain()
    wanted = [name for name in dict.fromkeys(_needed(tex)) if name not in brought]
    if toolchain.kpsewhich is None or not wanted:
        return
    here = locate(wanted, toolchain)
    missing = [name for name in wanted if name not in here]
    if missing:
        message = f"TeX has no {', '.join(missing)} here, and this document cannot be set without"
        problems.add(Code.TOOL_MISSING, message, None, *_hints(missing, toolchain))


def _needed(tex: str) -> Iterator[str]:
    preamble = tex.partition("\\begin{document}")[0]
    yield from (f"{found[1]}.cls" for found in _CLASS.finditer(preamble))
    for found in _PACKAGES.finditer(preamble):
        yield from (f"{name.strip()}.sty" for name in found[1].split(",") if name.strip())
    for called, file in _FONTS.items():
        if re.search(rf"(?<![a-zA-Z]){called}(?![a-z])", tex):
            yield file


def _hints(missing: Collection[str], toolchain: Toolchain) -> tuple[str, ...]:
    known = {one.name: one for one in JOURNAL_FILES}
    if not is_native(toolchain):
        return ("type: fascicle doctor --install journals",)
    packages = dict.fromkeys(known[name].texlive if name in known else name[:-4] for name in missing)
    return (f"type: {tlmgr_command(tuple(packages), tlmgr(toolchain.lualatex))}",)
