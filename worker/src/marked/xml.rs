//! Small tools for XML that is passed on: texts made safe, attributes read and replaced, everything else as it was.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::MarkError;

/// Namespace of spreadsheets.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// Namespace of relationships.
pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Beginning of every declared part of ours.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// `text` as the content of an element or of an attribute in double quotes. What XML cannot hold is left out, and what
/// Excel would take for an escape of its own (`_x000D_`) is escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, letter) in text.char_indices() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            '_' if is_escape(&text[at..]) => out.push_str("_x005F_"),
            _ if letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}') => {}
            _ => out.push(letter),
        }
    }
    out
}

/// `_x` and four hexadecimal digits and `_`.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && matches!(bytes[1], b'x' | b'X')
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}

/// The attribute named exactly `name`, unescaped.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
    let found = attributes.find(|attribute| attribute.key.as_ref() == name)?;
    found
        .normalized_value(XmlVersion::Implicit1_0)
        .ok()
        .map(Cow::into_owned)
}

/// The attribute with this name, any prefix before it.
pub(super) fn prefixed_attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found
        .normalized_value(XmlVersion::Implicit1_0)
        .ok()
        .map(Cow::into_owned)
}

/// The attributes of `tag` as they are written, with `changes` made: a value sets, `None` removes. Values are raw.
pub(super) fn with_attributes(tag: &BytesStart<'_>, changes: &[(&str, Option<&str>)]) -> String {
    let mut out = tag.name().as_ref().to_owned();
    let mut done = vec![false; changes.len()];
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        let key = attribute.key.as_ref();
        let value = match changes.iter().position(|(name, _)| *name == key) {
            None => Some(attribute.value.as_ref()),
            Some(at) => {
                done[at] = true;
                changes[at].1
            }
        };
        if let Some(value) = value {
            push_attribute(&mut out, key, value);
        }
    }
    for ((name, value), done) in changes.iter().zip(done) {
        if let (Some(value), false) = (value, done) {
            push_attribute(&mut out, name, value);
        }
    }
    out
}

fn push_attribute(out: &mut String, key: &str, value: &str) {
    out.push(' ');
    out.push_str(key);
    // Written with the quotes its value does not hold.
    let quote = if value.contains('"') { '\'' } else { '"' };
    out.extend(['=', quote]);
    out.push_str(value);
    out.push(quote);
}

/// The prefix of an element's name with its colon: `x:` of `x:worksheet`, or nothing.
pub(super) fn prefix(tag: &BytesStart<'_>) -> String {
    let name = tag.name();
    let name = name.as_ref();
    name.find(':').map_or_else(String::new, |at| name[..=at].to_owned())
}

/// Calls `see` with every event of a part that is in memory, the elements around it, and where it stands.
pub(super) fn scan<'t>(
    part: &str,
    text: &'t str,
    mut see: impl FnMut(usize, &Event<'t>, Range<usize>) -> Result<(), MarkError>,
) -> Result<(), MarkError> {
    let mut reader = Reader::from_str(text);
    let (mut depth, mut from) = (0_usize, 0);
    loop {
        let event = reader.read_event().map_err(|error| MarkError::malformed(part, error))?;
        let to = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        match &event {
            Event::Eof => break,
            Event::Start(_) => {
                see(depth, &event, from..to)?;
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                see(depth, &event, from..to)?;
            }
            _ => see(depth, &event, from..to)?,
        }
        from = to;
    }
    match depth {
        0 => Ok(()),
        _ => Err(MarkError::malformed(part, "it ends inside an element")),
    }
}

/// `text` with pieces of it replaced; pieces do not overlap.
pub(super) fn spliced(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let added: usize = edits.iter().map(|(_, new)| new.len()).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut from = 0;
    for (range, new) in edits {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(&new);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// `text` with `items` as the last children of its root; `{p}` in them stands for the root's prefix.
pub(super) fn appended(part: &str, text: &str, items: &str) -> Result<String, MarkError> {
    let mut edit = None;
    scan(part, text, |depth, event, range| {
        match (depth, event) {
            (0, Event::End(tag)) => {
                let name = tag.name();
                let prefix = name
                    .as_ref()
                    .find(':')
                    .map_or("", |at| &name.as_ref()[..=at])
                    .to_owned();
                edit = Some((range.start..range.start, items.replace("{p}", &prefix)));
            }
            (0, Event::Empty(tag)) => {
                let items = items.replace("{p}", &prefix(tag));
                let (open, name) = (with_attributes(tag, &[]), tag.name());
                edit = Some((range, format!("<{open}>{items}</{}>", name.as_ref())));
            }
            _ => {}
        }
        Ok(())
    })?;
    let edit = edit.ok_or_else(|| MarkError::malformed(part, "it has no root"))?;
    Ok(spliced(text, vec![edit]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_made_safe_for_xml_and_for_excel() {
        assert_eq!(escaped("a<b>&\"c\"\u{1}\u{FFFF}"), "a&lt;b&gt;&amp;&quot;c&quot;");
        assert_eq!(escaped("_x000D_ _x00_ _xZZZZ_"), "_x005F_x000D_ _x00_ _xZZZZ_");
        assert_eq!(escaped("一\n二\t三"), "一\n二 三");
    }

    #[test]
    fn attributes_are_replaced_removed_and_added_and_the_others_stay() {
        let tag = BytesStart::from_content("c r=\"A1\" s='2' t=\"s\"", 1);
        let changed = with_attributes(&tag, &[("s", Some("7")), ("t", None), ("x", Some("1"))]);
        assert_eq!(changed, "c r=\"A1\" s=\"7\" x=\"1\"");
    }
}
