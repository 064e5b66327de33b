"""What python-docx has no words for: numbering that Word counts itself, text boxes, header rows that repeat."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document as Doc
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import _Row
from docx.text.paragraph import Paragraph

_ABSTRACT = 90
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_BOX = f"""
<w:r {nsdecls("w", "wp", "a")} xmlns:mc="{_MC}" xmlns:wps="{_WPS}" xmlns:v="urn:schemas-microsoft-com:vml">
 <mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing>
   <wp:inline distT="0" distB="0" distL="0" distR="0">
    <wp:extent cx="5400000" cy="720000"/><wp:docPr id="1" name="Text Box 1"/>
    <a:graphic><a:graphicData uri="{_WPS}"><wps:wsp>
     <wps:cNvSpPr txBox="1"/>
     <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="720000"/></a:xfrm>
      <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>
      </a:ln></wps:spPr>
     <wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr/>
    </wps:wsp></a:graphicData></a:graphic>
   </wp:inline></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:shape style="width:425pt;height:57pt"><v:textbox><w:txbxContent/></v:textbox>
   </v:shape></w:pict></mc:Fallback>
 </mc:AlternateContent>
</w:r>"""


class Numbering:
    """Word's own ``1.``, ``2.`` …: a number that does not follow the last one starts another list."""

    def __init__(self, document: Doc) -> None:
        self._root = document.part.numbering_part.element
        self._root.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_ABSTRACT}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
                '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
            ),
        )
        self._last = -1
        self._list = 0

    def apply(self, paragraph: Paragraph, number: int) -> None:
        """Give the paragraph ``number`` in the running list, or in a new one that starts there."""
        if number != self._last + 1:
            num = self._root.add_num(_ABSTRACT)
            num.add_lvlOverride(ilvl=0).add_startOverride(number)
            self._list = num.numId
        self._last = number
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._list


def put_in_text_box(paragraph: Paragraph) -> None:
    """Move the paragraph's words into a text box; as in Word's files, the old drawing repeats them as a fallback."""
    inner = deepcopy(paragraph._p)
    run = parse_xml(_BOX)
    for box in run.iter(qn("w:txbxContent")):
        box.append(deepcopy(inner))
    for old in paragraph.runs:
        paragraph._p.remove(old._r)
    paragraph._p.append(run)


def repeat_row(row: _Row) -> None:
    """Repeat a header row on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
