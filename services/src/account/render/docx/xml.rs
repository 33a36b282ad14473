//! Elements of WordprocessingML.

use std::io::{Result, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::account::text::printable;

/// What a part is written to.
pub(super) type Out = Writer<Vec<u8>>;

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A new part.
pub(super) fn part(write: impl FnOnce(&mut Out) -> Result<()>) -> Result<Vec<u8>> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    out.get_mut().write_all(b"\n")?;
    write(&mut out)?;
    Ok(out.into_inner())
}

/// An element with what `inner` writes.
pub(super) fn element(
    out: &mut Out,
    name: &str,
    attributes: Attributes<'_>,
    inner: impl FnOnce(&mut Out) -> Result<()>,
) -> Result<()> {
    out.create_element(name)
        .with_attributes(attributes.iter().copied())
        .write_inner_content(inner)?;
    Ok(())
}

/// An element of nothing.
pub(super) fn empty(out: &mut Out, name: &str, attributes: Attributes<'_>) -> Result<()> {
    out.create_element(name)
        .with_attributes(attributes.iter().copied())
        .write_empty()?;
    Ok(())
}

/// An element of text.
pub(super) fn text(out: &mut Out, name: &str, attributes: Attributes<'_>, said: &str) -> Result<()> {
    out.create_element(name)
        .with_attributes(attributes.iter().copied())
        .write_text_content(BytesText::new(&printable(said)))?;
    Ok(())
}

/// An element whose only attribute is `w:val`.
pub(super) fn value(out: &mut Out, name: &str, said: &str) -> Result<()> {
    empty(out, name, &[("w:val", said)])
}

/// A run of text, in a style of characters if one is named.
pub(super) fn run(out: &mut Out, style: Option<&str>, said: &str) -> Result<()> {
    if said.is_empty() {
        return Ok(());
    }
    element(out, "w:r", &[], |out| {
        if let Some(style) = style {
            element(out, "w:rPr", &[], |out| value(out, "w:rStyle", style))?;
        }
        text(out, "w:t", &[("xml:space", "preserve")], said)
    })
}

/// A paragraph in a style.
pub(super) fn paragraph(out: &mut Out, style: &str, inner: impl FnOnce(&mut Out) -> Result<()>) -> Result<()> {
    element(out, "w:p", &[], |out| {
        element(out, "w:pPr", &[], |out| value(out, "w:pStyle", style))?;
        inner(out)
    })
}
