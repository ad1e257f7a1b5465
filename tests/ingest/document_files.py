"""Small documents for the tests, made here."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file with these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def pdf(*pages: str, kids: str | None = None) -> bytes:
    """A PDF with one line of text a page; an empty text makes a page that is a picture. `kids` lists its pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    found = []
    for text in pages:
        drawn = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET" if text else "0 0 100 100 re f"
        found.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{kids or ' '.join(found)}] >>"
    return pdf_of([one.encode("latin-1") for one in objects])


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects, the first its catalogue."""
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(body))
    )


def swelling_pdf(size: int) -> bytes:
    """A PDF whose one page is `size` bytes of drawing, packed small."""
    packed = zlib.compress(b"BT /F1 12 Tf (a) Tj ET\n" * (size // 23), 1)
    return pdf_of([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
    ])  # fmt: skip


def filled_form_pdf(text: str) -> bytes:
    """A PDF form of one page, with one field that somebody filled in."""
    drawn = f"BT /F1 12 Tf 2 4 Td ({text}) Tj ET"
    font = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    return pdf_of([
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>",
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (antwoord) /V ({text}) /F 4 /Rect [50 600 500 640] /P 3 0 R "
        "/AP << /N 5 0 R >> >>".encode("latin-1"),
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 450 40] {font} /Length {len(drawn)} >>\nstream\n{drawn}"
        "\nendstream".encode("latin-1"),
    ])  # fmt: skip


def docx(body: str, before: str = "") -> bytes:
    """A DOCX file whose body is this XML, in which `w:` stands for Word's elements."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'{before}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        }
    )


def odt(body: str) -> bytes:
    """An ODT file whose text is this XML, in which `text:` stands for OpenDocument's elements."""
    names = " ".join(f'xmlns:{part}="{_ODF}:{part}:1.0"' for part in ("office", "text"))
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{content}</office:document-content>",
        }
    )


def endless_pdf() -> bytes:
    """A PDF that draws a drawing fifty times, which draws another fifty times, and so on ten deep."""
    drawn = b"/X Do " * 50
    uses = b"/Resources << /XObject << /X %d 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + uses % 5 + b" >>"
    stream = b"/Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] " + uses + b" "
    return pdf_of([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        page,
        b"<< " + stream,
        *(form % (number + 1) + stream for number in range(5, 15)),
    ])  # fmt: skip
