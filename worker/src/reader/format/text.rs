//! Telling text and web pages from binary files, by the first few thousand bytes.

/// Whether the file begins like HTML, XML or a web archive.
pub(super) fn is_markup(head: &[u8]) -> bool {
    let start = without_mark(head).trim_ascii_start();
    start.first() == Some(&b'<')
        || start
            .get(..13)
            .is_some_and(|found| found.eq_ignore_ascii_case(b"MIME-Version:"))
}

/// Whether the file is text: no control characters, in UTF-8 or a double-byte encoding such as GBK, or UTF-16 with its
/// mark.
pub(super) fn is_text(head: &[u8]) -> bool {
    head.starts_with(b"\xFF\xFE")
        || head.starts_with(b"\xFE\xFF")
        || head
            .iter()
            .all(|byte| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\r' | b'\n'))
}

fn without_mark(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head)
}
