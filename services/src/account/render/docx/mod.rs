//! DOCX, part by part.
//!
//! The parts are few and simple, so they are written here rather than by a library: those there are bring image codecs
//! along and leave out fields, languages or native charts. A chart is drawn by Word from its own part; the values lie
//! beside it as a workbook, so that it can be edited.

mod body;
mod chart;
mod parts;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod xml;

use std::io::{Cursor, Write};

use chrono::Datelike;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::body::Body;
use super::check::check;
use super::error::RenderError;
use crate::account::document::Document;

/// One part of the package.
struct Part {
    name: String,
    content: Vec<u8>,
}

impl Part {
    fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            content: content.into(),
        }
    }
}

/// Writes a document for word processors.
///
/// # Errors
/// A document that contradicts itself; a chart that the library for workbooks refuses.
pub fn docx(document: &Document) -> Result<Vec<u8>, RenderError> {
    check(document)?;
    let mut body = Body::new(document);
    let main = body.write()?;
    let mut charts = Vec::new();
    for (number, drawn) in (1..).zip(&body.charts) {
        charts.extend(chart::parts(drawn, number, document)?);
    }
    let drawn = body.charts.len();
    let mut all = vec![
        Part::new("[Content_Types].xml", parts::content_types(drawn)),
        Part::new("_rels/.rels", parts::ROOT),
        Part::new("docProps/core.xml", parts::core(document)?),
        Part::new("docProps/app.xml", parts::APP),
        Part::new("word/document.xml", main),
        Part::new("word/_rels/document.xml.rels", parts::relations(drawn)),
        Part::new("word/styles.xml", styles::styles(document.language)),
        Part::new("word/settings.xml", parts::settings(document.language)),
        Part::new("word/numbering.xml", parts::numbering(body.ordered)),
        Part::new("word/footer1.xml", parts::footer(document.language)?),
    ];
    all.append(&mut charts);
    package(&all, document)
}

fn package(parts: &[Part], document: &Document) -> Result<Vec<u8>, RenderError> {
    // A zip knows no year before 1980 or behind 2107; such a day gets the format's first.
    let year = u16::try_from(document.as_of.year()).unwrap_or_default();
    let (month, day) = (document.as_of.month() as u8, document.as_of.day() as u8); // at most 12 and 31
    let time = DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(&part.name, options)?;
        zip.write_all(&part.content)?;
    }
    Ok(zip.finish()?.into_inner())
}
