"""What a text may not hold when pandoc is to write it, told at its author's line before anything slow is done."""

from __future__ import annotations

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import PandocAnswer, warned
from fascicle.document.document import Document
from fascicle.document.tree import Math, RawBlock, RawInline
from fascicle.export.pandoc.formulas import known_to_pandoc


def check_convertible(document: Document, problems: Collector, target: str = "a Word document") -> bool:
    """Whether the text is free of raw LaTeX, which `target` cannot hold."""
    raw = [node for node in document.nodes() if isinstance(node, RawInline | RawBlock)]
    for node in raw:
        message = f"raw LaTeX cannot be put into {target}"
        hint = "write it in Markdown, or as a formula between dollar signs"
        problems.add(Code.RAW_LATEX_LOST, message, node.span, hint)
    return not raw


def tell_formulas(answer: PandocAnswer, document: Document, problems: Collector, target: str) -> None:
    """Warn of formulas that pandoc could not convert, so that `target` has their LaTeX as it was typed."""
    formulas = [node for node in document.nodes() if isinstance(node, Math)]
    reported = set()
    for message in warned(answer, "CouldNotConvertTeXMath"):
        contents = str(message.get("contents", "")).strip()
        if contents in reported:
            continue
        reported.add(contents)
        span = next((node.span for node in formulas if known_to_pandoc(node.tex) == contents), None)
        reason = " ".join(str(message.get("message", "")).split("\n")[-2:]).strip()
        problems.add(
            Code.FORMULA_NOT_CONVERTED,
            f"a formula cannot be converted: {target} has its LaTeX as you typed it",
            span,
            "write it with simpler commands",
            causes=[reason] if reason else [],
        )
