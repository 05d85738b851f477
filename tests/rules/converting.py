"""A little converter for tests: simple Markdown as reStructuredText, AsciiDoc or Org."""

import re

_FENCE = re.compile(r"^(`{3,}|~{3,})\s*(\S*)$")
_HEADING = re.compile(r"^(#{1,6}) +(.+?)(?: +#+)?$")
_ITEM = re.compile(r"^( *)([-*+]|\d+[.)]) +(.*)$")
_COMMENT = re.compile(r"^<!--(.*?)-->$", re.DOTALL)
_INLINE = re.compile(
    r"`([^`]+)`|!?\[([^\]]*)\]\(([^)\s]+)\)|<(https?:[^>\s]+|[\w.+-]+@[\w.-]+)>|\*\*([^*]+)\*\*"
)


def convert(text, form):
    """Return Markdown text in another form: rst, adoc or org."""
    return "\n".join(_FORMS[form](kind, *parts) for kind, *parts in _blocks(text)) + "\n"


def _blocks(text):
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        block, at = _block(lines, at)
        yield block


def _block(lines, at):  # noqa: PLR0911 - one return a kind
    """Return the block that begins at an index, and the index after it."""
    line = lines[at]
    if fence := _FENCE.match(line):
        end = _while(lines, at + 1, lambda inner: not inner.startswith(fence[1]))
        return ("code", fence[2], lines[at + 1 : end]), end + 1
    if (
        line.startswith("    ")
        and line.strip()
        and (not at or not lines[at - 1].strip() or lines[at - 1][0] == "#")
    ):
        end = _while(lines, at + 1, lambda inner: inner.startswith("    "))
        return ("code", "", [inner[4:] for inner in lines[at:end]]), end
    if line.startswith("<!--"):
        end = at + 1 if "-->" in line else _while(lines, at, lambda inner: "-->" not in inner) + 1
        return ("comment", _COMMENT.match("\n".join(lines[at:end]).strip())[1].strip().split("\n")), end
    if line.startswith("|"):
        end = _while(lines, at + 1, lambda inner: inner.startswith("|"))
        rows = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in lines[at:end]]
        return ("table", [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]), end
    if heading := _HEADING.match(line):
        return ("heading", len(heading[1]), heading[2]), at + 1
    if item := _ITEM.match(line):
        return ("item", len(item[1]), item[2][0].isdigit(), item[3]), at + 1
    return ("line", line.strip()), at + 1


def _while(lines, at, holds):
    while at < len(lines) and holds(lines[at]):
        at += 1
    return at


def _inline(text, code, link, strong):
    def replaced(match):
        if match[1]:
            return code.format(match[1])
        if match[3]:
            return link.format(target=match[3], text=match[2] or match[3])
        return match[4] or strong.format(match[5])

    return _INLINE.sub(replaced, text)


def _rst(kind, *parts):
    def inline(text):
        return _inline(text, "``{}``", "`{text} <{target}>`__", "**{}**")

    if kind == "heading":
        title = inline(parts[1])
        return f"\n{title}\n{'=-~^.+'[parts[0] - 1] * max(len(title), 4)}\n"
    if kind == "code":
        head = f".. code-block:: {parts[0]}" if parts[0] else "::"
        return "\n".join(["", head, "", *(f"   {line}" for line in parts[1]), ""])
    if kind == "comment":
        return "\n".join(["", "..", *(f"   {line}" for line in parts[0]), ""])
    if kind == "table":
        rows = [[inline(cell) for cell in row] for row in parts[0]]
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
        drawn = (
            "|" + "|".join(f" {cell:{width}} " for cell, width in zip(row, widths, strict=True)) + "|"
            for row in rows
        )
        return "\n".join(["", rule, *(line for row in drawn for line in (row, rule)), ""])
    if kind == "item":
        return f"\n{' ' * parts[0]}{'#.' if parts[1] else '-'} {inline(parts[2])}"
    return inline(parts[0])


def _adoc(kind, *parts):
    def inline(text):
        return _inline(text, "`{}`", "link:{target}[{text}]", "*{}*")

    if kind == "heading":
        return f"\n{'=' * parts[0]} {inline(parts[1])}\n"
    if kind == "code":
        return "\n".join(
            ["", f"[source,{parts[0]}]" if parts[0] else "[source]", "----", *parts[1], "----", ""]
        )
    if kind == "comment":
        return "\n".join(["", "////", *parts[0], "////", ""])
    if kind == "table":
        rows = ("| " + " | ".join(map(inline, row)) for row in parts[0])
        return "\n".join(["", "|===", *rows, "|===", ""])
    if kind == "item":
        return f"{('.' if parts[1] else '*') * (1 + parts[0] // 2)} {inline(parts[2])}"
    return inline(parts[0])


def _org(kind, *parts):
    def inline(text):
        return _inline(text, "={}=", "[[{target}][{text}]]", "*{}*")

    if kind == "heading":
        return f"{'*' * parts[0]} {inline(parts[1])}"
    if kind == "code":
        opening = f"#+begin_src {parts[0]}" if parts[0] else "#+begin_example"
        return "\n".join([opening, *parts[1], "#+end_src" if parts[0] else "#+end_example"])
    if kind == "comment":
        return "\n".join(["#+begin_comment", *parts[0], "#+end_comment"])
    if kind == "table":
        return "\n".join("| " + " | ".join(map(inline, row)) + " |" for row in parts[0])
    if kind == "item":
        return f"{' ' * parts[0]}{'1.' if parts[1] else '-'} {inline(parts[2])}"
    return inline(parts[0])


_FORMS = {"rst": _rst, "adoc": _adoc, "org": _org}
