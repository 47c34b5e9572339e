r"""Footnotes, also where LaTeX's `\footnote` would lose them.

Their marks in place, their texts set afterwards.
"""

from __future__ import annotations

from fascicle.document.tree import Note
from fascicle.latex.escape import Latex, concat
from fascicle.latex.writer.nodes import command
from fascicle.latex.writer.state import NoteQueue, Writer


def render_note(writer: Writer, note: Note) -> Latex:
    """A note at the place of its mark."""
    if writer.queue is not None:
        return command(writer.queue.command, Latex(f"{writer.queue.add(note)}"))
    queue = NoteQueue()
    text = command("footnote", _body(writer, note, queue))
    return concat((text, note_texts(writer, queue)))


def note_texts(writer: Writer, queue: NoteQueue) -> Latex:
    """The texts of the notes put off, and of those put off meanwhile."""
    texts: list[Latex] = []
    while queue.stepped < len(queue.notes):
        note = queue.notes[queue.stepped]
        queue.stepped += 1
        texts.append(command(queue.text_command, _body(writer, note, queue)))
    return Latex("%\n").join(texts)


def _body(writer: Writer, note: Note, queue: NoteQueue) -> Latex:
    """A note's blocks on lines of their own; afterwards the output has to find its way back."""
    with writer.within(in_note=True, queue=queue, quote_depth=0, block=note.span, lists=[]):
        body = writer.blocks(note.content)
    writer.away += 1
    return Latex(f"%\n{body}")
