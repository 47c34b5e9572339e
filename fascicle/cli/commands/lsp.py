"""`fascicle lsp`: the language server, for editors."""

from __future__ import annotations

import click


@click.command(short_help="Serve an editor: diagnostics, completion, renaming and more.")
@click.option(
    "--no-trust",
    is_flag=True,
    help="Run no scripts and pass no raw LaTeX, whatever a publication says of itself.",
)
@click.option("--stdio", is_flag=True, hidden=True, help="What editors add; it is always so.")
def lsp(*, no_trust: bool, stdio: bool) -> int:
    """Speak the Language Server Protocol on standard input and output.

    Editors start it; docs/editors.md says how. It tells what `fascicle check` tells, on text that is not saved yet,
    and completes keys of works, labels, pictures, classes and keys of YAML.
    """
    from fascicle.lsp.server import make_server  # what it needs, no other command loads

    make_server(no_trust=no_trust).start_io()
    return 0
