//! The summary sheet, which is also the receipt: what counts now, which rules were broken how often, which rows were
//! refused, and what to send again. Hidden beside it stand the marked styles and what they were made of, so that the next
//! copy finds the way back whatever program saved the file in between.

use std::io::{self, BufRead, Write};

use ducha_records::codes::Severity;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::book::quoted;
use super::error::MarkError;
use super::looks::Look;
use super::marks::{Counted, Mark, Marks};
use super::place;
use super::receipt::{Receipt, Remarks};
use super::said::{self, severity};
use super::styles::Styles;
use super::xml::{DECLARATION, MAIN, attribute, escaped};
use crate::cell::address;
use crate::check::LedgerSheet;
use crate::recognise::own::SUMMARY_TITLE;
use crate::values::text::shortened;

/// Columns of the traced styles, counted from 0: marked, and what it was made of.
const TRACE: (u32, u32) = (25, 26);
/// Refused rows that are listed, and so links: a sheet may have 65,530.
const MOST_LISTED: usize = 50_000;
/// Characters of a text in a list.
const TEXT_CHARS: usize = 500;
/// Widths in characters.
const WIDTHS: [u32; 6] = [26, 12, 12, 24, 70, 60];
/// Last column of the summary, counted from 0.
const LAST: u32 = WIDTHS.len() as u32 - 1;

/// What a summary is made of.
pub(super) struct Summary<'a> {
    pub receipt: &'a Receipt<'a>,
    pub remarks: &'a Remarks,
    pub marks: &'a Marks,
    pub ledgers: &'a [LedgerSheet],
}

/// The styles that an earlier copy marked, and what they were made of, from its summary.
pub(super) fn traced<R: BufRead>(part: &str, input: R) -> Result<Vec<(u32, u32)>, MarkError> {
    let mut reader = Reader::from_reader(input);
    let (mut buffer, mut pairs, mut marked) = (Vec::new(), Vec::new(), None);
    loop {
        buffer.clear();
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|error| MarkError::malformed(part, error))?;
        match event {
            Event::Eof => return Ok(pairs),
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                let at = attribute(&tag, "r").and_then(|at| place::parse(&at));
                let style = attribute(&tag, "s")
                    .and_then(|style| style.parse::<u32>().ok())
                    .unwrap_or(0);
                match at {
                    Some((row, column)) if column == TRACE.0 => marked = Some((row, style)),
                    Some((row, column)) if column == TRACE.1 => {
                        let same = marked.filter(|(other, made)| *other == row && *made != style);
                        pairs.extend(same.map(|(_, made)| (made, style)));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// Writes the part.
pub(super) fn write<W: Write>(out: W, summary: &Summary<'_>, styles: &mut Styles) -> io::Result<()> {
    let traced = styles.traced().to_vec();
    let mut page = Page {
        out,
        styles,
        row: 0,
        merges: Vec::new(),
        links: Vec::new(),
        traced,
    };
    page.begin()?;
    page.facts(summary)?;
    page.rules(summary)?;
    page.refused(summary)?;
    page.end()
}

struct Page<'s, W> {
    out: W,
    styles: &'s mut Styles,
    row: u32,
    merges: Vec<String>,
    links: Vec<(String, String)>,
    traced: Vec<(u32, u32)>,
}

enum Entry<'t> {
    Text(&'t str, Look),
    Count(i64),
    Link(&'t str, String),
}

impl<W: Write> Page<'_, W> {
    fn begin(&mut self) -> io::Result<()> {
        let width = |(at, width): (usize, &u32)| {
            let column = at + 1;
            format!("<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>")
        };
        let widths: String = WIDTHS.iter().enumerate().map(width).collect();
        write!(
            self.out,
            "{DECLARATION}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
             <sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\"/></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/><cols>{widths}<col min=\"{}\" max=\"{}\" width=\"8\" hidden=\"1\" \
             customWidth=\"1\"/></cols><sheetData>",
            TRACE.0 + 1,
            TRACE.1 + 1,
        )
    }

    /// One row; a height in points, or what its texts need.
    fn line(&mut self, entries: &[Entry<'_>], height: Option<u32>) -> io::Result<()> {
        self.row += 1;
        let row = self.row;
        let height = height.unwrap_or_else(|| needed(entries));
        write!(self.out, "<row r=\"{row}\" ht=\"{height}\" customHeight=\"1\">")?;
        for (column, entry) in (0..).zip(entries) {
            let at = address(row, column);
            match entry {
                Entry::Text(text, look) => self.text(&at, text, *look)?,
                Entry::Count(count) => {
                    let style = self.styles.look(0, Look::Count);
                    write!(self.out, "<c r=\"{at}\" s=\"{style}\"><v>{count}</v></c>")?;
                }
                Entry::Link(text, target) => {
                    self.text(&at, text, Look::Link)?;
                    self.links.push((at, target.clone()));
                }
            }
        }
        self.trace(row)?;
        write!(self.out, "</row>")
    }

    fn text(&mut self, at: &str, text: &str, look: Look) -> io::Result<()> {
        let (style, text) = (self.styles.look(0, look), escaped(text));
        if text.is_empty() {
            return write!(self.out, "<c r=\"{at}\" s=\"{style}\"/>");
        }
        write!(
            self.out,
            "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
        )
    }

    fn trace(&mut self, row: u32) -> io::Result<()> {
        let Some((marked, of)) = self.traced.pop() else {
            return Ok(());
        };
        for (column, style) in [(TRACE.0, marked), (TRACE.1, of)] {
            let at = address(row, column);
            write!(
                self.out,
                "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t>样式</t></is></c>"
            )?;
        }
        Ok(())
    }

    /// A label and a text over all other columns.
    fn wide(&mut self, label: &str, text: &str) -> io::Result<()> {
        let mut entries = vec![Entry::Text(label, Look::Heading), Entry::Text(text, Look::Body)];
        entries.extend((2..=LAST).map(|_| Entry::Text("", Look::Body)));
        let lines = lines(text, WIDTHS[1..].iter().sum());
        self.line(&entries, Some(lines.clamp(1, MOST_LINES) * LINE + 5))?;
        self.merges.push(format!("B{0}:{1}", self.row, address(self.row, LAST)));
        Ok(())
    }

    fn facts(&mut self, summary: &Summary<'_>) -> io::Result<()> {
        self.line(&[Entry::Text(SUMMARY_TITLE, Look::Title)], Some(28))?;
        self.line(
            &[Entry::Text("Summary of the check, and receipt", Look::Plain)],
            Some(18),
        )?;
        for (zh, en, value) in summary.receipt.facts() {
            self.wide(&format!("{zh} {en}"), &value)?;
        }
        for (zh, en) in summary.receipt.next_steps() {
            self.wide("下一步 Next", &format!("{zh}\n{en}"))?;
        }
        for (zh, en) in &summary.remarks.lines {
            self.wide("说明 Note", &format!("{zh}\n{en}"))?;
        }
        let counts = summary.receipt.counts();
        if !counts.is_empty() {
            self.line(&[], None)?;
            self.heading(&["行数 Rows", "数量 Count"])?;
        }
        for (zh, en, count) in counts {
            self.line(
                &[Entry::Text(&format!("{zh} {en}"), Look::Body), Entry::Count(count)],
                None,
            )?;
        }
        Ok(())
    }

    fn heading(&mut self, titles: &[&str]) -> io::Result<()> {
        let entries: Vec<_> = titles.iter().map(|title| Entry::Text(title, Look::Heading)).collect();
        self.line(&entries, Some(22))
    }

    fn rules(&mut self, summary: &Summary<'_>) -> io::Result<()> {
        let mut counted: Vec<&Counted> = summary.marks.rules.values().collect();
        if counted.is_empty() {
            return Ok(());
        }
        counted.sort_by_key(|counted| (std::cmp::Reverse(counted.rule.severity), counted.rule.code));
        self.line(&[], None)?;
        self.heading(&[
            "规则 Rule",
            "级别 Level",
            "数量 Count",
            "首见 First at",
            "首条内容",
            "What the first one says",
        ])?;
        for one in counted {
            let level = format!("{} {}", severity(one.rule.severity), one.rule.severity.token());
            let place = (one.first_row > 0).then(|| address(one.first_row, u32::from(one.first_column.unwrap_or(0))));
            let shown = match &place {
                Some(cell) => format!("{} {cell}", one.first_sheet),
                None => one.first_sheet.to_string(),
            };
            let first = match place {
                Some(cell) => Entry::Link(&shown, format!("{}!{cell}", quoted(&one.first_sheet))),
                None => Entry::Text(&shown, Look::Body),
            };
            let (zh, en) = (shortened(&one.first.0, TEXT_CHARS), shortened(&one.first.1, TEXT_CHARS));
            let (zh, en) = match one.explained {
                0 => (zh, en),
                count => (
                    format!("{zh}\n其中 {count} 处已说明理由").into(),
                    format!("{en}\n{count} with a reason").into(),
                ),
            };
            self.line(
                &[
                    Entry::Text(one.rule.code, Look::Body),
                    Entry::Text(&level, Look::BodyFound(one.rule.severity)),
                    Entry::Count(i64::try_from(one.count).unwrap_or(i64::MAX)),
                    first,
                    Entry::Text(&zh, Look::Body),
                    Entry::Text(&en, Look::Body),
                ],
                None,
            )?;
        }
        Ok(())
    }

    fn refused(&mut self, summary: &Summary<'_>) -> io::Result<()> {
        let (mut listed, mut all) = (0, 0_usize);
        for ledger in summary.ledgers {
            let found = summary.marks.of(&ledger.name);
            for row in found.chunk_by(|one, other| one.row == other.row) {
                let error = row.iter().any(|mark| mark.rule.severity == Severity::Error);
                if !error || !ledger.is_data(row[0].row) {
                    continue;
                }
                all += 1;
                if all > MOST_LISTED {
                    continue;
                }
                if listed == 0 {
                    self.line(&[], None)?;
                    self.heading(&[
                        "未导入的行 Refused",
                        "行 Row",
                        "级别 Level",
                        "单元格 Cell",
                        "问题 What is wrong",
                        "",
                    ])?;
                    self.merges.push(format!("E{0}:F{0}", self.row));
                }
                listed += 1;
                self.refused_row(summary.marks, ledger, row)?;
            }
        }
        if all > listed {
            let rest = all - listed;
            self.wide(
                "其余 Others",
                &format!("还有 {rest} 行未列出，请在台账的“系统核对：结果”一列中筛选。\n{rest} more rows: filter the status column of the ledger."),
            )?;
        }
        Ok(())
    }

    fn refused_row(&mut self, marks: &Marks, ledger: &LedgerSheet, row: &[Mark]) -> io::Result<()> {
        let number = row[0].row;
        let first = row
            .iter()
            .find(|mark| mark.rule.severity == Severity::Error)
            .unwrap_or(&row[0]);
        let cell = address(number, first.column.map_or(0, u32::from));
        let words = said::problems(marks, row)?;
        let words = shortened(&words, TEXT_CHARS);
        self.line(
            &[
                Entry::Text(&ledger.name, Look::Body),
                Entry::Count(i64::from(number)),
                Entry::Text(severity(Severity::Error), Look::BodyFound(Severity::Error)),
                Entry::Link(&cell, format!("{}!{cell}", quoted(&ledger.name))),
                Entry::Text(&words, Look::Body),
                Entry::Text("", Look::Body),
            ],
            Some(lines(&words, WIDTHS[4] + WIDTHS[5]).clamp(1, MOST_LINES) * LINE + 3),
        )?;
        self.merges.push(format!("E{0}:F{0}", self.row));
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        while !self.traced.is_empty() {
            self.line(&[], None)?;
        }
        write!(self.out, "</sheetData>")?;
        if !self.merges.is_empty() {
            write!(self.out, "<mergeCells count=\"{}\">", self.merges.len())?;
            for block in &self.merges {
                write!(self.out, "<mergeCell ref=\"{block}\"/>")?;
            }
            write!(self.out, "</mergeCells>")?;
        }
        if !self.links.is_empty() {
            write!(self.out, "<hyperlinks>")?;
            for (at, target) in &self.links {
                write!(self.out, "<hyperlink ref=\"{at}\" location=\"{}\"/>", escaped(target))?;
            }
            write!(self.out, "</hyperlinks>")?;
        }
        write!(
            self.out,
            "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
             <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
        )
    }
}

/// Height in points that the texts of a row need in their columns.
fn needed(entries: &[Entry<'_>]) -> u32 {
    let lines = |(entry, room): (&Entry<'_>, &u32)| match entry {
        Entry::Text(text, _) | Entry::Link(text, _) => lines(text, *room),
        Entry::Count(_) => 1,
    };
    let most = entries.iter().zip(&WIDTHS).map(lines).max().unwrap_or(1);
    most.clamp(1, MOST_LINES) * LINE + 3
}

/// Lines that a text takes in a column of so many Latin letters.
fn lines(text: &str, room: u32) -> u32 {
    let room = room as usize;
    text.lines().map(|line| 1 + width(line) / room).sum::<usize>() as u32 // of a shortened text
}

/// Points of a line.
const LINE: u32 = 15;
/// Lines that a row shows at most.
const MOST_LINES: u32 = 20;

/// Width of a text in columns of Latin letters; Chinese ones take two.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
}
