//! Natural keys of records whose ledgers seldom number them: made of what tells one from another, so that the same ledger
//! sent again updates its records.

use ducha_records::hex::hex;
use sha2::{Digest, Sha256};

/// Hexadecimal digits of a key that must not show what it is made of.
const DIGITS: usize = 16;

/// The parts in clear, separated by `|`: for names of things.
pub(super) fn joined(parts: &[&str]) -> String {
    let escaped: Vec<String> = parts
        .iter()
        .map(|part| part.replace('\\', "\\\\").replace('|', "\\|"))
        .collect();
    escaped.join("|")
}

/// `prefix` in clear and a hash of the parts: for long texts, and for names of persons.
pub(super) fn hashed(prefix: &str, parts: &[&str]) -> String {
    let digest = Sha256::digest(joined(parts).as_bytes());
    format!("{prefix}#{}", &hex(&digest)[..DIGITS])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_parts_make_different_keys() {
        assert_eq!(joined(&["a", "b", ""]), "a|b|");
        assert_ne!(joined(&["a|b", ""]), joined(&["a", "b|"]));
        assert_ne!(hashed("1", &["a", "bc"]), hashed("1", &["ab", "c"]));
    }

    #[test]
    fn a_hashed_key_shows_nothing_but_its_prefix() {
        let key = hashed("3", &["甲局", "张三"]);
        assert_eq!((key.len(), key.starts_with("3#"), key.is_ascii()), (18, true, true));
    }
}
