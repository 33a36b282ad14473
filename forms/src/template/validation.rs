//! What a spreadsheet program accepts in the cells of a column, and what it says otherwise.

use ducha_records::rules::Language;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::columns::TemplateColumn;
use super::{pick, wanted};
use crate::profile::ColumnKind;
use crate::values::date::DateContext;
use chrono::Datelike;

/// Longest message, in UTF-16 units: the format's limit is 255.
const MOST_UNITS: usize = 250;
/// Fines above this, in the header's unit, are a slip: a million 万元 is ten billion 元.
const MOST_MONEY: f64 = 1_000_000.0;

/// The validation of a column; `list` is the name of its list. None where any text will do.
pub(super) fn of(
    column: &TemplateColumn<'_>,
    list: Option<&str>,
    language: Language,
) -> Result<Option<DataValidation>, XlsxError> {
    let plain = DataValidation::new();
    let listed = || list.map(|name| Formula::new(format!("={name}")));
    let validation = match column.column.kind {
        ColumnKind::Choice | ColumnKind::Flag => listed().map(|list| plain.allow_list_formula(list)),
        // Several words make no word of the list, and a division has several names: the list helps and stops nobody.
        ColumnKind::Choices | ColumnKind::Divisions => listed().map(|list| {
            let hint = plain.allow_list_formula(list);
            hint.set_error_style(DataValidationErrorStyle::Information)
        }),
        ColumnKind::Date => Some(plain.allow_date(DataValidationRule::Between(
            day(DateContext::default().earliest)?,
            day(DateContext::default().latest)?,
        ))),
        ColumnKind::Count => Some(plain.allow_whole_number(DataValidationRule::Between(0, i32::MAX))),
        ColumnKind::Money => Some(plain.allow_decimal_number(DataValidationRule::Between(0.0, MOST_MONEY))),
        _ => column
            .column
            .max_chars
            .and_then(|most| u32::try_from(most).ok())
            .map(|most| plain.allow_text_length(DataValidationRule::LessThanOrEqualTo(most))),
    };
    let Some(validation) = validation else { return Ok(None) };
    let validation = validation
        .set_error_title(pick(language, "请检查填写内容", "Please look again"))?
        .set_error_message(message(column, language))?;
    hint(validation, column, language).map(Some)
}

/// Cells of prose tell nothing when they are entered: it would only be in the way.
fn hint(
    validation: DataValidation,
    column: &TemplateColumn<'_>,
    language: Language,
) -> Result<DataValidation, XlsxError> {
    if column.column.kind == ColumnKind::Text {
        return Ok(validation);
    }
    let title: String = column.column.header.chars().take(30).collect();
    validation
        .set_input_title(title)?
        .set_input_message(message(column, language))
}

fn message(column: &TemplateColumn<'_>, language: Language) -> String {
    let header = column.name();
    let wanted = wanted::wanted(column, language);
    let example = wanted::example(column.column, column.vocabulary);
    let text = match (language, example.is_empty() || column.is_prose()) {
        (Language::Zh, true) => format!("“{header}”：{wanted}。"),
        (Language::Zh, false) => format!("“{header}”：{wanted}。例如：{example}"),
        (Language::En, true) => format!("{header}: {wanted}."),
        (Language::En, false) => format!("{header}: {wanted}. For example: {example}"),
    };
    cut(&text)
}

/// Every character here is one UTF-16 unit but for rare ones, which are two.
fn cut(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= MOST_UNITS
        })
        .collect()
}

fn day(date: chrono::NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or(1900),
        date.month() as u8,
        date.day() as u8,
    )
}

/// A day as a cell holds it.
pub(super) fn excel_day(date: chrono::NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    day(date)
}
