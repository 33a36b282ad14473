"""Makes rich.xlsx: a workbook with nearly everything that a program which rewrites workbooks would lose.

Run with XlsxWriter 3.2: `python rich.py rich.xlsx`. All contents are invented.
"""

import datetime
import io
import re
import struct
import sys
import zipfile
import zlib

import xlsxwriter


def png() -> bytes:
    """A red square of 8 by 8 pixels, standing for a stamp."""
    raw = b"".join(b"\0" + b"\xff\x00\x00" * 8 for _ in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def petition(at: int, division: str = "南明区", kind: str = "大气", state: str = "已办结") -> list:
    day = datetime.date(2021, 12, 6) + datetime.timedelta(days=at % 20)
    return [
        at + 1,
        f"X2GZ{day:%Y%m%d}{at + 1:04d}",
        f"某处第{at + 1}家店铺夜间排放油烟，气味刺鼻，影响居民生活。",
        division,
        kind,
        "属实",
        f"已责令第{at + 1}家店铺安装净化设备并验收。",
        state,
        "2022-01-18" if state == "已办结" else "",
        at % 3,
    ]


HEADER = [
    "序号",
    "受理编号",
    "交办问题基本情况",
    "行政区域",
    "污染类型",
    "是否属实",
    "处理和整改情况",
    "是否办结",
    "办结时间",
    "约谈（人）",
]

target = sys.argv[1]
book = xlsxwriter.Workbook(target)
book.set_properties({"title": "台账", "created": datetime.datetime(2022, 3, 18)})
border = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
yellow = book.add_format({"border": 1, "bg_color": "#FFFF00"})
open_cell = book.add_format({"border": 1, "locked": False})
head = book.add_format({"border": 1, "bold": True, "bg_color": "#C6E0B4", "align": "center", "valign": "vcenter"})
title = book.add_format({"bold": True, "font_size": 16, "align": "center"})

# A protected ledger with a header of two rows, notes, a picture, a chart, conditional formats, lists and formulas.
sheet = book.add_worksheet("信访台账")
sheet.merge_range(0, 0, 0, 9, "南明区群众信访举报办理情况一览表", title)
for column, text in enumerate(HEADER[:8]):
    sheet.merge_range(1, column, 2, column, text, head)
sheet.merge_range(1, 8, 1, 9, "办理", head)
sheet.write(2, 8, "办结时间", head)
sheet.write(2, 9, "约谈（人）", head)
rows = [petition(at) for at in range(24)]
rows[3][3] = "黔灵区"  # D7: no such division; the cell is yellow and has a note of the county's
rows[5][4] = "光污染"  # E9: not in the list
rows[8][7] = "大概完了"  # H12: not in the list, and the state of a row
rows[10][2] = "=1+1 处油烟扰民，请核实"
rows[11][2] = "+号开头的文字，油烟扰民"
rows[12][2] = "-号开头的文字，油烟扰民"
rows[13][2] = "@开头的文字，油烟扰民"
for at, row in enumerate(rows):
    for column, value in enumerate(row):
        look = yellow if (at, column) == (3, 3) else open_cell if column == 7 else border
        if isinstance(value, str):
            sheet.write_string(at + 3, column, value, look) if value else sheet.write_blank(at + 3, column, None, look)
        else:
            sheet.write(at + 3, column, value, look)
sheet.write(27, 1, "合计", border)
sheet.write_formula(27, 9, "=SUM(J4:J27)", border, sum(row[9] for row in rows))
sheet.write(28, 0, "填报日期：2023年5月31日")
sheet.write_comment("D7", "请王工核对 <此格>", {"author": "李四"})
sheet.write_comment("A1", "县里自己的批注", {"author": "李四"})
sheet.insert_image("L2", "stamp.png", {"image_data": io.BytesIO(png())})
chart = book.add_chart({"type": "column"})
chart.add_series({"values": "=信访台账!$J$4:$J$27", "name": "约谈"})
sheet.insert_chart("L32", chart)
sheet.conditional_format("J4:J27", {"type": "data_bar"})
sheet.conditional_format("H4:H27", {"type": "cell", "criteria": "==", "value": '"未办结"', "format": head})
sheet.data_validation("H4:H27", {"validate": "list", "source": ["未办结", "阶段性办结", "已办结", "已销号"]})
sheet.set_column(2, 2, 40)
sheet.set_column(8, 20, 12)
sheet.freeze_panes(3, 2)
sheet.protect("ducha", {"format_cells": True})
sheet.set_header("&C&A", {"margin": 0.3})

# A second batch as a table with a filter of its own.
second = book.add_worksheet("第二批")
more = [petition(at + 100) for at in range(6)]
more[2][3] = "云岩区"  # D4: belongs to another division
second.add_table(0, 0, 6, 9, {"columns": [{"header": text} for text in HEADER], "data": more, "name": "第二批表"})

notes = book.add_worksheet("填报说明")
notes.write_rich_string(0, 0, "请", head, "如实", "填报")
notes.write_url(1, 0, "https://example.org/")
lists = book.add_worksheet("字典")
lists.write_column(0, 0, ["已办结", "未办结"])
lists.hide()
book.close()

# The first rows of the second batch as inline strings and without addresses, as some exporters write them.
source = zipfile.ZipFile(target)
parts = {name: source.read(name) for name in source.namelist()}
shared = re.findall(r"<si>(?:<t[^>]*>(.*?)</t>)?.*?</si>", parts["xl/sharedStrings.xml"].decode(), re.S)
inline = parts["xl/worksheets/sheet2.xml"].decode()


def plain(match: re.Match) -> str:
    return f'<c{match[1]} t="inlineStr"><is><t>{shared[int(match[2])]}</t></is></c>'


inline = re.sub(r'<c r="[A-Z]+[1-7]"( s="\d+")? t="s"><v>(\d+)</v></c>', lambda m: plain({1: m[1] or "", 2: m[2]}), inline)
inline = re.sub(r'<row r="(\d+)" spans="[^"]*">', r"<row>", inline)
inline = re.sub(r'<c r="[A-Z]+\d+"', "<c", inline)
parts["xl/worksheets/sheet2.xml"] = inline.encode()
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
    for name, data in parts.items():
        out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
