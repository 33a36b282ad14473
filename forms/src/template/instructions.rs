//! The sheet 填报说明: how to fill the form in, column by column.

use ducha_records::rules::Language;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::columns::{self, TemplateColumn};
use super::{Form, INSTRUCTIONS_SHEET, pick, style, wanted};
use crate::values::vocabulary::Vocabulary;

/// Widths in characters: number, header, required, what to write, example, list, rules.
const WIDTHS: [f64; 7] = [6.0, 20.0, 9.0, 34.0, 34.0, 34.0, 14.0];
const LAST: u16 = WIDTHS.len() as u16 - 1;
const A4: u8 = 9;

const HEADERS_ZH: [&str; 7] = ["序号", "表头", "是否必填", "填写要求", "示例", "可填内容", "检查规则"];
const HEADERS_EN: [&str; 7] = ["No.", "Header", "Required", "What to write", "Example", "List", "Rules"];

const GENERAL_ZH: [&str; 7] = [
    "每件信访、每项任务填一行；同一件由几个县（市、区）办理的，各填各的一行。",
    "不要改动、增加或合并表头，不要在数据中间插入合计行；“填报字典”是隐藏的下拉列表，请勿删除。",
    "带 * 的橙色列必填。没有内容的选填列留空即可，不必填“无”。",
    "日期写全年月日，例如 2022-03-18；编号按原样填写，单元格已设为文本格式。",
    "不要在正文中写手机号码、身份证号码等个人信息。",
    "从其他表格粘贴时请选“只粘贴数值”，以免下拉列表和格式被覆盖。",
    "报送前可用 ducha-worker check 自查；规则编号的含义见自查结果。",
];
const GENERAL_EN: [&str; 7] = [
    "One row for each petition or task; where several counties handle one, each fills in its own row.",
    "Do not change, add or merge headers, and put no totals between the rows. The hidden sheet 填报字典 holds the lists; keep it.",
    "Orange columns with * must be filled in. Leave an optional cell empty where there is nothing to say.",
    "Dates have year, month and day: 2022-03-18. Numbers of petitions and tasks are text, as they were given.",
    "Put no phone numbers, identity cards or other personal data into the texts.",
    "Paste values only, so that lists and formats stay.",
    "Check the form with ducha-worker check before sending it; it says what each rule's code means.",
];

/// Makes the sheet.
pub(super) fn sheet(forms: &[Form<'_>], language: Language) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(INSTRUCTIONS_SHEET)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let title = pick(language, "填 报 说 明", "How to fill in this form");
    sheet.merge_range(0, 0, 0, LAST, title, &style::title())?;
    sheet.set_row_height(0, 36)?;
    let mut row = general(&mut sheet, language)?;
    for form in forms {
        row = table(&mut sheet, form, row + 1, language)?;
    }
    sheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&C第 &P 页，共 &N 页");
    sheet.set_screen_gridlines(false);
    Ok(sheet)
}

fn general(sheet: &mut Worksheet, language: Language) -> Result<u32, XlsxError> {
    let texts = match language {
        Language::Zh => GENERAL_ZH,
        Language::En => GENERAL_EN,
    };
    let mut row = 1;
    for (number, text) in (1..).zip(texts) {
        let line = pick(language, "、", ". ");
        sheet.merge_range(row, 0, row, LAST, &format!("{number}{line}{text}"), &style::paragraph())?;
        sheet.set_row_height(row, style::LINE + 5.0)?;
        row += 1;
    }
    for (required, zh, en) in [(true, "必填 *", "required *"), (false, "选填", "optional")] {
        let column = if required { 1 } else { 2 };
        sheet.write_string_with_format(row, column, pick(language, zh, en), &style::swatch(required))?;
    }
    Ok(row + 1)
}

/// The columns of one form. Returns the row behind the table.
fn table(sheet: &mut Worksheet, form: &Form<'_>, first: u32, language: Language) -> Result<u32, XlsxError> {
    let profile = form.profile;
    let heading = match language {
        Language::Zh => format!("{}　　模板：{}　版本：{}", profile.title, profile.kind, profile.version),
        Language::En => format!(
            "{} ({})    template: {}  version: {}",
            profile.title_en, profile.title, profile.kind, profile.version
        ),
    };
    sheet.write_string_with_format(first, 0, heading, &style::line().set_bold())?;
    sheet.set_row_height(first, 24)?;
    let headers = match language {
        Language::Zh => HEADERS_ZH,
        Language::En => HEADERS_EN,
    };
    for (column, header) in (0..).zip(headers) {
        sheet.write_string_with_format(first + 1, column, header, &style::header(false))?;
    }
    let mut row = first + 2;
    for column in columns::of(profile) {
        line(sheet, row, &column, language)?;
        row += 1;
    }
    Ok(row)
}

fn line(sheet: &mut Worksheet, row: u32, column: &TemplateColumn<'_>, language: Language) -> Result<(), XlsxError> {
    let required = match (language, column.is_required()) {
        (Language::Zh, true) => "必填",
        (Language::Zh, false) => "选填",
        (Language::En, true) => "required",
        (Language::En, false) => "optional",
    };
    let header = match language {
        Language::Zh => column.name(),
        Language::En => format!("{}\n{}", column.name(), column.column.label_en),
    };
    let texts = [
        (column.at + 1).to_string(),
        header,
        required.to_owned(),
        wanted::wanted(column, language),
        wanted::example(column.column, column.vocabulary),
        list(column, language),
        wanted::codes(column).join(" "),
    ];
    sheet.set_row_height(row, height(&texts))?;
    for (at, text) in (0..).zip(texts) {
        let format = match at {
            1 => style::cell(true).set_background_color(if column.is_required() {
                style::REQUIRED
            } else {
                style::OPTIONAL
            }),
            3..=5 => style::cell(true),
            _ => style::cell(false),
        };
        sheet.write_string_with_format(row, at, text, &format)?;
    }
    Ok(())
}

fn list(column: &TemplateColumn<'_>, language: Language) -> String {
    let choices = column.vocabulary.into_iter().flat_map(Vocabulary::choices);
    let words: Vec<String> = choices
        .map(|choice| match language {
            Language::Zh => choice.label.clone(),
            Language::En => format!("{} ({})", choice.label, choice.label_en),
        })
        .collect();
    words.join(pick(language, "、", ", "))
}

/// Height in points for the longest of the texts.
fn height(texts: &[String]) -> f64 {
    let lines = texts.iter().zip(WIDTHS).map(|(text, width)| style::lines(text, width));
    lines.fold(1.0, f64::max) * style::LINE + 4.0
}
