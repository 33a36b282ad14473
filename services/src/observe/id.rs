//! The id of a call, which its caller finds in the answer and an operator in the log.

use tonic::codegen::http::{HeaderMap, HeaderValue};
use uuid::Uuid;

/// The metadata that it travels in, both ways.
pub const HEADER: &str = "x-request-id";
/// An id that a caller sends has no more characters.
const LONGEST: usize = 128;

/// The id that a caller sends, if it is one; else a new one.
pub(super) fn of(headers: &HeaderMap) -> HeaderValue {
    match headers.get(HEADER) {
        Some(sent) if is_well_formed(sent.as_bytes()) => sent.clone(),
        _ => made(),
    }
}

/// What cannot break a line of a log, nor say anything to who reads it.
fn is_well_formed(id: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
    (1..=LONGEST).contains(&id.len()) && id.iter().all(plain)
}

fn made() -> HeaderValue {
    let id = Uuid::now_v7().to_string();
    // Digits, letters and hyphens are always a value of a header.
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(sent: &[u8]) -> String {
        let mut headers = HeaderMap::new();
        if let Ok(sent) = HeaderValue::from_bytes(sent) {
            headers.insert(HEADER, sent);
        }
        of(&headers).to_str().unwrap().to_owned()
    }

    #[test]
    fn an_id_that_is_sent_is_kept_unless_it_could_be_anything_else() {
        for good in [
            "a",
            "018f2f9e-0000-7000-8000-000000000001",
            "county_1.call:7",
            &"x".repeat(128),
        ] {
            assert_eq!(id(good.as_bytes()), good);
        }
        for bad in ["", "a b", "\u{8bf7}\u{6c42}", "a\"b", "a,b", &"x".repeat(129)] {
            let made = id(bad.as_bytes());
            assert!(Uuid::parse_str(&made).is_ok(), "{bad:?} became {made}");
        }
    }
}
