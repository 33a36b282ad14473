//! What stands before the first element of an XML part, and in the first tag of the shared strings.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::reader::error::ReadError;

/// Refuses a document type definition, and any encoding but UTF-8: parts in UTF-16 would walk past every check here, and
/// no spreadsheet program writes them.
pub(super) fn check(head: &[u8], more_follows: bool, part: &str) -> Result<(), ReadError> {
    if head.iter().take(4).any(|byte| matches!(byte, 0 | 0xFE | 0xFF)) {
        return Err(ReadError::damaged(part, "found XML in UTF-16, wanted UTF-8"));
    }
    let mut left = head;
    while let Some(at) = left.iter().position(|byte| *byte == b'<') {
        left = &left[at..];
        let end: &[u8] = if left.starts_with(b"<?") {
            b"?>"
        } else if left.starts_with(b"<!--") {
            b"-->"
        } else if left.get(..2) == Some(b"<!") {
            return Err(ReadError::Doctype { part: part.to_owned() });
        } else {
            return Ok(());
        };
        let Some(length) = left.windows(end.len()).position(|window| window == end) else {
            break;
        };
        if left.starts_with(b"<?xml") {
            check_encoding(&left[..length], part)?;
        }
        left = &left[length + end.len()..];
    }
    if more_follows {
        Err(ReadError::damaged(part, "no element within its first 64 KiB"))
    } else {
        Ok(())
    }
}

fn check_encoding(declaration: &[u8], part: &str) -> Result<(), ReadError> {
    let declaration = String::from_utf8_lossy(declaration).to_ascii_lowercase();
    let Some((_, value)) = declaration.split_once("encoding") else {
        return Ok(());
    };
    let name = value.trim_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '"' | '\''));
    let name = name.split(['"', '\'']).next().unwrap_or_default();
    match name {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => Ok(()),
        other => Err(ReadError::damaged(part, format!("found XML in {other}, wanted UTF-8"))),
    }
}

/// How many texts the table of shared strings declares; 0 where it does not say.
pub(super) fn declared_strings(head: &[u8], part: &str) -> Result<u64, ReadError> {
    let mut reader = Reader::from_reader(head);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "sst" => {
                return unique_count(&tag, part);
            }
            Ok(Event::Start(_) | Event::Empty(_)) => {
                return Err(ReadError::damaged(part, "does not begin with the element sst"));
            }
            Ok(Event::Eof) => return Ok(0),
            Ok(_) => {}
            Err(error) => return Err(ReadError::damaged(part, error)),
        }
    }
}

fn unique_count(tag: &quick_xml::events::BytesStart<'_>, part: &str) -> Result<u64, ReadError> {
    let mut most = 0;
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| ReadError::damaged(part, error))?;
        if attribute.key.local_name().as_ref() == "uniqueCount" {
            // More digits than 64 bits hold is as implausible as the largest number they do hold.
            let digits = attribute.value.trim();
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(ReadError::damaged(
                    part,
                    format!("found uniqueCount={digits:?}, wanted a number"),
                ));
            }
            most = most.max(digits.parse().unwrap_or(u64::MAX));
        }
    }
    Ok(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_document_type_or_another_encoding_is_refused() {
        for (head, wanted) in [
            (
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<a/>",
                Ok(()),
            ),
            ("\u{FEFF}<a/>", Ok(())),
            ("<!-- <!DOCTYPE x> --><a/>", Ok(())),
            ("<a><!DOCTYPE late></a>", Ok(())),
            ("", Ok(())),
            ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"c\">]><a/>", Err("F016")),
            ("<!-- x --> <!doctype a><a/>", Err("F016")),
            ("<?xml version='1.0' encoding='utf-16'?><a/>", Err("F006")),
            ("<\0a\0", Err("F006")),
        ] {
            assert_eq!(
                check(head.as_bytes(), false, "p").map_err(|error| error.code()),
                wanted,
                "{head}"
            );
        }
    }

    #[test]
    fn a_prolog_without_end_is_refused() {
        assert_eq!(check(b"<!-- and so on", true, "p").unwrap_err().code(), "F006");
    }

    #[test]
    fn the_declared_count_of_texts_is_read_as_calamine_would() {
        for (head, wanted) in [
            ("<sst uniqueCount=\"12\" count=\"40\">", Ok(12)),
            ("<x:sst xmlns:x='y' uniqueCount='7'/>", Ok(7)),
            ("<sst>", Ok(0)),
            ("<sst uniqueCount='99999999999999999999999'>", Ok(u64::MAX)),
            ("<sst uniqueCount='1' uniqueCount='4000000000'>", Ok(4_000_000_000)),
            ("<sst uniqueCount='-1'>", Err("F006")),
            ("<other/>", Err("F006")),
        ] {
            assert_eq!(
                declared_strings(head.as_bytes(), "p").map_err(|error| error.code()),
                wanted,
                "{head}"
            );
        }
    }
}
