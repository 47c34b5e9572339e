"""Trees of tags: each part's becomes a part of one tree, its keys and ids made its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from fascicle.pdf.joining.parts import Copied, is_tagged
from fascicle.pdf.objects import array, dictionary, entry, follow, name, number, text_string

_KEYS = ("/StructParents", "/StructParent")
PART = "/Part"
"""What the document of a part becomes in the document of all (ISO 32000-2, 14.8.4.3)."""


def join_structure(writer: PdfWriter, parts: Sequence[Copied]) -> None:
    """One tree of all; no tree at all where a part has none, for half a tree would hide the rest from its readers."""
    if not parts or not all(map(is_tagged, parts)):
        for part in parts:
            _without_keys(part)
        return
    whole = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    writer._add_object(whole)
    document = DictionaryObject(
        {NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/Document")}
    )
    writer._add_object(document)
    document[NameObject("/P")] = whole.indirect_reference or whole
    numbers, ids, kids, namespaces, offset = (
        ArrayObject(),
        dict[bytes, PdfObject](),
        ArrayObject(),
        ArrayObject(),
        0,
    )
    for part in parts:
        tree = dictionary(part.root, "/StructTreeRoot")
        offset = _shift(part, tree, offset, numbers)
        _own_ids(part, ids)
        kids.extend(_adopted(part, tree, document))
        namespaces.extend(array(tree, "/Namespaces"))
        for key in ("/RoleMap", "/ClassMap"):
            if found := dictionary(tree, key):
                whole[NameObject(key)] = DictionaryObject({**dictionary(whole, key), **found})
    document[NameObject("/K")] = kids
    if namespaces:
        document[NameObject("/NS")] = _namespace_of(kids) or namespaces[0]
        whole[NameObject("/Namespaces")] = namespaces
    whole[NameObject("/K")] = ArrayObject([document.indirect_reference or document])
    whole[NameObject("/ParentTree")] = writer._add_object(DictionaryObject({NameObject("/Nums"): numbers}))
    whole[NameObject("/ParentTreeNextKey")] = NumberObject(offset)
    if ids:
        pairs = ArrayObject(item for key in sorted(ids) for item in (ByteStringObject(key), ids[key]))
        whole[NameObject("/IDTree")] = writer._add_object(DictionaryObject({NameObject("/Names"): pairs}))
    writer.root_object[NameObject("/StructTreeRoot")] = whole.indirect_reference or whole
    writer.root_object[NameObject("/MarkInfo")] = DictionaryObject(
        {NameObject("/Marked"): BooleanObject(True)}
    )


def _without_keys(part: Copied) -> None:
    for item in part.dictionaries:
        for key in _KEYS:
            item.pop(key, None)


def _shift(part: Copied, tree: DictionaryObject, offset: int, numbers: ArrayObject) -> int:
    """Make the keys of a part's pages and annotations its own; the first key that is free after it."""
    free = offset
    for item in part.dictionaries:
        for key in _KEYS:
            if key in item:
                item[NameObject(key)] = NumberObject(number(item, key) + offset)
                free = max(free, number(item, key) + 1)
    for own, value in _flat(entry(tree, "/ParentTree")):
        numbers.extend((NumberObject(own + offset), value))
        free = max(free, own + offset + 1)
    return free


def _flat(top: PdfObject) -> Iterator[tuple[int, PdfObject]]:
    """Keys and values of a number tree, in order."""
    waiting: list[object] = [top]
    while waiting:
        node = follow(waiting.pop())
        pairs = array(node, "/Nums")
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            yield int(str(follow(key))), value
        waiting.extend(reversed(array(node, "/Kids")))


def _own_ids(part: Copied, ids: dict[bytes, PdfObject]) -> None:
    """Let ids of elements, and the headers that name them, begin with the part's name."""
    start = part.part.name.encode() + b":"
    for item in part.dictionaries:
        if name(item, "/Type") == "/StructElem" and (old := _raw(entry(item, "/ID"))) is not None:
            item[NameObject("/ID")] = ByteStringObject(start + old)
            ids[start + old] = item.indirect_reference or item
        if name(item, "/O") == "/Table" and "/Headers" in item:
            named = (_raw(follow(header)) for header in array(item, "/Headers"))
            item[NameObject("/Headers")] = ArrayObject(
                ByteStringObject(start + one) for one in named if one is not None
            )


def _raw(value: object) -> bytes | None:
    if isinstance(value, ByteStringObject):
        return bytes(value)
    return value.original_bytes if isinstance(value, TextStringObject) else None


def _adopted(part: Copied, tree: DictionaryObject, document: DictionaryObject) -> Iterator[PdfObject]:
    """The topmost elements of a part, in the document of all."""
    top = entry(tree, "/K")
    kids = list(top) if isinstance(top, ArrayObject) else [tree.raw_get("/K")]
    for kid in kids:
        element = follow(kid)
        if not isinstance(element, DictionaryObject):
            continue
        element[NameObject("/P")] = document.indirect_reference or document
        if name(element, "/S") == "/Document":
            element[NameObject("/S")] = NameObject(PART)
        if part.part.language:
            element[NameObject("/Lang")] = text_string(part.part.language)
        if part.part.title and "/T" not in element:
            element[NameObject("/T")] = text_string(part.part.title)
        yield kid


def _namespace_of(kids: ArrayObject) -> PdfObject | None:
    first = follow(kids[0]) if kids else None
    return first.raw_get("/NS") if isinstance(first, DictionaryObject) and "/NS" in first else None
