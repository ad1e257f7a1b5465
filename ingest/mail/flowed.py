"""Text that a mail program wrapped for the screen (format=flowed), in the paragraphs that were typed."""


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """The text with soft line breaks undone, after RFC 3676; an empty line and the line `-- ` always end a paragraph.

    `delete_space` is the parameter DelSp: the blank before a soft break is then part of the break.
    """
    lines: list[str] = []
    open_depth: int | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        depth, content = _unquoted(line)
        if open_depth == depth and content:
            lines[-1] += content
        else:
            lines.append(">" * depth + (" " if depth else "") + content)
        soft = content.endswith(" ") and content.rstrip() not in ("", "--")
        open_depth = depth if soft else None
        if soft and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _unquoted(line: str) -> tuple[int, str]:
    """How deep the line is quoted, and what it says, without the blank that protects a first character."""
    content = line.lstrip(">")
    depth = len(line) - len(content)
    return depth, content.removeprefix(" ")
