//! The package's list of content types, and relationships that go.

use std::collections::HashSet;

use quick_xml::events::Event;

use super::error::MarkError;
use super::package::lower;
use super::xml::{appended, attribute, scan, spliced};

/// Type of a sheet.
pub(super) const WORKSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// Type of notes.
pub(super) const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
/// Type of the drawings with their boxes.
pub(super) const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// The list.
#[derive(Debug)]
pub(super) struct Types {
    text: String,
    endings: HashSet<String>,
    new: String,
    removed: HashSet<String>,
}

impl Types {
    /// Name of the part.
    pub const PART: &str = "[Content_Types].xml";

    pub fn read(text: String) -> Result<Self, MarkError> {
        let mut endings = HashSet::new();
        scan(Self::PART, &text, |_, event, _| {
            if let Event::Start(tag) | Event::Empty(tag) = event
                && tag.local_name().as_ref() == "Default"
            {
                endings.extend(attribute(tag, "Extension").map(|ending| ending.to_ascii_lowercase()));
            }
            Ok(())
        })?;
        Ok(Self {
            text,
            endings,
            new: String::new(),
            removed: HashSet::new(),
        })
    }

    /// A part of its own type.
    pub fn add(&mut self, part: &str, kind: &str) {
        self.new
            .push_str(&format!("<{{p}}Override PartName=\"/{part}\" ContentType=\"{kind}\"/>"));
    }

    /// The type of all parts with an ending that have none of their own.
    pub fn default(&mut self, ending: &str, kind: &str) {
        if self.endings.insert(ending.to_owned()) {
            self.new.push_str(&format!(
                "<{{p}}Default Extension=\"{ending}\" ContentType=\"{kind}\"/>"
            ));
        }
    }

    /// A part that is there no longer.
    pub fn remove(&mut self, part: &str) {
        self.removed.insert(lower(part));
    }

    pub fn finish(&self) -> Result<String, MarkError> {
        let removed = |tag: &quick_xml::events::BytesStart<'_>| {
            attribute(tag, "PartName").is_some_and(|part| self.removed.contains(&lower(&part)))
        };
        let text = without(Self::PART, &self.text, removed)?;
        if self.new.is_empty() {
            return Ok(text);
        }
        appended(Self::PART, &text, &self.new)
    }
}

/// Relationships without those whose type ends with `kind`.
pub(super) fn without_target(part: &str, text: &str, kind: &str) -> Result<String, MarkError> {
    without(part, text, |tag| {
        attribute(tag, "Type").is_some_and(|own| own.ends_with(kind))
    })
}

/// A flat list without some of its items.
fn without(
    part: &str,
    text: &str,
    goes: impl Fn(&quick_xml::events::BytesStart<'_>) -> bool,
) -> Result<String, MarkError> {
    let (mut edits, mut going) = (Vec::new(), None);
    scan(part, text, |depth, event, range| {
        match (depth, event) {
            (1, Event::Empty(tag)) if goes(tag) => edits.push((range, String::new())),
            (1, Event::Start(tag)) if goes(tag) => going = Some(range.start),
            (1, Event::End(_)) => edits.extend(going.take().map(|start| (start..range.end, String::new()))),
            _ => {}
        }
        Ok(())
    })?;
    Ok(spliced(text, edits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_added_once_and_removed_by_part() {
        let text = "<Types><Default Extension=\"xml\" ContentType=\"a\"/><Override PartName=\"/A.xml\" ContentType=\"b\"/></Types>";
        let mut types = Types::read(text.to_owned()).unwrap();
        types.default("xml", "c");
        types.default("vml", "d");
        types.remove("a.xml");
        types.add("b.xml", "e");
        assert_eq!(
            types.finish().unwrap(),
            "<Types><Default Extension=\"xml\" ContentType=\"a\"/><Default Extension=\"vml\" ContentType=\"d\"/>\
             <Override PartName=\"/b.xml\" ContentType=\"e\"/></Types>"
        );
    }
}
