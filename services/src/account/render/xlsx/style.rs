//! Formats of cells.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::language::Language;

const BAND: Color = Color::RGB(0xF3_F5F7);
const MISSING: Color = Color::RGB(0xFF_F3C4);
const RULE: Color = Color::RGB(0xC9_D0D6);

/// The formats.
#[derive(Debug, Clone)]
pub(super) struct Styles {
    /// Font of the text, which charts use too.
    pub font: &'static str,
    /// Title above a table.
    pub title: Format,
    /// Head of a column.
    pub head: Format,
    /// Text that wraps.
    pub cell: Format,
    /// Text of headings, by their level from 1.
    pub headings: [Format; 3],
    /// A number; its format is set for each.
    pub number: Format,
    /// A figure that cannot be computed.
    pub missing: Format,
}

impl Styles {
    pub fn new(language: Language) -> Self {
        let (text, heading) = match language {
            Language::Zh => ("宋体", "黑体"),
            Language::En => ("Arial", "Arial"),
        };
        let plain = Format::new()
            .set_font_name(text)
            .set_font_size(10.5)
            .set_align(FormatAlign::Top);
        let bold = Format::new()
            .set_font_name(heading)
            .set_bold()
            .set_align(FormatAlign::VerticalCenter);
        let ruled = plain.clone().set_border(FormatBorder::Thin).set_border_color(RULE);
        Self {
            font: text,
            title: bold.clone().set_font_size(13),
            head: bold
                .clone()
                .set_font_size(10.5)
                .set_text_wrap()
                .set_background_color(BAND)
                .set_border(FormatBorder::Thin)
                .set_border_color(RULE),
            cell: ruled.clone().set_text_wrap(),
            headings: [15.0, 13.0, 11.5].map(|size| {
                bold.clone()
                    .set_font_size(size)
                    .set_text_wrap()
                    .set_border(FormatBorder::Thin)
                    .set_border_color(RULE)
            }),
            number: ruled.clone().set_align(FormatAlign::Right),
            missing: ruled
                .set_bold()
                .set_align(FormatAlign::Right)
                .set_background_color(MISSING),
        }
    }
}

/// Format of a number with so many digits behind the point, with commas or without, and its unit behind it.
pub(super) fn number_format(decimals: usize, commas: bool, unit: &str) -> String {
    let mut format = String::from(if commas { "#,##0" } else { "0" });
    if decimals > 0 {
        format.push('.');
        format.push_str(&"0".repeat(decimals));
    }
    // Within quotes everything but a quote is text. A format may not be longer than 255 characters.
    let unit = unit
        .chars()
        .filter(|letter| *letter != '"')
        .take(40)
        .collect::<String>();
    if !unit.is_empty() {
        format.push_str(&format!("\"{unit}\""));
    }
    format
}

#[cfg(test)]
mod tests {
    use super::number_format;

    #[test]
    fn a_unit_is_text_of_the_format() {
        assert_eq!(number_format(0, true, ""), "#,##0");
        assert_eq!(number_format(2, true, "公里"), "#,##0.00\"公里\"");
        assert_eq!(number_format(1, false, "%\""), "0.0\"%\"");
    }
}
