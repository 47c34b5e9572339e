"""Asks veraPDF, the validator of the PDF/A and PDF/UA standards, whether a file keeps what it claims.

It is a Java program. Its jar is looked for where VERAPDF_JAR says and in Maven's own store, and never fetched by a
build; `tools/get-verapdf` fetches it.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from fascicle.pdf.preflight.external_tools import ProgramError, run

VERSION = "1.30.2"
MAIN_CLASS = "org.verapdf.apps.GreenfieldCliWrapper"
STORE = f".m2/repository/org/verapdf/apps/cli/{VERSION}/cli-{VERSION}.jar"
RULE = re.compile(r"^\s*FAIL\s+(\S+)(.*)$")


def jar() -> Path | None:
    """The jar; None when it is not here."""
    named = os.environ.get("VERAPDF_JAR")
    places = [Path(named)] if named else [Path("~").expanduser() / STORE]
    return next((path for path in places if path.is_file()), None)


def not_here() -> str:
    """Why veraPDF cannot judge; empty when it can."""
    if shutil.which("java") is None:
        return "java is not installed"
    return "" if jar() else "veraPDF is not here: `tools/get-verapdf` fetches it"


def flavours(claims: Mapping[str, str]) -> tuple[str, ...]:
    """VeraPDF's names of the standards that are claimed, such as `2u`; none for those that veraPDF does not judge."""
    archive, universal = claims.get("pdfaid:part"), claims.get("pdfuaid:part")
    named = f"{archive}{claims.get('pdfaid:conformance', '').lower()}" if archive else ""
    return tuple(filter(None, (named, f"ua{universal}" if universal else "")))


def failures(pdf: bytes, wanted: str) -> list[str]:
    """The rules that are broken, such as `clause 6.3.2, test 1`; nothing when the standard is kept.

    Raises ProgramError when veraPDF gives no verdict.
    """
    judge = jar()
    if judge is None:
        raise ProgramError(not_here())
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        words = ["-cp", str(judge), MAIN_CLASS, "-f", wanted, "--format", "text", "-v", file.name]
        ran = run(["java", *words], [file.name, str(judge)], virtual_machine=True)
    lines = ran.stdout.decode(errors="replace").splitlines()
    if not lines or lines[0].split(" ")[0] not in ("PASS", "FAIL"):
        raise ProgramError(f"veraPDF gave no verdict: {ran.stderr.decode(errors='replace')[-200:].strip()}")
    if lines[0].startswith("PASS"):
        return []
    return [_told(match[1]) for line in lines[1:] if (match := RULE.match(line))] or [
        "the standard is not kept"
    ]


def _told(rule: str) -> str:
    clause, _, test = rule.rpartition("-")
    return f"clause {clause}, test {test} is broken" if clause else f"rule {rule} is broken"
