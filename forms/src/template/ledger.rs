//! The form itself: title, line of the office, legend, header with notes, and rows.

use ducha_records::rules::Language;
use rust_xlsxwriter::{Format, Note, Worksheet, XlsxError};

use super::columns::TemplateColumn;
use super::dictionary::Dictionary;
use super::{FilledRow, FilledValue, Form, VERSION_HEADER, pick, style, validation, wanted};
use crate::profile::ColumnKind;

/// Row of the title, counted from 0 as all rows here.
const TITLE: u32 = 0;
const OFFICE: u32 = 1;
const LEGEND: u32 = 2;
/// Row of the header.
pub(super) const HEADER: u32 = 3;
/// Rows to fill in that are drawn in an empty form, and behind the rows of one that is filled in.
const DRAWN: u32 = 32;
const DRAWN_BEHIND: u32 = 8;
/// Rows with formats, lists and validations. A county has a few hundred petitions; more are accepted without help.
const HELPED: u32 = 2_000;
/// Height of a row in points: three lines of 10.5 points.
const ROW_HEIGHT: f64 = 45.0;
const MOST_HEIGHT: f64 = 240.0;
const HEADER_HEIGHT: f64 = 48.0;
const A4: u8 = 9;
const A3: u8 = 8;
/// Characters of width that an A4 page in landscape shows at two thirds of their size; a wider form is printed on A3, as
/// tables of this kind are.
const MOST_ON_A4: f64 = 200.0;
/// Characters of a sheet's name.
const MOST_NAME: usize = 31;

/// Makes the sheet of a form.
pub(super) fn sheet(
    form: &Form<'_>,
    columns: &[TemplateColumn<'_>],
    dictionary: &mut Dictionary,
    language: Language,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name(&form.profile.title))?;
    let last = columns.len().saturating_sub(1) as u16; // a profile has fewer columns than a sheet
    head(&mut sheet, form, last, language)?;
    for column in columns {
        header(&mut sheet, column, language)?;
        let list = match (&column.column.vocabulary, column.vocabulary) {
            (Some(name), Some(words)) => Some(dictionary.add(form.profile, name, words)),
            _ if column.column.kind == ColumnKind::Divisions => dictionary.add_divisions(&form.divisions),
            _ => None,
        };
        if let Some(validation) = validation::of(column, list.as_deref(), language)? {
            sheet.add_data_validation(HEADER + 1, column.at, HEADER + HELPED, column.at, &validation)?;
        }
    }
    rows(&mut sheet, form, columns)?;
    let last = versions(&mut sheet, form, last, language)?;
    let width: f64 = columns.iter().map(TemplateColumn::width).sum();
    page(&mut sheet, form, last, if width > MOST_ON_A4 { A3 } else { A4 })?;
    Ok(sheet)
}

/// A name a sheet may have, made from the title.
pub(super) fn name(title: &str) -> String {
    let allowed = |letter: &char| !"[]:*?/\\'".contains(*letter);
    title.chars().filter(allowed).take(MOST_NAME).collect()
}

fn head(sheet: &mut Worksheet, form: &Form<'_>, last: u16, language: Language) -> Result<(), XlsxError> {
    sheet.merge_range(TITLE, 0, TITLE, last.max(1), &form.profile.title, &style::title())?;
    sheet.set_row_height(TITLE, 44)?;
    let office = form.office.as_deref().unwrap_or_default();
    let line = style::line();
    sheet.write_string_with_format(OFFICE, 0, format!("填报单位（盖章）：{office}"), &line)?;
    for (share, label) in [(1, "填报人："), (2, "审核人："), (3, "填报日期：    年  月  日")] {
        sheet.write_string_with_format(OFFICE, (last / 4 * share).max(share), label, &line)?;
    }
    sheet.set_row_height(OFFICE, 24)?;
    legend(sheet, language)
}

/// What the colours mean, and where more is said.
fn legend(sheet: &mut Worksheet, language: Language) -> Result<(), XlsxError> {
    let text = pick(
        language,
        "橙色带 * 的列必填，蓝色的列有则填。鼠标停在表头上可看填写要求，详见“填报说明”表；请勿改动表头。",
        "Orange columns with * must be filled in, blue ones if there is something to say. Each header has a note; see the sheet 填报说明. Do not change the header.",
    );
    sheet.write_string_with_format(LEGEND, 0, text, &style::legend())?;
    sheet.set_row_height(LEGEND, 20)?;
    Ok(())
}

fn header(sheet: &mut Worksheet, column: &TemplateColumn<'_>, language: Language) -> Result<(), XlsxError> {
    let (text, required) = (column.header(), column.is_required());
    let format = style::header(required);
    if required {
        let (plain, star) = (style::header_text(), style::star());
        sheet.write_rich_string_with_format(HEADER, column.at, &[(&plain, &text), (&star, "*")], &format)?;
    } else {
        sheet.write_string_with_format(HEADER, column.at, &text, &format)?;
    }
    let note = Note::new(note(column, language))
        .add_author_prefix(false)
        .set_width(260)
        .set_height(130);
    sheet.insert_note(HEADER, column.at, &note)?;
    sheet.set_column_width(column.at, column.width())?;
    Ok(())
}

fn note(column: &TemplateColumn<'_>, language: Language) -> String {
    let required = match (language, column.is_required()) {
        (Language::Zh, true) => "【必填】",
        (Language::Zh, false) => "【选填】",
        (Language::En, true) => "[required] ",
        (Language::En, false) => "[optional] ",
    };
    let mut lines = vec![format!("{required}{}", column.name())];
    if language == Language::En {
        lines.push(column.column.label_en.clone());
    }
    let mut say = |zh: &str, en: &str, text: String| {
        if !text.is_empty() {
            lines.push(format!("{}{text}", pick(language, zh, en)));
        }
    };
    say("填写要求：", "Wanted: ", wanted::wanted(column, language));
    say("示例：", "Example: ", wanted::example(column.column, column.vocabulary));
    say("检查规则：", "Rules: ", wanted::codes(column).join(" "));
    lines.join("\n")
}

fn rows(sheet: &mut Worksheet, form: &Form<'_>, columns: &[TemplateColumn<'_>]) -> Result<(), XlsxError> {
    let filled = form.rows.len() as u32; // one division's
    let drawn = if filled == 0 { DRAWN } else { filled + DRAWN_BEHIND };
    for column in columns {
        let format = cell_format(column);
        // Also where nothing is drawn, so that a row further down keeps its numbers as text.
        sheet.set_column_format(column.at, &plain(column))?;
        for row in 0..drawn {
            sheet.write_blank(HEADER + 1 + row, column.at, &format)?;
        }
        for (row, filled) in (HEADER + 1..).zip(&form.rows) {
            value(sheet, row, column, filled, &format)?;
        }
    }
    for row in 0..drawn {
        let filled = form.rows.get(row as usize);
        sheet.set_row_height(
            HEADER + 1 + row,
            filled.map_or(ROW_HEIGHT, |filled| height(columns, filled)),
        )?;
    }
    Ok(())
}

/// Height in points that shows the longest text of a row, within bounds: a text of pages is read in its cell.
fn height(columns: &[TemplateColumn<'_>], filled: &FilledRow) -> f64 {
    let lines = columns
        .iter()
        .map(|column| match filled.cells.get(&column.column.field) {
            Some(FilledValue::Text(text)) => style::lines(text, column.width()),
            _ => 1.0,
        });
    let most = lines.fold(1.0, f64::max);
    (most * style::LINE + 4.0).clamp(ROW_HEIGHT, MOST_HEIGHT)
}

fn value(
    sheet: &mut Worksheet,
    row: u32,
    column: &TemplateColumn<'_>,
    filled: &FilledRow,
    format: &Format,
) -> Result<(), XlsxError> {
    match filled.cells.get(column.column.field.as_str()) {
        Some(FilledValue::Text(text)) => sheet.write_string_with_format(row, column.at, text, format)?,
        Some(FilledValue::Number(number)) => sheet.write_number_with_format(row, column.at, *number, format)?,
        Some(FilledValue::Day(day)) => {
            sheet.write_datetime_with_format(row, column.at, validation::excel_day(*day)?, format)?
        }
        None => return Ok(()),
    };
    Ok(())
}

fn cell_format(column: &TemplateColumn<'_>) -> Format {
    formatted(style::cell(column.is_prose()), column)
}

fn plain(column: &TemplateColumn<'_>) -> Format {
    formatted(Format::new(), column)
}

fn formatted(format: Format, column: &TemplateColumn<'_>) -> Format {
    match column.column.kind {
        ColumnKind::Date => format.set_num_format("yyyy-mm-dd"),
        ColumnKind::Count => format.set_num_format("0"),
        _ if column.stays_text() => format.set_num_format("@"),
        _ => format,
    }
}

/// The column with the base version of each row, behind all others and hidden. Returns the last column.
fn versions(sheet: &mut Worksheet, form: &Form<'_>, last: u16, language: Language) -> Result<u16, XlsxError> {
    if form.rows.iter().all(|row| row.version.is_none()) {
        return Ok(last);
    }
    let column = last + 1;
    sheet.write_string_with_format(HEADER, column, VERSION_HEADER, &style::system_header())?;
    let text = pick(
        language,
        "由系统填写，请勿修改。用来判断填报期间记录是否已有变化。",
        "Written by the system, do not change it. It tells whether the record has changed meanwhile.",
    );
    sheet.insert_note(HEADER, column, &Note::new(text).add_author_prefix(false))?;
    for (row, filled) in (HEADER + 1..).zip(&form.rows) {
        if let Some(version) = &filled.version {
            sheet.write_string_with_format(row, column, version, &style::system_cell())?;
        }
    }
    sheet.set_column_hidden(column)?;
    Ok(column)
}

/// Window and paper: frozen header, filter, landscape paper as wide as the form, the header on each page.
fn page(sheet: &mut Worksheet, form: &Form<'_>, last: u16, paper: u8) -> Result<(), XlsxError> {
    let filled = (form.rows.len() as u32).max(1);
    sheet.set_row_height(HEADER, HEADER_HEIGHT)?;
    sheet.set_freeze_panes(HEADER + 1, 2.min(last))?;
    sheet.autofilter(HEADER, 0, HEADER + filled.max(HELPED), last)?;
    sheet
        .set_paper_size(paper)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&C第 &P 页，共 &N 页");
    sheet.set_repeat_rows(HEADER, HEADER)?;
    // Whole columns: the pages end with the last row that is filled in or drawn.
    sheet.set_print_area(0, 0, 1_048_575, last)?;
    Ok(())
}
