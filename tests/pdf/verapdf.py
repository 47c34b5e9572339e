"""The judge of PDF/A, when it is here: veraPDF's jar, named by an environment variable or in Maven's own store."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

VERSION = "1.30.2"
COORDINATES = f"org.verapdf.apps:cli:{VERSION}"
STORE = (
    Path.home() / ".m2" / "repository" / "org" / "verapdf" / "apps" / "cli" / VERSION / f"cli-{VERSION}.jar"
)


def jar() -> Path | None:
    """The jar; None when it is not here."""
    named = os.environ.get("VERAPDF_JAR")
    return next((path for path in (Path(named) if named else STORE, STORE) if path.is_file()), None)


def failures(judge: Path, file: Path, flavour: str = "2u") -> list[str]:
    """The clauses that `file` breaks, such as `6.3.2-1`."""
    command = [
        "java",
        "-cp",
        judge,
        "org.verapdf.apps.GreenfieldCliWrapper",
        "-f",
        flavour,
        "--format",
        "text",
        "-v",
        file,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    lines = ran.stdout.splitlines()
    assert lines, ran.stderr
    assert lines[0].split()[0] in ("PASS", "FAIL"), ran.stdout
    return [line.split()[1] for line in lines[1:]] if lines[0].startswith("FAIL") else []
