//! The text of a bearer token: a prefix by which people and scanners of leaked secrets know it, and 256 random bits.
//!
//! Only its SHA-256 is kept. A password would want a slow and salted hash, since people choose few; of these there are
//! 2^256, so that nobody finds one from its hash, and a fast hash costs each call nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// What every token begins with.
pub const PREFIX: &str = "ducha_";
/// Random bytes of a token.
const BYTES: usize = 32;
/// Characters of a token.
const LENGTH: usize = PREFIX.len() + 43; // 32 bytes in base64 without padding

/// SHA-256 of a token, or of a certificate.
pub type Hash = [u8; 32];

/// The text of a new token.
///
/// # Errors
/// The system's, when it has no random bytes.
pub fn generate() -> Result<String, getrandom::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// What is kept of a token's text or of a certificate in DER.
#[must_use]
pub fn hash(secret: &[u8]) -> Hash {
    Sha256::digest(secret).into()
}

/// The hash of a text that has the form of a token; nothing else is worth a question to the database.
#[must_use]
pub fn presented(text: &str) -> Option<Hash> {
    let random = text.strip_prefix(PREFIX)?;
    let fits = text.len() == LENGTH
        && random
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    fits.then(|| hash(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_have_the_form_that_is_looked_for() {
        let (one, other) = (generate().unwrap(), generate().unwrap());
        assert_ne!(one, other);
        assert_eq!(presented(&one), Some(hash(one.as_bytes())));
    }

    #[test]
    fn anything_else_is_not_looked_up() {
        let token = generate().unwrap();
        let long = format!("{token}A");
        let spaced = token.replace('_', " ");
        for text in ["", "ducha_", &token[1..], &token[..48], &long, &spaced, "密"] {
            assert_eq!(presented(text), None, "{text}");
        }
    }
}
