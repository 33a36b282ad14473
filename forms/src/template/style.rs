//! The looks of a form: the fonts and colours of an official table, which print in black and white as well.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Behind the header of a column that must be filled in.
pub(super) const REQUIRED: Color = Color::RGB(0xFC_E4_D6);
/// Behind the header of any other column.
pub(super) const OPTIONAL: Color = Color::RGB(0xDD_EB_F7);
/// Behind what nobody is to touch.
const SYSTEM: Color = Color::RGB(0xED_ED_ED);
const LINES: Color = Color::RGB(0x80_80_80);
const FAINT: Color = Color::RGB(0x59_59_59);
/// The star of a required column.
const STAR: Color = Color::RGB(0xC0_00_00);

/// The font of the body of an official document; every office in China has it.
const BODY: &str = "宋体";
/// The font of its headings.
const HEADING: &str = "黑体";

fn body() -> Format {
    Format::new().set_font_name(BODY).set_font_size(10.5)
}

pub(super) fn title() -> Format {
    Format::new()
        .set_font_name(HEADING)
        .set_font_size(24)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

/// The line under the title, and any plain text outside a table.
pub(super) fn line() -> Format {
    body()
        .set_font_size(12)
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::VerticalCenter)
}

pub(super) fn paragraph() -> Format {
    line().set_text_wrap()
}

pub(super) fn legend() -> Format {
    line().set_font_size(10.5).set_font_color(FAINT)
}

/// A small cell that shows what a colour means.
pub(super) fn swatch(required: bool) -> Format {
    boxed(body())
        .set_font_size(9)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(if required { REQUIRED } else { OPTIONAL })
}

fn boxed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINES)
}

pub(super) fn header(required: bool) -> Format {
    boxed(Format::new().set_font_name(HEADING).set_font_size(10.5))
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_background_color(if required { REQUIRED } else { OPTIONAL })
}

pub(super) fn system_header() -> Format {
    header(false).set_background_color(SYSTEM).set_font_color(FAINT)
}

pub(super) fn system_cell() -> Format {
    cell(false)
        .set_num_format("@")
        .set_background_color(SYSTEM)
        .set_font_color(FAINT)
}

/// A run of a header's text.
pub(super) fn header_text() -> Format {
    Format::new().set_font_name(HEADING).set_font_size(10.5)
}

/// The star behind it.
pub(super) fn star() -> Format {
    header_text().set_font_color(STAR).set_bold()
}

/// A cell of the table; prose begins at the left, everything else is centred.
pub(super) fn cell(prose: bool) -> Format {
    let align = if prose { FormatAlign::Left } else { FormatAlign::Center };
    boxed(body())
        .set_align(align)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// Height of a line of the body's font in points.
pub(super) const LINE: f64 = 15.0;

/// Lines that a text takes in a cell of this width in characters; a Chinese character is two wide.
pub(super) fn lines(text: &str, width: f64) -> f64 {
    let of_line = |line: &str| {
        let wide: usize = line.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
        (wide as f64 / (width - 2.0)).ceil().max(1.0)
    };
    text.lines().map(of_line).sum()
}
