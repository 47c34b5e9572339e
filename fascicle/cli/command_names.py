"""Names of the commands."""

COMMANDS = (
    "build",
    "check",
    "cite",
    "clean",
    "collection",
    "completion",
    "doctor",
    "explain",
    "help",
    "import",
    "list",
    "lsp",
    "merge",
    "new",
    "preflight",
    "redline",
    "schema",
    "styles",
    "submit",
    "watch",
)
"""Names of the commands; each is a module of `fascicle.cli.commands` with a command of its own name, imported when called.

A name that Python has taken already has an underscore after it there."""
EVERYWHERE = (
    "check",
    "cite",
    "clean",
    "completion",
    "explain",
    "help",
    "import",
    "list",
    "lsp",
    "new",
    "schema",
    "styles",
)
"""Those that work on Windows, too."""
