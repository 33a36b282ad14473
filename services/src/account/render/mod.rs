//! A document becomes a file.
//!
//! The same document gives the same bytes: no file has a clock or a random number in it, and where a format wants a time
//! it gets the day the document tells the state of.
//!
//! What the formats have in common stands here: what is refused (`check`), how figures stand in text (`flow`), the
//! words around them (`words`), and how charts are coloured (`palette`).

mod check;
pub mod docx;
mod error;
mod flow;
pub mod html;
pub mod markdown;
mod native;
mod number;
mod palette;
#[cfg(test)]
mod sample;
mod words;
pub mod xlsx;

pub use self::error::RenderError;
use super::document::Document;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown, as GitHub reads it.
    Markdown,
    /// One web page.
    Html,
    /// A document for Word, WPS Writer and LibreOffice.
    Docx,
    /// A workbook for Excel, WPS and LibreOffice.
    Xlsx,
}

impl Format {
    /// All of them.
    #[must_use]
    pub const fn all() -> [Self; 4] {
        [Self::Markdown, Self::Html, Self::Docx, Self::Xlsx]
    }

    /// How names of such files end, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// Media type of such files.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Writes the document as a file.
///
/// # Errors
/// A document that contradicts itself, such as a figure that is named and not there.
pub fn render(document: &Document, format: Format) -> Result<Vec<u8>, RenderError> {
    match format {
        Format::Markdown => markdown::markdown(document),
        Format::Html => html::html(document),
        Format::Docx => docx::docx(document),
        Format::Xlsx => xlsx::xlsx(document),
    }
}
