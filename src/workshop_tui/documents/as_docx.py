"""A document as a Word file: real headings, tables whose heads repeat, in our own styles or a firm's.

A template gives its styles, page, header and footer; what stands in it is left out. Of its styles these
are used by their names, and made where they are missing: Title, Heading 1 and 2, List Bullet, List Number,
Quote, and Task for an action.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, assert_never

from workshop_tui.documents.as_markdown import task_line
from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Heading,
    Organisation,
    OrganisationBox,
    Paragraph,
    Quote,
    Task,
    Tasks,
    Text,
    TextList,
    TextRun,
    TextTable,
    joined,
    text,
)
from workshop_tui.documents.extras import need
from workshop_tui.documents.markdown import with_addresses
from workshop_tui.documents.measure import PAPERS, Paper, column_widths, rounded
from workshop_tui.documents.office_files import as_opened, language, tell_of_itself, without_old_traces

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

WHO_REPORTS: Final = "Who reports to whom"
_ACCENT: Final = "17547F"
_SOFT: Final = "5A6675"
_HEAD: Final = "EEF2F7"
_RULE: Final = "C9D1DC"
_SIDES, _ENDS = 51.0, 48.0
"""Margins in points, which leave room to print on A4 what was made for Letter, and the other way round."""
_TABLE_SIZE: Final = 9.0
_SMALLER: Final = 0.84
"""By how much everything is smaller where it is to stand on one page."""
_CELL: Final = 4.0
"""What a cell keeps free at its left and right, in points."""
_LOOSE: Final = 1.12
"""By how much a font that isn't known may be wider than ours."""
_INDENT: Final = 14.0
_OF_A_TEMPLATE: Final = (
    *("/styles", "/stylesWithEffects", "/settings", "/numbering", "/fontTable", "/theme", "/webSettings"),
    *("/header", "/footer", "/footnotes", "/endnotes"),
)
"""What of a template is used; the rest hangs on its text."""
_SIGNS: Final = "Segoe UI Symbol"
_DEEPEST: Final = 8


def as_docx(
    document: Document, *, paper: Paper = "a4", template: bytes = b"", template_name: str = ""
) -> bytes:
    """Return a document as a Word file, by a firm's template if there is one.

    Raises:
        DocumentError: the template is none, or the library isn't there.
    """
    need("docx", "Word files")
    scale = _SMALLER if document.is_page and not template else 1.0
    word = _opened(paper, template, template_name, scale)
    writer = _Writer(word, document, _LOOSE if template else 1.0, scale)
    writer.paragraph("Title", text(document.title))
    for before, block in pairwise((None, *document.blocks)):
        if block is not None:
            writer.write(block, before)
    writer.end()
    tell_of_itself(word.core_properties, document)
    _speak(word, document)
    without_old_traces(word.part.package)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _opened(paper: Paper, template: bytes, name: str, scale: float) -> WordDocument:
    import docx

    if not template:
        word = docx.Document()
        _empty(word)
        _set_up(word, paper, scale)
        return word
    word = as_opened(docx.Document, template, name, "Word", ".docx or .dotx")
    _empty(word)
    return word


def _empty(word: WordDocument) -> None:
    """Take out what stands in a template, and what hangs on it: pictures, comments, where it is kept."""
    body = word.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    relations = word.part.rels
    for key in [key for key, relation in relations.items() if not relation.reltype.endswith(_OF_A_TEMPLATE)]:
        relations.pop(key)
    settings: Any = word.settings.element
    for named in settings.xpath("./w:attachedTemplate | ./w:mailMerge"):
        settings.remove(named)
    of_settings = word.part._settings_part.rels  # noqa: SLF001 - the library has no way to them
    for key in [key for key, relation in of_settings.items() if relation.is_external]:
        of_settings.pop(key)


def _set_up(word: WordDocument, paper: Paper, scale: float) -> None:
    """Give our own look to the library's document."""
    from docx.shared import Pt, RGBColor

    section = word.sections[0]
    section.page_width, section.page_height = (Pt(length) for length in PAPERS[paper])
    section.left_margin = section.right_margin = Pt(_SIDES)
    section.top_margin = section.bottom_margin = Pt(_ENDS * scale)
    section.header_distance = section.footer_distance = Pt(_ENDS / 2 * scale)
    for name, size, before, after in (
        ("Normal", 10, 0, 4),
        ("Title", 20, 0, 6),
        ("Heading 1", 13, 9, 3),
        ("Heading 2", 11, 9, 3),
        ("List Bullet", 10, 0, 2),
        ("List Bullet 2", 9.5, 0, 1),
        ("List Number", 10, 0, 2),
        ("Quote", 10, 3, 3),
    ):
        style = _style(word, name)
        style.font.name, style.font.size = "Calibri", Pt(round(2 * size * scale) / 2)
        _plain_fonts(style)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before * scale), Pt(after * scale)
        form.line_spacing = 1.0
        if name in {"Title", "Heading 1", "Heading 2"}:
            style.font.color.rgb = RGBColor.from_string(_ACCENT if name != "Heading 2" else "1C2430")
            style.font.bold = name != "Title"
    _number_pages(word)
    title = word.styles["Title"].element
    for border in title.xpath("./w:pPr/w:pBdr"):
        border.getparent().remove(border)


def _number_pages(word: WordDocument) -> None:
    """Number the pages at their foot, as in «2 of 5»."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words, field in (("", "PAGE"), (" of ", ""), ("", "NUMPAGES")):
        run = paragraph.add_run(words)
        run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(_SOFT)
        if field:
            simple: Any = OxmlElement("w:fldSimple")
            simple.set(qn("w:instr"), field)
            run.text = "1"
            run._r.addprevious(simple)  # noqa: SLF001
            simple.append(run._r)  # noqa: SLF001


def _plain_fonts(style: ParagraphStyle) -> None:
    """Have a style take its own font, not the theme's."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), style.font.name or "Calibri")


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    """Return a paragraph style of a document by its name; one is made where it is missing."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    styles: Any = word.styles
    for style in styles:
        if style.name == name and style.type == WD_STYLE_TYPE.PARAGRAPH:
            return style  # type: ignore[no-any-return]  # its kind says what it is
    made: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name != "Task")
    made.base_style = word.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    match name:
        case "Title" | "Heading 1" | "Heading 2":
            made.font.bold = True
            made.font.size = Pt({"Title": 20, "Heading 1": 14, "Heading 2": 12}[name])
            made.paragraph_format.keep_with_next = True
            made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(10), Pt(4)
        case "Quote":
            made.font.italic = True
            made.paragraph_format.left_indent = Pt(_INDENT)
        case "Task":
            made.paragraph_format.left_indent = Pt(_INDENT + 4)
            made.paragraph_format.first_line_indent = Pt(-_INDENT - 4)
            made.paragraph_format.space_after = Pt(3)
            made.paragraph_format.keep_together = True
        case _:
            made.paragraph_format.left_indent = Pt(_INDENT)
    return made  # type: ignore[no-any-return]


class _Writer:
    """Writes blocks one after another."""

    def __init__(self, word: WordDocument, document: Document, looseness: float, scale: float) -> None:
        self.word = word
        self.table_size = round(2 * _TABLE_SIZE * scale) / 2
        self.cell_ends = 2.0 if scale == 1 else 1.0
        self.looseness = looseness
        self.lang = language(document.lang)
        self.styles: dict[str, ParagraphStyle] = {}
        section = word.sections[-1]
        page = section.page_width or 0
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        self.across = max((page - margins) / 12700, 200.0)
        """How wide a line is, in points."""

    def style(self, name: str) -> ParagraphStyle:
        if name not in self.styles:
            self.styles[name] = _style(self.word, name)
        return self.styles[name]

    def paragraph(self, style: str, line: Text = (), size: float | None = None) -> WordParagraph:
        paragraph = self.word.add_paragraph()
        if style != "Normal":  # by its id, as the library looks each name up in all styles
            paragraph._p.style = self.style(style).style_id  # noqa: SLF001
        self.words(paragraph, line, size)
        return paragraph

    def write(self, block: BlockOfText, before: BlockOfText | None) -> None:
        match block:
            case Heading():
                self.paragraph(f"Heading {max(1, min(block.level - 1, 2))}", text(block.text))
            case Paragraph():
                self.paragraph("Normal", block.text)
            case TextList():
                self.listing(block)
            case Tasks():
                for task in block.tasks:
                    self.task(task)
            case TextTable():
                if isinstance(before, TextList | Tasks):
                    self.gap()
                self.table(block)
            case Quote():
                self.quote(block)
            case Organisation():
                self.organisation(block)
            case _:
                assert_never(block)

    def words(self, paragraph: WordParagraph, line: Text, size: float | None = None) -> None:
        """Add words in their styles; addresses of the web are links."""
        for span in line:
            if span.style == "code":
                self.run(paragraph, span, size)
                continue
            for piece, address in with_addresses(span.text):
                if address:
                    self.hyperlink(paragraph, TextRun(piece, span.style), address, size)
                elif piece:
                    self.run(paragraph, TextRun(piece, span.style), size)

    def run(self, paragraph: WordParagraph, span: TextRun, size: float | None) -> Any:
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(span.text)
        if span.style == "bold":
            run.bold = True
        elif span.style == "italic":
            run.italic = True
        elif span.style == "struck":
            run.font.strike = True
        elif span.style == "code":
            run.font.color.rgb = RGBColor.from_string(_SOFT)
        if size or span.style == "code":
            run.font.size = Pt(min(size or 9.0, 9.0) if span.style == "code" else size or 9.0)
        return run

    def hyperlink(self, paragraph: WordParagraph, span: TextRun, address: str, size: float | None) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        run = self.run(paragraph, span, size)
        run.font.underline, run.font.color.rgb = True, RGBColor.from_string(_ACCENT)
        link: Any = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.word.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run._r.addprevious(link)  # noqa: SLF001 - python-docx has no link
        link.append(run._r)  # noqa: SLF001

    # Lists

    def listing(self, listing: TextList) -> None:
        number = self.numbering() if listing.is_numbered else None
        for n, item in enumerate(listing.items, 1):
            counted = () if not listing.is_numbered or number is not None else (f"{n}. ",)
            style = "List Number" if listing.is_numbered else "List Bullet"
            paragraph = self.paragraph(style, text(*counted, item.text))
            if number is not None:
                properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001
                properties.get_or_add_numPr().get_or_add_numId().val = number
            self.beneath(item.beneath)

    def numbering(self) -> int | None:
        """Return a list's own numbering, which begins at 1; None where the style has no numbers."""
        found = self.style("List Number").element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        if not found:
            return None
        numbering: Any = self.word.part.numbering_part.element
        kinds = numbering.xpath(f"./w:num[@w:numId='{int(found[0])}']/w:abstractNumId/@w:val")
        if not kinds:
            return None
        number = numbering.add_num(int(kinds[0]))
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def beneath(self, lines: Sequence[Text]) -> None:
        for line in lines:
            self.paragraph("List Bullet 2", line)

    def task(self, task: Task) -> None:
        from docx.oxml.ns import qn

        paragraph = self.paragraph("Task")
        box = paragraph.add_run("☑" if task.is_done else "☐")
        box.font.name = _SIGNS
        box._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _SIGNS)  # noqa: SLF001
        paragraph.add_run("\t")
        paragraph.paragraph_format.tab_stops.add_tab_stop(_points(_INDENT + 4))
        self.words(paragraph, text(task_line(task), " ", TextRun(task.id, "code")))
        paragraph.paragraph_format.keep_with_next = True if task.beneath else None
        self.beneath(task.beneath)

    def quote(self, quote: Quote) -> None:
        paragraph = self.paragraph("Quote", text(f"“{quote.words}”"))
        paragraph.paragraph_format.left_indent = _points(_INDENT)
        paragraph.paragraph_format.keep_together = True
        if quote.by:
            paragraph.paragraph_format.space_after = _points(0)
            paragraph.paragraph_format.keep_with_next = True
            by = self.paragraph("Normal", text(quote.by), 9.0)
            by.paragraph_format.left_indent = _points(_INDENT)

    def organisation(self, chart: Organisation) -> None:
        """Write who reports to whom as a list in a list."""
        lead = self.paragraph("Normal", text(_bold(WHO_REPORTS), ":"))
        lead.paragraph_format.keep_with_next = True
        for box, depth in by_manager(chart):
            paragraph = self.paragraph("List Bullet", joined((_bold(box.name), box.title), ", "))
            if depth:
                paragraph.paragraph_format.left_indent = _points(_INDENT * (1 + min(depth, _DEEPEST)))
                paragraph.paragraph_format.first_line_indent = _points(-_INDENT)

    # Tables

    def table(self, of: TextTable) -> None:
        if not of.rows:
            return
        widths = rounded(column_widths(of, self.table_size * self.looseness, self.across, 2 * _CELL + 2), 20)
        table = self.word.add_table(len(of.rows) + 1, len(of.head))
        self.frame(table, widths)
        head, *rows = table.rows
        self.keep_whole(head, is_head=True)
        for n, (cell, name) in enumerate(zip(head.cells, of.head, strict=True)):
            self.cell(
                cell, text(_bold(name)), is_number=n in of.numbers, width=widths[n], fill=_HEAD, keeps=True
            )
        for row, line in zip(rows, of.rows, strict=True):
            self.keep_whole(row)
            cells = row.cells
            if len(line) == 1:
                whole = cells[0].merge(cells[-1])
                self.cell(whole, line[0], is_number=False, width=sum(widths), keeps=True)
                continue
            for n, (cell, words) in enumerate(zip(cells, line, strict=True)):
                # a first row that is kept with the next one makes LibreOffice leave a page half empty
                self.cell(cell, words, is_number=n in of.numbers, width=widths[n])
        self.gap()

    def gap(self) -> None:
        """Keep a table apart from what stands above or beneath it."""
        form = self.paragraph("Normal").paragraph_format
        form.space_after = form.space_before = _points(0)
        form.line_spacing = _points(6)

    def end(self) -> None:
        """Make what has to stand behind a last table so small that it never takes a page of its own."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        last = self.word.paragraphs[-1]
        element: Any = last._p  # noqa: SLF001
        before = element.getprevious()
        if last.text or before is None or before.tag != qn("w:tbl"):
            return
        last.paragraph_format.line_spacing = _points(1)
        mark = element.get_or_add_pPr()
        properties = OxmlElement("w:rPr")
        size: Any = OxmlElement("w:sz")
        size.set(qn("w:val"), "2")
        properties.append(OxmlElement("w:vanish"))
        properties.append(size)
        mark.append(properties)

    def frame(self, table: Any, widths: Sequence[int]) -> None:
        """Set a table's columns, a rule beneath each row, and what its cells keep free."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        table.autofit = False
        properties = table._tbl.tblPr  # noqa: SLF001
        borders, margins, across = (OxmlElement(f"w:{name}") for name in ("tblBorders", "tblCellMar", "tblW"))
        for side in ("top", "bottom", "insideH"):
            border = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
                border.set(qn(f"w:{name}"), value)
            borders.append(border)
        for side, points in (
            ("top", self.cell_ends),
            ("left", _CELL),
            ("bottom", self.cell_ends),
            ("right", _CELL),
        ):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), str(round(points * 20)))
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        across.set(qn("w:w"), str(sum(widths)))
        across.set(qn("w:type"), "dxa")
        for element in properties.xpath("./w:tblW | ./w:tblBorders | ./w:tblCellMar"):
            properties.remove(element)
        followers = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")
        properties.insert_element_before(across, "w:jc", "w:tblCellSpacing", "w:tblInd", *followers)
        properties.insert_element_before(borders, *followers)
        properties.insert_element_before(margins, *followers[3:])
        for column, points in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):  # noqa: SLF001
            column.set(qn("w:w"), str(points))

    def keep_whole(self, row: Any, *, is_head: bool = False) -> None:
        from docx.oxml import OxmlElement

        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))

    def cell(  # noqa: PLR0913 - each says another thing about it
        self,
        cell: _Cell,
        words: Text,
        *,
        is_number: bool,
        width: int,
        fill: str = "",
        keeps: bool = False,
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        cell.width = _points(width / 20)
        paragraph = cell.paragraphs[0]
        form = paragraph.paragraph_format
        form.space_before = form.space_after = _points(0)
        form.line_spacing = 1.0
        form.keep_with_next = True if keeps else None
        if is_number:
            form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.words(paragraph, words, self.table_size)
        if fill:
            shade: Any = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
                shade.set(qn(f"w:{name}"), value)
            cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def by_manager(chart: Organisation) -> Iterator[tuple[OrganisationBox, int]]:
    """Yield each box once, beneath its manager's, with how deep it stands; 0 at the top."""
    known = {box.id for box in chart.boxes}
    below: dict[str, list[OrganisationBox]] = {}
    for box in chart.boxes:
        below.setdefault(box.under if box.under in known else "", []).append(box)
    told: set[str] = set()
    for start in (*below.get("", ()), *chart.boxes):  # then who manage one another in a ring
        waiting = [(start, 0)]
        while waiting:
            box, depth = waiting.pop()
            if box.id not in told:
                told.add(box.id)
                yield box, depth
                waiting += [(each, depth + 1) for each in reversed(below.get(box.id, ()))]


def _bold(words: str) -> TextRun:
    return TextRun(words, "bold")


def _points(of: float) -> Any:
    from docx.shared import Pt

    return Pt(of)


def _speak(word: WordDocument, document: Document) -> None:
    """Say in which language the text is."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    defaults: Any = word.styles.element
    for marks in defaults.xpath("./w:docDefaults/w:rPrDefault/w:rPr"):
        for lang in marks.xpath("./w:lang"):
            marks.remove(lang)
        lang = OxmlElement("w:lang")
        lang.set(qn("w:val"), language(document.lang))
        marks.append(lang)
