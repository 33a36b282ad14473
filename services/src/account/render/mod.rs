//! stub until merged
use super::document::Document;
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct RenderError;
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format { Markdown, Html, Docx, Xlsx }
impl Format { pub const fn ending(self) -> &'static str { "md" } }
pub fn render(document: &Document, _format: Format) -> Result<Vec<u8>, RenderError> { Ok(format!("{document:#?}").into_bytes()) }
