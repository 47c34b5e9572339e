"""Edits of a Word document as a co-author makes them, in its XML: tracked or not, with remarks."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from fascicle.export.zip_archive import unzipped, zipped

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ET.register_namespace("w", W[1:-1])
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BODY, _NOTES = "word/document.xml", "word/footnotes.xml"
_BY = {f"{W}author": "A. Co-Author", f"{W}date": "2026-01-02T03:04:05Z"}


@dataclass
class EditedWord:
    """A document under way."""

    data: bytes
    tracked: bool = False
    _parts: dict[str, ET.Element] = field(default_factory=dict)
    _number: int = 500

    def __post_init__(self) -> None:
        self.files = unzipped(self.data)
        for name in (_BODY, _NOTES):
            if name in self.files:
                self._parts[name] = ET.fromstring(self.files[name])
        self.comments: list[tuple[str, str]] = []

    @property
    def body(self) -> ET.Element:
        return self._parts[_BODY]

    def paragraph(self, words: str) -> ET.Element:
        """The paragraph that holds these words."""
        return next(
            p
            for part in self._parts.values()
            for p in part.iter(f"{W}p")
            if words in "".join(t.text or "" for t in p.iter(f"{W}t"))
        )

    def paragraphs(self) -> Iterator[tuple[ET.Element, str]]:
        """Every paragraph of body and notes with its text."""
        for part in self._parts.values():
            for p in part.iter(f"{W}p"):
                yield p, "".join(t.text or "" for t in p.iter(f"{W}t"))

    def kind(self, paragraph: ET.Element) -> str:
        """What a paragraph is: cell, note, heading, caption, item, matter of the title page, or text."""
        parents = {
            child: parent for part in self._parts.values() for parent in part.iter() for child in parent
        }
        at: ET.Element | None = paragraph
        while at is not None:
            if at.tag in (f"{W}tc", f"{W}footnote"):
                return "cell" if at.tag == f"{W}tc" else "note"
            at = parents.get(at)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val", "") if style is not None else ""
        if name.startswith("Heading"):
            return "heading"
        if name in ("Caption", "TableCaption", "ImageCaption", "Bibliography"):
            return "work" if name == "Bibliography" else "caption"
        if paragraph.find(f"{W}pPr/{W}numPr") is not None:
            return "item"
        return "text" if name in ("", "BodyText", "FirstParagraph", "Compact", "Normal") else "matter"

    def before(self, paragraph: ET.Element) -> ET.Element | None:
        """The paragraph directly before another one."""
        for parent in self.body.iter():
            children = list(parent)
            if paragraph in children:
                at = children.index(paragraph)
                return children[at - 1] if at and children[at - 1].tag == f"{W}p" else None
        return None

    def looks(self, words: str) -> bool:
        """Whether some words have looks of their own."""
        runs = self._split(self.paragraph(words))
        text = "".join(run.findtext(f"{W}t") or "\0" for run in runs)
        found = runs[text.index(words) : text.index(words) + len(words)]
        return any(run.find(f"{W}rPr/{W}i") is not None for run in found)

    def insert(self, behind: str, new: str) -> EditedWord:
        """Words come behind others."""
        paragraph = self.paragraph(behind)
        runs = self._split(paragraph)
        text = "".join(run.findtext(f"{W}t") or "\0" for run in runs)
        last = runs[text.index(behind) + len(behind) - 1]
        parents = {child: parent for parent in paragraph.iter() for child in parent}
        run = self._run(new, last)
        if self.tracked:
            change = self._change("ins")
            change.append(run)
            run = change
        parents[last].insert(list(parents[last]).index(last) + 1, run)
        return self

    def replace(self, old: str, new: str) -> EditedWord:
        """Words that stand in one paragraph become others, with the looks of the first of them."""
        paragraph = self.paragraph(old)
        runs = self._split(paragraph)
        text = "".join(run.findtext(f"{W}t") or "\0" for run in runs)
        at = text.index(old)
        gone = runs[at : at + len(old)]
        come = [self._run(new, gone[0])] if new else []
        self._swap(paragraph, gone, come)
        return self

    def replace_last(self, old: str, new: str) -> EditedWord:
        """As `replace`, where the words stand last in their paragraph."""
        paragraph = self.paragraph(old)
        runs = self._split(paragraph)
        at = "".join(run.findtext(f"{W}t") or "\0" for run in runs).rindex(old)
        gone = runs[at : at + len(old)]
        self._swap(paragraph, gone, [self._run(new, gone[0])] if new else [])
        return self

    def look(self, words: str, look: str) -> EditedWord:
        """Words get another look: i, b."""
        paragraph = self.paragraph(words)
        runs = self._split(paragraph)
        text = "".join(run.findtext(f"{W}t") or "\0" for run in runs)
        for run in runs[text.index(words) : text.index(words) + len(words)]:
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = ET.Element(f"{W}rPr")
                run.insert(0, properties)
            ET.SubElement(properties, f"{W}{look}")
        return self

    def without_note(self, words: str) -> EditedWord:
        """The marks of notes in the paragraph that holds some words go."""
        paragraph = self.paragraph(words)
        for run in [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}footnoteReference") is not None]:
            self._swap(paragraph, [run], [])
        return self

    def cite(self, behind: str, code: str, shown: str) -> EditedWord:
        """A field of a reference manager behind some words."""
        paragraph = self.paragraph(behind)
        runs = self._split(paragraph)
        text = "".join(run.findtext(f"{W}t") or "\0" for run in runs)
        last = runs[text.index(behind) + len(behind) - 1]
        parents = {child: parent for parent in paragraph.iter() for child in parent}
        holder, at = parents[last], list(parents[last]).index(last) + 1
        made = [
            self._field("begin"),
            self._code(code),
            self._field("separate"),
            self._run(shown, None),
            self._field("end"),
        ]
        for number, run in enumerate([self._run(" ", None), *made]):
            holder.insert(at + number, run)
        return self

    def _field(self, kind: str) -> ET.Element:
        run = ET.Element(f"{W}r")
        ET.SubElement(run, f"{W}fldChar", {f"{W}fldCharType": kind})
        return run

    def _code(self, code: str) -> ET.Element:
        run = ET.Element(f"{W}r")
        ET.SubElement(run, f"{W}instrText").text = code
        return run

    def remark(self, words: str, said: str) -> EditedWord:
        """A remark about words."""
        paragraph = self.paragraph(words)
        runs = self._split(paragraph)
        text = "".join(run.findtext(f"{W}t") or "\0" for run in runs)
        number = str(len(self.comments))
        first, last = runs[text.index(words)], runs[text.index(words) + len(words) - 1]
        parents = {child: parent for parent in paragraph.iter() for child in parent}
        before, after = parents[first], parents[last]
        before.insert(list(before).index(first), ET.Element(f"{W}commentRangeStart", {f"{W}id": number}))
        after.insert(list(after).index(last) + 1, ET.Element(f"{W}commentRangeEnd", {f"{W}id": number}))
        mark = ET.Element(f"{W}r")
        ET.SubElement(mark, f"{W}commentReference", {f"{W}id": number})
        after.insert(list(after).index(last) + 2, mark)
        self.comments.append((number, said))
        return self

    def remove(self, words: str) -> EditedWord:
        """A whole paragraph goes."""
        paragraph = self.paragraph(words)
        if self.tracked:
            self._swap(paragraph, self._split(paragraph), [])
            self._mark(paragraph, "del")
        else:
            parents = {child: parent for parent in self.body.iter() for child in parent}
            parents[paragraph].remove(paragraph)
        return self

    def add(self, behind: str, *texts: str) -> EditedWord:
        """New paragraphs behind the one that holds some words."""
        paragraph = self.paragraph(behind)
        parents = {child: parent for parent in self.body.iter() for child in parent}
        holder, at = parents[paragraph], list(parents[paragraph]).index(paragraph)
        for text in reversed(texts):
            new = ET.Element(f"{W}p")
            run = self._run(text, None)
            if self.tracked:
                self._mark(new, "ins")
                change = self._change("ins")
                change.append(run)
                new.append(change)
            else:
                new.append(run)
            holder.insert(at + 1, new)
        return self

    def table(self, behind: str, *rows: tuple[str, ...]) -> EditedWord:
        """A new table behind the paragraph that holds some words."""
        paragraph = self.paragraph(behind)
        parents = {child: parent for parent in self.body.iter() for child in parent}
        made = ET.Element(f"{W}tbl")
        ET.SubElement(made, f"{W}tblPr")
        grid = ET.SubElement(made, f"{W}tblGrid")
        for _ in rows[0]:
            ET.SubElement(grid, f"{W}gridCol", {f"{W}w": "2000"})
        for row in rows:
            line = ET.SubElement(made, f"{W}tr")
            for text in row:
                cell = ET.SubElement(ET.SubElement(line, f"{W}tc"), f"{W}p")
                if text:
                    cell.append(self._run(text, None))
        holder = parents[paragraph]
        holder.insert(list(holder).index(paragraph) + 1, made)
        return self

    def move(self, words: str, behind: str) -> EditedWord:
        """The paragraph that holds some words goes behind the one that holds others."""
        moved, target = self.paragraph(words), self.paragraph(behind)
        parents = {child: parent for parent in self.body.iter() for child in parent}
        parents[moved].remove(moved)
        parents[target].insert(list(parents[target]).index(target) + 1, moved)
        return self

    def split(self, words: str) -> EditedWord:
        """A paragraph becomes two, the second of which begins with some words."""
        paragraph = self.paragraph(words)
        runs = self._split(paragraph)
        text = "".join(run.findtext(f"{W}t") or "\0" for run in runs)
        parents = {child: parent for parent in self.body.iter() for child in parent}
        second = ET.Element(f"{W}p")
        if (properties := paragraph.find(f"{W}pPr")) is not None:
            second.append(deepcopy(properties))
        if self.tracked:
            self._mark(paragraph, "ins")
        moved, begins = False, runs[text.index(words)]
        for child in list(paragraph):
            moved = moved or child is begins
            if moved:
                paragraph.remove(child)
                second.append(child)
        holder = parents[paragraph]
        holder.insert(list(holder).index(paragraph) + 1, second)
        return self

    def join(self, words: str) -> EditedWord:
        """The paragraph that holds some words is joined to the one before it."""
        second = self.paragraph(words)
        parents = {child: parent for parent in self.body.iter() for child in parent}
        holder = parents[second]
        first = list(holder)[list(holder).index(second) - 1]
        if self.tracked:
            space = self._change("ins")
            space.append(self._run(" ", None))
            first.append(space)
            self._mark(first, "del")
            return self
        first.append(self._run(" ", None))
        for child in list(second):
            if child.tag != f"{W}pPr":
                first.append(child)
        holder.remove(second)
        return self

    def done(self) -> bytes:
        """The document as it comes back."""
        files = {**self.files, **{name: ET.tostring(part, "utf-8") for name, part in self._parts.items()}}
        if self.comments:
            files["word/comments.xml"] = _comments(self.comments)
            files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
                b"</Types>",
                b'<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>',
            )
            relations = "word/_rels/document.xml.rels"
            files[relations] = files[relations].replace(
                b"</Relationships>",
                b'<Relationship Id="rIdComments" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>',
            )
        return zipped(files, 1_700_000_000)

    def _split(self, paragraph: ET.Element) -> list[ET.Element]:
        """Every run cut into runs of one character; those of notes' marks and the like stay."""
        for parent in list(paragraph.iter()):
            for run in [child for child in parent if child.tag == f"{W}r"]:
                text = run.findtext(f"{W}t")
                if not text or len(run.findall(f"{W}t")) != 1:
                    continue
                at = list(parent).index(run)
                parent.remove(run)
                for number, sign in enumerate(text):
                    parent.insert(at + number, self._run(sign, run))
        return list(paragraph.iter(f"{W}r"))

    def _run(self, text: str, like: ET.Element | None) -> ET.Element:
        run = ET.Element(f"{W}r")
        if like is not None and (properties := like.find(f"{W}rPr")) is not None:
            run.append(deepcopy(properties))
        ET.SubElement(run, f"{W}t", {_SPACE: "preserve"}).text = text
        return run

    def _swap(self, paragraph: ET.Element, gone: list[ET.Element], come: list[ET.Element]) -> None:
        parents = {child: parent for parent in paragraph.iter() for child in parent}
        if gone and come:
            holder = parents[gone[0]]
            at = list(holder).index(gone[0])
            for run in come:
                new = run
                if self.tracked:
                    new = self._change("ins")
                    new.append(run)
                holder.insert(at, new)
        for run in gone:
            holder = parents[run]
            at = list(holder).index(run)
            holder.remove(run)
            if self.tracked:
                change = self._change("del")
                for text in run.iter(f"{W}t"):
                    text.tag = f"{W}delText"
                change.append(run)
                holder.insert(at, change)

    def _change(self, kind: str) -> ET.Element:
        self._number += 1
        return ET.Element(f"{W}{kind}", {f"{W}id": str(self._number), **_BY})

    def _mark(self, paragraph: ET.Element, kind: str) -> None:
        """The paragraph's end came or went itself."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = ET.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        mark = properties.find(f"{W}rPr")
        if mark is None:
            mark = ET.SubElement(properties, f"{W}rPr")
        mark.insert(0, self._change(kind))


def _comments(comments: list[tuple[str, str]]) -> bytes:
    root = ET.Element(f"{W}comments")
    for number, said in comments:
        one = ET.SubElement(root, f"{W}comment", {f"{W}id": number, **_BY})
        paragraph = ET.SubElement(one, f"{W}p")
        ET.SubElement(ET.SubElement(paragraph, f"{W}r"), f"{W}t").text = said
    return ET.tostring(root, "utf-8")
