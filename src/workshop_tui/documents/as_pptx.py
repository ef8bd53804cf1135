"""Slides as a PowerPoint file: native shapes, connectors and tables on a fixed grid, nothing clipped.

How long words get is estimated (`measure`) with room to spare, as no program that lays them out is there
to ask: type gets smaller down to a size that can still be read from a chair, then lines are left out and
counted. A firm's template is used by the names of its placeholders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple, assert_never

from workshop_tui.documents.as_docx import by_manager
from workshop_tui.documents.document import OrganisationBox, Text, TextRun, TextTable, plainly, text
from workshop_tui.documents.errors import quoted
from workshop_tui.documents.extras import need
from workshop_tui.documents.markdown import with_addresses
from workshop_tui.documents.measure import column_widths, rounded, shortened, wrapped
from workshop_tui.documents.office_files import (
    TemplateError,
    as_opened,
    language,
    tell_of_itself,
    without_old_traces,
)
from workshop_tui.documents.slides import (
    Deck,
    MapSlide,
    Panel,
    PlacedPerson,
    PlanSlide,
    TablePanel,
    TableSlide,
)

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide, SlideLayout


_EMU: Final = 12700
_WIDE, _HIGH = 960.0, 540.0
"""A slide of 16 to 9, in points."""
_SIDE: Final = 40.0
_TITLE_TOP, _TITLE_HIGH, _TITLE_SIZE = 22.0, 42.0, 24.0
_OTHERS_TITLE: Final = 44.0
_SMALLEST_TITLE: Final = 14.0
_AREA_TOP, _AREA_END = 76.0, 500.0
_FOOT_TOP, _FOOT_HIGH, _FOOT_SIZE = 508.0, 18.0, 9.0
_LEAST_WIDE, _LEAST_HIGH = 440.0, 240.0
"""What a template's area needs, so that anything can be read on it."""
_LARGEST, _SMALLEST, _SMALLEST_OF_A_TABLE = 15.0, 11.0, 9.0
"""Sizes of type on a page; one with tables is read in the hand."""
_BETWEEN: Final = 12.0
"""What is free between two panels."""
_LINE: Final = 1.22
"""A line's height, in sizes."""
_TABLE_SIZES: Final = (11.0, 12.0, 13.0, 14.0)
_CELL_SIDE: Final = 5.0
_MOST_ROWS: Final = 12
_MOST_LINES: Final = 5
"""Lines into which one that is far too long is cut first."""
_PLACES: Final = 12
_TINY: Final = 7.5
_ROOMY: Final = 32.0
"""How high a box is in which there is room for larger type."""
_DEEPEST: Final = 5
"""Levels beneath the first that have a column of their own; whoever is deeper stands in the last."""
_LOOSE: Final = 1.12
"""By how much a font that isn't known may be wider than Arial."""
_NOT_OF_A_TEMPLATE: Final = ("/commentAuthors", "/authors", "/customXml", "/printerSettings", "/tags")
"""What names people and places rather than gives a look."""
_TITLE, _AREA, _FOOT = "workshop title", "workshop area", "workshop footer"
_ACCENT, _SOFT, _INK = "17547F", "5A6675", "1C2430"
_FEELS: Final = {-2: "F2B8B3", -1: "F9DEDB", 0: "EEF2F7", 1: "DCEFDF", 2: "B5DDBC"}


Part = Panel | TablePanel
"""What stands under a title in a column of a page."""


class _Area(NamedTuple):
    """A rectangle of a slide, in points."""

    left: float
    top: float
    width: float
    height: float


class _Grid(NamedTuple):
    """Where things go on a slide."""

    layout: SlideLayout
    title: int
    """The index of the title's placeholder."""
    title_area: _Area
    title_size: float
    area: _Area
    foot: _Area
    looseness: float


def as_pptx(deck: Deck, *, template: bytes = b"", template_name: str = "") -> bytes:
    """Return slides as a PowerPoint file, by a firm's template if there is one.

    Raises:
        DocumentError: the template is none or has no place for them, or the library isn't there.
    """
    need("pptx", "PowerPoint files")
    import pptx

    if template:
        show = as_opened(pptx.Presentation, template, template_name, "PowerPoint", ".pptx or .potx")
        _empty(show)
        grid = _grid_of(show, template_name)
    else:
        show = pptx.Presentation()
        _empty(show)
        grid = _own_grid(show)
    writer = _Writer(show, grid, deck)
    for slide in deck.slides:
        match slide:
            case PlanSlide():
                writer.plan(slide)
            case MapSlide():
                writer.chart(slide)
            case TableSlide():
                writer.table(slide)
            case _:
                assert_never(slide)
    tell_of_itself(show.core_properties, deck.document)
    without_old_traces(show.part.package)
    file = BytesIO()
    show.save(file)
    return file.getvalue()


# The grid


def _emu(points: float) -> Any:
    from pptx.util import Emu

    return Emu(round(points * _EMU))


def _own_grid(show: Presentation) -> _Grid:
    """Return our own grid, and give our look to the library's presentation."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.util import Pt

    show.slide_width, show.slide_height = _emu(_WIDE), _emu(_HIGH)
    layout = next(each for each in show.slide_layouts if each.name == "Title Only")
    for other in list(show.slide_layouts):
        if other is not layout:
            show.slide_layouts.remove(other)
    master = show.slide_master
    across = _WIDE - 2 * _SIDE
    for place in (*master.placeholders, *layout.placeholders):
        is_title = place.placeholder_format.type in _title_types()
        if not is_title:
            place.element.getparent().remove(place.element)
            continue
        place.left, place.top = _emu(_SIDE), _emu(_TITLE_TOP)
        place.width, place.height = _emu(across), _emu(_TITLE_HIGH)
        place.text_frame.margin_left = place.text_frame.margin_right = 0
    for form in master.element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr"):
        form.set("algn", "l")
        for font in form.iterchildren("{*}defRPr"):
            font.set("sz", str(Pt(_TITLE_SIZE).centipoints))
            font.set("b", "1")
    theme: Any = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _own_theme(theme.blob)  # noqa: SLF001 - the library has no themes
    area = _Area(_SIDE, _AREA_TOP, across, _AREA_END - _AREA_TOP)
    foot = _Area(_SIDE, _FOOT_TOP, across, _FOOT_HIGH)
    title = _Area(_SIDE, _TITLE_TOP, across, _TITLE_HIGH)
    return _Grid(layout, 0, title, _TITLE_SIZE, area, foot, 1.0)


def _own_theme(theme: bytes) -> bytes:
    """Return a theme with our colour, and with a font whose widths we know."""
    import re

    for name in (b"majorFont", b"minorFont"):
        theme = re.sub(rb"(<a:" + name + rb'>\s*<a:latin typeface=")[^"]*', rb"\g<1>Arial", theme, count=1)
    return re.sub(
        rb'(<a:accent1>\s*<a:srgbClr val=")[0-9A-Fa-f]{6}', rb"\g<1>" + _ACCENT.encode(), theme, count=1
    )


def _title_types() -> tuple[Any, ...]:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE


def _empty(show: Presentation) -> None:
    """Take out a template's own slides, and what names them."""
    slides: Any = show.slides._sldIdLst  # noqa: SLF001 - the library takes out no slides
    for slide in list(slides):
        show.part.drop_rel(slide.rId)
        slides.remove(slide)
    root: Any = show.part._element  # noqa: SLF001
    sections = "./p:extLst/p:ext[*[local-name() = 'sectionLst']]"
    for named in root.xpath(f"./p:custShowLst | ./p:custDataLst | {sections}"):
        named.getparent().remove(named)
    relations = show.part._rels  # noqa: SLF001
    for key in [key for key, relation in relations.items() if relation.reltype.endswith(_NOT_OF_A_TEMPLATE)]:
        relations.pop(key)


def _grid_of(show: Presentation, name: str) -> _Grid:
    """Return where things go by a template: the layout that has our names, else one of a title alone."""
    width, height = (show.slide_width or 0) / _EMU, (show.slide_height or 0) / _EMU
    found = [each for each in map(_named, show.slide_layouts) if _TITLE in each[1]]
    found.sort(key=lambda each: (_AREA not in each[1], len(each[0].placeholders)))
    if not found:
        raise TemplateError(
            f"{quoted(name)} has no layout with a title: choose another template, or add one."
        )
    layout, places = found[0]
    title = places[_TITLE]
    named = _area(places[_AREA]) if _AREA in places else None
    top = title.top + title.height + 8
    area = named or _Area(title.left, top, title.width, height - top - 44)
    foot = _area(places[_FOOT]) if _FOOT in places else _Area(area.left, height - 32, area.width, _FOOT_HIGH)
    inside = area.left >= 0 and area.top >= 0 and area.left + area.width <= width
    if not inside or area.top + area.height > height or area.width < _LEAST_WIDE or area.height < _LEAST_HIGH:
        raise TemplateError(
            f"{quoted(name)} leaves too little room on a slide: call a large placeholder «{_AREA}»."
        )
    return _Grid(layout, title.number, _area(title), _title_size(layout), area, foot, _LOOSE)


def _title_size(layout: SlideLayout) -> float:
    """Return the size of a template's titles, in points: the layout's own, else the master's."""
    title = "./p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph[@type = 'title' or @type = 'ctrTitle']]"
    of_layout: Any = layout._element  # noqa: SLF001 - the library tells no inherited sizes
    of_master: Any = layout.slide_master._element  # noqa: SLF001
    sizes = [
        *of_layout.xpath(f"{title}/p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz"),
        *of_master.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/@sz"),
    ]
    return int(sizes[0]) / 100 if sizes else _OTHERS_TITLE


class _Placed(NamedTuple):
    """A placeholder of a layout."""

    number: int
    left: float
    top: float
    width: float
    height: float


def _named(layout: SlideLayout) -> tuple[SlideLayout, dict[str, _Placed]]:
    """Return a layout's placeholders by our names; the title's by its kind, too."""
    places: dict[str, _Placed] = {}
    found: Any = layout.placeholders
    for each in found:
        edges = (each.left, each.top, each.width, each.height)
        if None in edges:
            continue
        placed = _Placed(each.placeholder_format.idx, *((edge or 0) / _EMU for edge in edges))
        if each.placeholder_format.type in _title_types():
            places.setdefault(_TITLE, placed)
        if (called := each.name.strip().casefold()) in {_TITLE, _AREA, _FOOT}:
            places[called] = placed
    return layout, places


def _area(placed: _Placed) -> _Area:
    return _Area(placed.left, placed.top, placed.width, placed.height)


# The slides


class _Writer:
    """Writes slides one after another."""

    def __init__(self, show: Presentation, grid: _Grid, deck: Deck) -> None:
        self.show = show
        self.grid = grid
        self.deck = deck
        self.lang = language(deck.document.lang)
        self.title_lines = max(1, int(grid.title_area.height / (grid.title_size * _LINE)))
        self.title_size = self.one_title_size()

    def slide(self, title: str) -> Slide:
        """Add a slide with its title and foot."""
        slides: Any = self.show.slides
        slide: Slide = slides.add_slide(self.grid.layout)
        for place in list(slide.placeholders):
            if place.placeholder_format.idx == self.grid.title:
                self.title(place, title)
            else:
                place.element.getparent().remove(place.element)
        foot, half = self.grid.foot, self.grid.foot.width * 0.8
        reader = self.cut(self.deck.reader, _FOOT_SIZE, half, 1)
        said = self.box(slide, foot._replace(width=half))
        self.line(said.paragraphs[0], text(reader), _FOOT_SIZE, colour=_SOFT)
        number = self.box(slide, _Area(foot.left + half, foot.top, foot.width - half, foot.height))
        self.number(number.paragraphs[0])
        return slide

    def one_title_size(self) -> float:
        """Return the size in which every title fits, which may be smaller than the template's."""
        area, size = self.grid.title_area, self.grid.title_size
        titles = (f"{slide.title} (9 of 9)" for slide in self.deck.slides)
        fitting = (
            self.smaller(each, size, area.width - 16, self.title_lines, is_bold=True, least=_SMALLEST_TITLE)
            for each in titles
        )
        return min(fitting, default=size)

    def title(self, place: Any, words: str) -> None:
        size = self.title_size
        place.text_frame.text = self.cut(
            words, size, self.grid.title_area.width - 16, self.title_lines, is_bold=True
        )
        runs = place.text_frame.paragraphs[0].runs
        self.speak(runs)
        for run in runs if size < self.grid.title_size else ():
            run.font.size = _emu(size)

    def cut(self, words: str, size: float, across: float, lines: int, *, is_bold: bool = False) -> str:
        return shortened(words, size, across / self.grid.looseness, lines, is_bold=is_bold)

    def lines_of(self, line: Text, size: float, across: float) -> int:
        """Return into how many lines words break; all are taken for bold if some are."""
        is_bold = any(span.style == "bold" for span in line)
        return len(wrapped(plainly(line), size, across / self.grid.looseness, is_bold=is_bold))

    def box(self, slide: Slide, area: _Area) -> Any:
        """Add a text box without margins, which doesn't grow."""
        from pptx.enum.text import MSO_AUTO_SIZE

        frame = slide.shapes.add_textbox(*map(_emu, area)).text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def line(
        self, paragraph: Any, line: Text, size: float, *, colour: str = "", is_bold: bool = False
    ) -> None:
        """Add words in their styles; addresses of the web are links."""
        for span in line:
            pieces = ((span.text, ""),) if span.style == "code" else with_addresses(span.text)
            for piece, address in pieces:
                if piece:
                    self.run(paragraph, TextRun(piece, span.style), size, colour, address, is_bold=is_bold)
        self.speak(paragraph.runs)

    def run(  # noqa: PLR0913 - each says another thing about it
        self, paragraph: Any, span: TextRun, size: float, colour: str, address: str, *, is_bold: bool
    ) -> None:
        run = paragraph.add_run()
        run.text = span.text
        run.font.size = _emu(size)
        if span.style == "bold" or is_bold:
            run.font.bold = True
        if span.style == "italic":
            run.font.italic = True
        if span.style == "struck":
            run.font._element.set("strike", "sngStrike")  # noqa: SLF001 - the library has none
        if span.style == "code" or colour:
            run.font.color.rgb = _colour(colour or _SOFT)
        if address:
            run.hyperlink.address = address

    def speak(self, runs: Sequence[Any]) -> None:
        """Say in which language words are."""
        for run in runs:
            run.font._element.set("lang", self.lang)  # noqa: SLF001 - the library knows few of them

    def number(self, paragraph: Any) -> None:
        """Have a paragraph hold the slide's number, wherever it comes to stand."""
        from pptx.enum.text import PP_ALIGN
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        paragraph.alignment = PP_ALIGN.RIGHT
        size = round(_FOOT_SIZE * 100)
        paragraph._p.append(  # noqa: SLF001
            parse_xml(
                f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
                f'<a:rPr lang="{self.lang}" sz="{size}"><a:solidFill><a:srgbClr val="{_SOFT}"/></a:solidFill>'
                f"</a:rPr><a:t>{len(self.show.slides)}</a:t></a:fld>"
            )
        )

    # The plan on a page

    def plan(self, of: PlanSlide) -> None:
        slide, area, gap = self.slide(of.title), self.grid.area, 28.0
        columns = [parts for parts in (of.left, of.right) if parts]
        across = (area.width - gap * (len(columns) - 1)) / max(len(columns), 1)
        has_table = any(isinstance(part, TablePanel) for parts in columns for part in parts)
        size, smallest = _LARGEST, _SMALLEST_OF_A_TABLE if has_table else _SMALLEST
        while size > smallest and any(self.height(each, size, across) > area.height for each in columns):
            size -= 0.5  # the largest in which all of it fits
        for n, parts in enumerate(columns):
            place = _Area(area.left + n * (across + gap), area.top, across, area.height)
            self.column(slide, parts, size, place)

    def column(self, slide: Slide, parts: Sequence[Part], size: float, area: _Area) -> None:
        """Write panels and tables beneath one another."""
        shown, left_out = self.fitted(parts, size, area)
        top = area.top
        for is_table, run in groupby(zip(shown, left_out, strict=True), lambda each: _is_table(each[0])):
            those = list(run)
            high = self.height([part for part, _ in those], size, area.width, [more for _, more in those])
            place = area._replace(top=top, height=area.top + area.height - top)
            if is_table:
                self.tables(slide, those, size, place)
            else:
                frame = self.box(slide, place._replace(height=high) if high < place.height else place)
                for n, (part, more) in enumerate(those):
                    if isinstance(part, Panel):
                        self.panel(frame, part, more, size, is_first=n == 0)
            top += high + _BETWEEN

    def tables(self, slide: Slide, those: Sequence[tuple[Any, int]], size: float, area: _Area) -> None:
        """Write tables beneath one another, each under its title and above what it leaves out."""
        top = area.top
        for part, more in those:
            place = area._replace(top=top)
            if part.title:
                head = self.box(slide, place._replace(height=self.title_high(size)))
                self.panel_title(head.paragraphs[0], part.title, size)
                place = place._replace(top=top + self.title_high(size))
            chosen = self.laid_out(part.table, size, area.width, _TIGHT)
            self.native_table(slide, part.table, chosen, range(len(part.table.rows)), place)
            if more:
                high = chosen.head + sum(chosen.heights)
                under = self.box(slide, place._replace(top=place.top + high + 2, height=size * _LINE))
                self.line(under.paragraphs[0], text(_more(more)), size, colour=_SOFT)
            top += self.high(part, size, area.width, more) + _BETWEEN

    def fitted(self, parts: Sequence[Part], size: float, area: _Area) -> tuple[list[Part], list[int]]:
        """Return parts as they fit, and how many lines of each had to be left out."""
        shown, left_out = list(parts), [0] * len(parts)
        lines = _MOST_LINES
        while lines and self.height(shown, size, area.width, left_out) > area.height:
            n = max(range(len(shown)), key=lambda n: self.high(shown[n], size, area.width, left_out[n]))
            part = shown[n]
            if shorter := _without_last(part):
                shown[n], left_out[n] = shorter, left_out[n] + 1
            else:
                if isinstance(part, Panel):
                    shown[n] = self.shorter(part, size, area.width, lines)
                lines -= 1
        return shown, left_out

    def shorter(self, panel: Panel, size: float, across: float, lines: int) -> Panel:
        said = (self.cut(plainly(line), size, across - size, lines) for line in panel.lines)
        return Panel(panel.title, tuple(map(text, said)), panel.is_numbered)

    def height(
        self, parts: Sequence[Part], size: float, across: float, left_out: Sequence[int] = ()
    ) -> float:
        more = left_out or [0] * len(parts)
        highs = (self.high(part, size, across, n) for part, n in zip(parts, more, strict=True))
        return sum(highs) + _BETWEEN * (len(parts) - 1)

    def title_high(self, size: float) -> float:
        """Return how high the title of a part is, with what is free beneath it."""
        return (size + 1) * _LINE + 4

    def high(self, part: Part, size: float, across: float, more: int) -> float:
        """Return how high a part gets: its title, its lines or rows, and that others are left out."""
        title = self.title_high(size) if part.title else 0.0
        if isinstance(part, TablePanel):
            laid = self.laid_out(part.table, size, across, _TIGHT)
            return title + laid.head + sum(laid.heights) + (size * _LINE + 2 if more else 0)
        lines = sum(self.lines_of(line, size, across - 1.3 * size) for line in part.lines)
        return title + (lines + bool(more)) * size * _LINE + (len(part.lines) + 1) * 3

    def panel_title(self, paragraph: Any, title: str, size: float) -> None:
        from pptx.enum.dml import MSO_THEME_COLOR

        self.line(paragraph, text(title), size + 1, is_bold=True)
        for run in paragraph.runs:
            run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1

    def panel(self, frame: Any, panel: Panel, more: int, size: float, *, is_first: bool) -> None:
        begins = [frame.paragraphs[0]] if is_first else []
        if panel.title:
            head = begins.pop() if begins else frame.add_paragraph()
            self.panel_title(head, panel.title, size)
            head.space_before, head.space_after = _emu(0 if is_first else _BETWEEN), _emu(4)
        for line in panel.lines:
            paragraph = begins.pop() if begins else frame.add_paragraph()
            self.bullet(paragraph, size, is_numbered=panel.is_numbered)
            self.line(paragraph, line, size)
            paragraph.space_after = _emu(3)
        if more:
            self.line(frame.add_paragraph(), text(_more(more)), size, colour=_SOFT)

    def bullet(self, paragraph: Any, size: float, *, is_numbered: bool) -> None:
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        form = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library has no bullets
        form.set("marL", str(round(1.3 * size * _EMU)))
        form.set("indent", str(round(-1.3 * size * _EMU)))
        sign = ("buAutoNum", 'type="arabicPeriod"') if is_numbered else ("buChar", 'char="•"')
        form.append(parse_xml(f"<a:{sign[0]} {nsdecls('a')} {sign[1]}/>"))

    # Tables

    def table(self, of: TableSlide) -> None:
        """Write a table; what doesn't fit, or is more than twelve rows, goes on to a next slide.

        Type is as large as it can be without another slide for it.
        """
        wide = self.grid.area.width
        fewest, *others = (self.laid_out(of.table, size, wide, _ROOMY_CELLS) for size in _TABLE_SIZES)
        chosen = next((each for each in reversed(others) if len(each.pages) <= len(fewest.pages)), fewest)
        for n, page in enumerate(chosen.pages, 1):
            title = f"{of.title} ({n} of {len(chosen.pages)})" if len(chosen.pages) > 1 else of.title
            self.native_table(self.slide(title), of.table, chosen, page, self.grid.area)

    def laid_out(self, of: TextTable, size: float, across: float, cells: _Cells) -> _LaidOut:
        """Return how a table comes out in a size and a width."""
        loose = self.grid.looseness
        widths = [loose * each for each in column_widths(of, size, across / loose, 2 * _CELL_SIDE)]
        rows = [self.cut_row(row, widths, size, cells.lines) for row in of.rows]
        heights = [self.row_height(row, widths, size, cells) for row in rows]
        head = self.row_height([text(TextRun(name, "bold")) for name in of.head], widths, size, cells)
        pages = _even_pages(rows, heights, self.grid.area.height - head)
        return _LaidOut(size, widths, rows, heights, head, pages, cells)

    def cut_row(
        self, row: Sequence[Text], widths: Sequence[float], size: float, lines: int
    ) -> tuple[Text, ...]:
        if len(row) == 1 < len(widths):
            return (self.cut_cell(row[0], sum(widths), 1, size),)
        return tuple(
            self.cut_cell(cell, across, lines, size) for cell, across in zip(row, widths, strict=True)
        )

    def cut_cell(self, cell: Text, across: float, lines: int, size: float) -> Text:
        """Return a cell's words, without their styles where they have to be cut."""
        room = across - 2 * _CELL_SIDE
        if self.lines_of(cell, size, room) <= lines:
            return cell
        return text(self.cut(plainly(cell), size, room, lines))

    def row_height(self, row: Sequence[Text], widths: Sequence[float], size: float, cells: _Cells) -> float:
        places = [sum(widths)] if len(row) == 1 < len(widths) else widths
        lines = max(
            self.lines_of(cell, size, across - 2 * _CELL_SIDE)
            for cell, across in zip(row, places, strict=True)
        )
        return lines * size * _LINE + 2 * cells.top

    def native_table(
        self, slide: Slide, of: TextTable, chosen: _LaidOut, page: Sequence[int], area: _Area
    ) -> None:
        """Write rows of a table from the top of an area."""
        heights = (chosen.head, *(chosen.heights[n] for n in page))
        area = area._replace(height=sum(heights))
        native: Any = slide.shapes.add_table(len(page) + 1, len(of.head), *map(_emu, area)).table
        native.horz_banding = False
        for column, emu in zip(native.columns, rounded(chosen.widths, _EMU), strict=True):
            column.width = emu
        for row, high in zip(native.rows, heights, strict=True):
            row.height = _emu(high)
        lines = ([text(name) for name in of.head], *(chosen.rows[n] for n in page))
        for n, line in enumerate(lines):
            if len(line) == 1 < len(of.head):
                native.cell(n, 0).merge(native.cell(n, len(of.head) - 1))
            for column, words in enumerate(line):
                cell = native.cell(n, column)
                self.cell(cell, words, chosen.size, is_head=n == 0, is_number=column in of.numbers)
        for cell in native.iter_cells():  # an empty one would be as high as type of 18 points
            for margin in ("margin_top", "margin_bottom"):
                setattr(cell, margin, _emu(chosen.cells.top))
            end = cell.text_frame.paragraphs[0]._p.get_or_add_endParaRPr()  # noqa: SLF001
            end.set("sz", str(round(chosen.size * 100)))

    def cell(self, cell: Any, words: Text, size: float, *, is_head: bool, is_number: bool) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        cell.margin_left = cell.margin_right = _emu(_CELL_SIDE)
        cell.vertical_anchor = MSO_ANCHOR.TOP
        paragraph = cell.text_frame.paragraphs[0]
        if is_number:
            paragraph.alignment = PP_ALIGN.RIGHT
        self.line(paragraph, words, size, is_bold=is_head)

    # The map

    def chart(self, of: MapSlide) -> None:
        """Draw who reports to whom from left to right; more than twelve go on to a next slide."""
        boxes = [(box, min(depth, _DEEPEST)) for box, depth in by_manager(of.chart)]
        pages = list(_map_pages(boxes))
        deepest = max((depth for _, depth in boxes), default=0)
        told: set[str] = set()
        for n, page in enumerate(pages, 1):
            title = f"{of.title} ({n} of {len(pages)})" if len(pages) > 1 else of.title
            slide = self.slide(title)
            self.tree(slide, of, page, deepest, told)
            told |= {box.id for box, _, _, _ in page}

    def tree(self, slide: Slide, of: MapSlide, page: Sequence[_Node], deepest: int, told: set[str]) -> None:
        from pptx.enum.shapes import MSO_CONNECTOR

        area, between = self.grid.area, 26.0
        legend = _Area(area.left, area.top + area.height - 14, area.width, 14)
        across = min((area.width - between * deepest) / (deepest + 1), 230.0)
        rows = max((node.row for node in page), default=0) + 1
        pitch = min((area.height - 22) / rows, 48.0)
        shapes: dict[str, Any] = {}
        for box, depth, row, under in page:
            place = _Area(
                area.left + depth * (across + between), area.top + row * pitch, across, min(pitch - 6, 36.0)
            )
            shapes[box.id] = self.place(slide, of.places[box.id], place, is_again=box.id in told)
            if under in shapes:
                line: Any = slide.shapes.add_connector(MSO_CONNECTOR.ELBOW, *[_emu(0)] * 4)
                line.begin_connect(shapes[under], 3)
                line.end_connect(shapes[box.id], 1)
                line.line.color.rgb = _colour(_SOFT)
                line.line.width = _emu(0.75)
        frame = self.box(slide, legend)
        self.line(
            frame.paragraphs[0],
            text(self.cut(of.legend, _FOOT_SIZE, area.width, 1)),
            _FOOT_SIZE,
            colour=_SOFT,
        )

    def place(self, slide: Slide, of: PlacedPerson, area: _Area, *, is_again: bool) -> Any:
        """Draw somebody: name and title, and at the right how they feel and what weight they have."""
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN

        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(_emu, area))
        for effect in shape._element.xpath("./p:style/a:effectRef"):  # noqa: SLF001 - no shadow
            effect.set("idx", "0")
        shape.fill.solid()
        known = of.feeling is not None and not is_again
        shape.fill.fore_color.rgb = _colour(
            _FEELS[of.feeling] if known and of.feeling is not None else "FFFFFF"
        )
        shape.line.color.rgb, shape.line.width = _colour("A3AFBD"), _emu(0.75)
        side = 44.0
        name_size, small = (11.0, 9.0) if area.height >= _ROOMY else (10.0, 8.0)
        frame = shape.text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        frame.margin_left, frame.margin_right = _emu(4), _emu(side)
        frame.margin_top = frame.margin_bottom = 0
        room = area.width - side - 6
        name = (of.name, name_size, True, 1) if of.title else (of.name, small + 0.5, True, 2)
        is_long = area.height >= _ROOMY and self.cut(of.title, small - 0.5, room, 1) != of.title
        lines = [name, (of.title, _TINY if is_long else small, False, 2 if is_long else 1)][
            : 1 + bool(of.title)
        ]
        for n, (words, size, is_bold, most) in enumerate(lines):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            size = self.smaller(words, size, room, most, is_bold=is_bold)  # noqa: PLW2901 - as it fits
            said = self.cut(words, size, room, most, is_bold=is_bold)
            self.line(paragraph, text(said), size, colour=_SOFT if is_again else _INK, is_bold=is_bold)
        if is_again:
            return shape
        sign = "?" if of.feeling is None else of.feeling.sign.strip()
        right = self.box(slide, _Area(area.left + area.width - side, area.top, side - 4, area.height))
        right.vertical_anchor = MSO_ANCHOR.MIDDLE
        for n, (words, size) in enumerate(
            ((f"{sign} {of.turn}".strip(), name_size), ("●" * of.influence, 6.0))
        ):
            if words:
                paragraph = right.paragraphs[0] if n == 0 else right.add_paragraph()
                paragraph.alignment = PP_ALIGN.RIGHT
                self.line(paragraph, text(words), size, colour=_INK if n == 0 else _SOFT, is_bold=n == 0)
        return shape

    def smaller(  # noqa: PLR0913 - the words, and the room they have
        self, words: str, size: float, across: float, lines: int, *, is_bold: bool, least: float = _TINY
    ) -> float:
        """Return the largest size up to this in which words fit, or the least that can be read."""
        while size > least and self.cut(words, size, across, lines, is_bold=is_bold) != words:
            size -= 0.5
        return size


def _is_table(part: Part) -> bool:
    return isinstance(part, TablePanel)


def _more(count: int) -> str:
    return f"and {count} more in the plan"


def _without_last(part: Part) -> Part | None:
    """Return a part without its last line or row; None for one that has no other."""
    if isinstance(part, Panel):
        return Panel(part.title, part.lines[:-1], part.is_numbered) if len(part.lines) > 1 else None
    of = part.table
    return TablePanel(part.title, TextTable(of.head, of.rows[:-1], of.numbers)) if len(of.rows) > 1 else None


def _colour(of: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(of)  # type: ignore[no-untyped-call]


class _Cells(NamedTuple):
    """How much room the cells of a table have."""

    lines: int
    """Lines in a cell at the most; what is longer is cut."""
    top: float
    """What is free above and beneath its words."""


_ROOMY_CELLS: Final = _Cells(5, 4.0)
_TIGHT: Final = _Cells(2, 2.0)
"""Of a table that shares its slide with others."""


class _LaidOut(NamedTuple):
    """How a table comes out in a size of type."""

    size: float
    widths: Sequence[float]
    rows: Sequence[Sequence[Text]]
    heights: Sequence[float]
    head: float
    pages: Sequence[Sequence[int]]
    """Which rows stand on each slide."""
    cells: _Cells


def _even_pages(rows: Sequence[Sequence[Text]], heights: Sequence[float], room: float) -> list[list[int]]:
    """Return which rows go on to each slide: on as few as can be, and on each about as many."""
    fewest = list(_pages(rows, heights, room, _MOST_ROWS))
    for most in range(-(-len(rows) // max(len(fewest), 1)), _MOST_ROWS):
        even = list(_pages(rows, heights, room, most))
        if len(even) <= len(fewest):
            return even
    return fewest


def _pages(
    rows: Sequence[Sequence[Text]], heights: Sequence[float], room: float, most: int
) -> Iterator[list[int]]:
    """Yield which rows go on to each slide; no heading within a table is left alone at an end."""
    page: list[int] = []
    for n in range(len(rows)):
        high = sum(heights[i] for i in page) + heights[n]
        if page and (len(page) >= most or high > room):
            alone = len(page) > 1 and len(rows[page[-1]]) == 1 < len(rows[n])
            yield page[:-1] if alone else page
            page = page[-1:] if alone else []
        page.append(n)
    if page:
        yield page


class _Node(NamedTuple):
    """Somebody on a page of the map, in a row that may lie between two."""

    box: OrganisationBox
    depth: int
    row: float
    under: str


def _map_pages(boxes: Sequence[tuple[OrganisationBox, int]]) -> Iterator[list[_Node]]:
    """Yield who stands where on each slide; who has people on several stands on each of them."""
    above: list[str] = []
    managers: dict[str, str] = {}
    depths = {box.id: depth for box, depth in boxes}
    for box, depth in boxes:
        above = [*above[:depth], box.id]
        managers[box.id] = above[depth - 1] if depth else ""
    ends = [box.id for n, (box, depth) in enumerate(boxes) if n + 1 == len(boxes) or boxes[n + 1][1] <= depth]
    for first in range(0, len(ends), _PLACES):
        rows: dict[str, float] = {end: row for row, end in enumerate(ends[first : first + _PLACES])}
        for level in range(_DEEPEST, 0, -1):
            beneath: dict[str, list[float]] = {}
            for each, row in rows.items():
                if depths[each] == level:
                    beneath.setdefault(managers[each], []).append(row)
            rows |= {manager: (min(found) + max(found)) / 2 for manager, found in beneath.items()}
        yield [_Node(box, depth, rows[box.id], managers[box.id]) for box, depth in boxes if box.id in rows]
