"""Opens a workbook with openpyxl and tells what its marks look like to a foreign reader.

    marked.py WORKBOOK

Prints one JSON object. Any surprise, a warning included, ends it with a traceback and status 1.
"""

import json
import sys
import warnings

import openpyxl

warnings.simplefilter("error")
warnings.filterwarnings("ignore", message=".*extension is not supported.*")

OURS = "【系统核对】"
COLOURS = ("FFFFB8", "FFFFE8", "FFD0E8")

book = openpyxl.load_workbook(sys.argv[1])
told = {"sheets": book.sheetnames, "coloured": [], "noted": [], "notes": 0, "formulas": 0, "status": {}, "frozen": {}}
for sheet in book:
    told["frozen"][sheet.title] = sheet.freeze_panes
    for row in sheet.iter_rows():
        for cell in row:
            place = f"{sheet.title}!{cell.coordinate}"
            told["formulas"] += cell.data_type == "f"
            told["notes"] += cell.comment is not None
            if cell.comment is not None and OURS in cell.comment.text:
                told["noted"].append(place)
            ours = sheet.title.startswith("系统核对") or str(sheet.cell(2, cell.column).value).startswith("系统核对")
            ours = ours or str(sheet.cell(1, cell.column).value).startswith("系统核对")
            fill = cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else ""
            if isinstance(fill, str) and fill.startswith(COLOURS) and not ours:
                told["coloured"].append(place)
            if isinstance(cell.value, str) and cell.value in ("未导入", "不能导入"):
                told["status"][place] = cell.value
print(json.dumps(told, ensure_ascii=False))
