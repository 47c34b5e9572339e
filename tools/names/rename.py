"""Renames identifiers as renames.txt says: `python rename.py ROOT [RENAMES]`. Prints what it could not do; exits 1 then.

Python files are changed token by token. A name with a module is renamed in that module and where it is imported from
there. In comments, docstrings and docs/*.md a name is changed where it stands in backticks or after its module's dots;
in tests also in parametrize's names and in strings such as "fascicle.a.b.Name".
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

FOLDERS = ("fascicle", "tests", "tools", "figures")


@dataclass
class Rule:
    old: str
    new: str
    module: str = ""
    glob: str = ""


@dataclass
class Plan:
    """What changes in one file."""

    plain: dict[str, str] = field(default_factory=dict)  # names that stand alone
    everywhere: dict[str, str] = field(default_factory=dict)  # names and attributes
    imported: dict[tuple[str, str], str] = field(default_factory=dict)  # (module, name) in from-imports
    of_module: dict[tuple[str, str], str] = field(default_factory=dict)  # (local name of a module, attribute)


def rules(path: Path) -> list[Rule]:
    found = []
    for line in path.read_text("utf-8").splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if len(words) == 4 and words[2] == "in":
            found.append(Rule(words[0], words[1], glob=words[3]))
        else:
            found.append(Rule(*words))
    return found


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def plan_for(path: Path, tree: ast.Module, wanted: list[Rule]) -> Plan:
    plan = Plan()
    scoped = {(rule.module, rule.old): rule.new for rule in wanted if rule.module}
    here = module_of(path)
    for (module, old), new in scoped.items():
        if module == here:
            plan.plain[old] = new
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                if new := scoped.get(origin(node.module, name.name)):
                    plan.imported[node.module, name.name] = new
                    if name.asname is None:
                        plan.plain[name.name] = new
                below = f"{node.module}.{name.name}"
                for (module, old), new in scoped.items():
                    if module == below:
                        plan.of_module[name.asname or name.name, old] = new
    for rule in wanted:
        if not rule.module and (not rule.glob or glob_match(path, rule.glob)) and rule.old not in plan.plain:
            plan.everywhere[rule.old] = rule.new
    return plan


def glob_match(path: Path, glob: str) -> bool:
    return fnmatch(str(path), glob.replace("**/", "*"))


def spots(tree: ast.Module) -> tuple[set[tuple[int, int]], dict[int, tuple[int, str]], set[tuple[int, int]]]:
    """Positions of module names in imports; lines of from-imports with their module; strings that name parameters."""
    froms: dict[int, tuple[int, str]] = {}
    params: set[tuple[int, int]] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                froms[line] = (node.lineno, module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("parametrize", "usefixtures"):
            for one in ast.walk(node.args[0]) if node.args else ():
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    params.add((one.lineno, one.col_offset))
    return set(), froms, params


def changed(path: Path, text: str, wanted: list[Rule], problems: list[str]) -> str:
    tree = ast.parse(text)
    plan = plan_for(path, tree, wanted)
    _, froms, params = spots(tree)
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    names = {t.string for i, t in enumerate(tokens) if t.type == tokenize.NAME and not (i and tokens[i - 1].string == ".")}
    lines = text.splitlines(keepends=True)
    edits: list[tuple[int, int, int, str]] = []
    done: dict[str, str] = {}
    fresh = {**plan.everywhere, **plan.plain}
    after_import: dict[int, bool] = {}
    for index, token in enumerate(tokens):
        row, column = token.start
        if token.type == tokenize.NAME:
            before = tokens[index - 1].string if index else ""
            if token.string == "import":
                after_import[froms.get(row, (row, ""))[0]] = True
            new = None
            if row in froms and froms[row][1]:
                start, module = froms[row]
                if after_import.get(start):
                    if before == "as":
                        new = plan.everywhere.get(token.string)
                    else:
                        new = plan.imported.get((module, token.string)) or (
                            plan.everywhere.get(token.string) if is_name(module, token.string) else None
                        )
            elif row in froms:
                new = None
            elif before == ".":
                owner = tokens[index - 2].string if index > 1 else ""
                new = plan.of_module.get((owner, token.string)) or plan.everywhere.get(token.string)
            else:
                new = fresh.get(token.string)
                if new and plan.plain.get(token.string) == new and is_keyword(tokens, index):
                    new = plan.everywhere.get(token.string)
            if new:
                if new in names and (before != "." and row not in froms):
                    done[token.string] = new
                edits.append((row, column, column + len(token.string), new))
        elif token.type == tokenize.COMMENT:
            edits += in_words(token, fresh, backticks=True)
        elif token.type == tokenize.STRING:
            if (row, column) in params:
                edits += in_words(token, fresh, backticks=False)
            elif token.string.lstrip("rRbBuU").startswith('"""') or "`" in token.string:
                edits += in_words(token, fresh, backticks=True)
            edits += in_dotted(token, wanted)
            if "f" in token.string.split('"')[0].split("'")[0].lower():
                edits += in_braces(token, fresh, plan.everywhere)
    for old, new in done.items():
        problems.append(f"{path}: {old} -> {new}, and {new} is there already")
    for row, begin, end, new in sorted(set(edits), reverse=True):
        line = lines[row - 1]
        lines[row - 1] = line[:begin] + new + line[end:]
    return "".join(lines)


MODULES: set[str] = set()
IMPORTS: dict[tuple[str, str], tuple[str, str]] = {}


def origin(module: str, name: str) -> tuple[str, str]:
    """Where a name that a module may have imported itself is defined."""
    seen = set()
    while (module, name) in IMPORTS and (module, name) not in seen:
        seen.add((module, name))
        module, name = IMPORTS[module, name]
    return module, name


def note_imports(module: str, text: str) -> None:
    """Remember what a module imports, for those who import it from there."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                IMPORTS[module, name.asname or name.name] = (node.module, name.name)


def is_name(module: str, name: str) -> bool:
    """Whether `from module import name` imports a name and not a module."""
    return f"{module}.{name}" not in MODULES


def is_keyword(tokens: list[tokenize.TokenInfo], index: int) -> bool:
    """Whether a name is that of an argument in a call: `f(Name=…)`."""
    after = tokens[index + 1].string if index + 1 < len(tokens) else ""
    return after == "=" and tokens[index - 1].string in ("(", ",") and tokens[index].string[:1].islower()


def in_words(token: tokenize.TokenInfo, names: dict[str, str], *, backticks: bool) -> list[tuple[int, int, int, str]]:
    """Edits inside a comment or string; between backticks only, or any whole word."""
    edits = []
    for number, line in enumerate(token.string.splitlines()):
        shift = token.start[1] if number == 0 else 0
        for part in re.finditer(r"`+[^`]+`+", line) if backticks else [re.match(r".*", line)]:
            for found in re.finditer(r"(?<![\w.-])[A-Za-z_]\w*(?![\w-])", part[0]):
                if new := names.get(found[0]):
                    begin = shift + part.start() + found.start()
                    edits.append((token.start[0] + number, begin, begin + len(found[0]), new))
    return edits


def in_braces(
    token: tokenize.TokenInfo, names: dict[str, str], attributes: dict[str, str]
) -> list[tuple[int, int, int, str]]:
    """Edits of the expressions in an f-string, which Python 3.11 gives as one token."""
    edits = []
    for number, line in enumerate(token.string.splitlines()):
        shift = token.start[1] if number == 0 else 0
        for part in re.finditer(r"(?<!\{)\{(?!\{)([^{}]*)", line):
            for found in re.finditer(r"(?<![\w\"'])(\.?)\b([A-Za-z_]\w*)(?![\w\"'])", part[1]):
                table = attributes if found[1] else names
                if new := table.get(found[2]):
                    begin = shift + part.start(1) + found.start(2)
                    edits.append((token.start[0] + number, begin, begin + len(found[2]), new))
    return edits


def in_dotted(token: tokenize.TokenInfo, wanted: list[Rule]) -> list[tuple[int, int, int, str]]:
    """Edits of `fascicle.a.b.Name` inside a string."""
    edits = []
    for number, line in enumerate(token.string.splitlines()):
        shift = token.start[1] if number == 0 else 0
        for found in re.finditer(r"\b(fascicle(?:\.\w+)+)\.(\w+)", line):
            module, name = found[1], found[2]
            for rule in wanted:
                fits = rule.module in (module, "") and not rule.glob
                if fits and rule.old == name and f"{module}.{name}" not in MODULES:
                    begin = shift + found.start(2)
                    edits.append((token.start[0] + number, begin, begin + len(name), rule.new))
                    break
    return edits


def in_markdown(text: str, wanted: list[Rule]) -> str:
    """Names of code between backticks: only those that stand for one thing."""
    counts: dict[str, set[str]] = {}
    for rule in wanted:
        counts.setdefault(rule.old, set()).add(rule.new)
    sure = {old: next(iter(new)) for old, new in counts.items() if len(new) == 1 and old[:1].isupper() and old not in AMBIGUOUS}
    def one(match: re.Match[str]) -> str:
        return re.sub(r"(?<![\w.-])[A-Z]\w*(?![\w-])", lambda name: sure.get(name[0], name[0]), match[0])
    return re.sub(r"`[^`\n]+`", one, text)


AMBIGUOUS = {"Place", "Work", "Run", "Code", "Link", "Path", "Source", "Item", "Result", "Journal", "Words", "Colour", "Order", "Made"}


def first_lines(root: Path, table: Path) -> None:
    """Shorter first lines of modules: `path<TAB>sentence`, where the module's docstring is one line."""
    for line in table.read_text("utf-8").splitlines() if table.exists() else ():
        name, _, sentence = line.partition("\t")
        file = root / name
        if not sentence or not file.exists():
            continue
        text = file.read_text("utf-8")
        match = re.match(r'(r?""")(.*?)("""\n|\n)', text)
        if match:
            file.write_text(f"{match[1]}{sentence}{match[3]}{text[match.end():]}", "utf-8")


LONG = 92


def split_first_line(path: Path) -> None:
    """A module's first line that is too long, in two: the sentence up to its colon, the rest as a second paragraph."""
    text = path.read_text("utf-8")
    match = re.match(r'(r?""")([^"\n]*)(?:"""\n|\n)', text)
    if not match or len(match[2]) <= LONG:
        return
    cuts = [cut for cut in re.finditer(r"[:;] |\. (?=[A-Z])", match[2]) if 28 <= cut.start() <= LONG - 1]
    if not cuts:
        return
    # Not inside backticks or brackets.
    cuts = [cut for cut in cuts if match[2][: cut.start()].count("`") % 2 == 0 and match[2][: cut.start()].count("(") == match[2][: cut.start()].count(")")]
    if not cuts:
        return
    head, rest = match[2][: cuts[0].start()], match[2][cuts[0].end() :]
    rest = rest if rest[0] == "`" or rest.startswith(("luaotfload", "pdfium")) else rest[0].upper() + rest[1:]
    rest = rest if rest.endswith((".", "?", "!")) else rest + "."
    closed = match[0].endswith('"""\n')
    path.write_text(f'{match[1]}{head}.\n\n{rest}' + ('\n"""\n' if closed else "\n") + text[match.end() :], "utf-8")


def main() -> int:
    root = Path(sys.argv[1])
    here = Path(__file__).resolve().parent
    wanted = rules(Path(sys.argv[2]) if len(sys.argv) > 2 else here / "renames.txt")
    files = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.py"))]
    MODULES.update(module_of(path.relative_to(root)) for path in files)
    MODULES.update(module_of(path.relative_to(root)).removesuffix(".__init__") for path in files)
    for path in files:
        note_imports(module_of(path.relative_to(root)), path.read_text("utf-8"))
    problems: list[str] = []
    results: dict[Path, str] = {}
    for path in files:
        text = path.read_text("utf-8")
        new = changed(path.relative_to(root), text, wanted, problems)
        if new != text:
            results[path] = new
    for path, new in results.items():
        path.write_text(new, "utf-8")
    for path in [*(root / "docs").glob("*.md"), root / "CONTRIBUTING.md"]:
        text = path.read_text("utf-8")
        path.write_text(in_markdown(text, wanted), "utf-8")
    first_lines(root, here / "first_lines.txt")
    for path in sorted((root / "fascicle").rglob("*.py")):
        split_first_line(path)
    print("\n".join(problems) or "no collision")
    print(f"{len(results)} files changed")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
