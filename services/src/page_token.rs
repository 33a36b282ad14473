//! Page and resume tokens: opaque to clients, bound to their query, valid on every server and across restarts.
//!
//! A token holds a fingerprint of the query (method, filter, view), the key of the last record that was sent, and a
//! checksum against a token that was cut or altered. It is no secret and gives access to nothing: the query is sent
//! along with it and checked as ever.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use prost::Message;
use sha2::{Digest, Sha256};

/// First byte of a token; another layout takes another number.
const LAYOUT: u8 = 1;
/// Length of the fingerprint and of the checksum, in bytes.
const SHORT_HASH: usize = 8;
/// No key is longer, in bytes: that of an indicator or an alert has up to 512 characters of up to 4 bytes.
const LONGEST_KEY: usize = 2 * 1024;

/// A query whose listing may be gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query([u8; SHORT_HASH]);

impl Query {
    /// The query of `method` in `scope` (an inspection, an import) with this filter and view.
    #[must_use]
    pub fn new(method: &str, scope: &str, filter: &impl Message, view: i32) -> Self {
        let mut hash = Sha256::new();
        for part in [
            method.as_bytes(),
            scope.as_bytes(),
            &filter.encode_to_vec(),
            &view.to_be_bytes(),
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(short(hash))
    }

    /// The token that goes on behind `key`.
    #[must_use]
    pub fn token(self, key: &str) -> String {
        let mut bytes = vec![LAYOUT];
        bytes.extend(self.0);
        bytes.extend(key.as_bytes());
        bytes.extend(checksum(&bytes));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The key behind which a request goes on: that of its token, or the beginning (empty text) when it has none. `None`
    /// when the token is not one of this query.
    #[must_use]
    pub fn after(self, token: &str) -> Option<String> {
        if token.is_empty() {
            return Some(String::new());
        }
        self.key(token)
    }

    /// The key behind which a token goes on; `None` when it is not a token of this query.
    #[must_use]
    pub fn key(self, token: &str) -> Option<String> {
        let longest = 1 + 2 * SHORT_HASH + LONGEST_KEY;
        if token.len() > longest.div_ceil(3) * 4 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (content, sum) = bytes.split_at_checked(bytes.len().checked_sub(SHORT_HASH)?)?;
        if sum != checksum(content) {
            return None;
        }
        let key = content.strip_prefix(&[LAYOUT])?.strip_prefix(&self.0)?;
        String::from_utf8(key.to_vec()).ok()
    }
}

fn checksum(content: &[u8]) -> [u8; SHORT_HASH] {
    let mut hash = Sha256::new();
    hash.update(b"ducha token");
    hash.update(content);
    short(hash)
}

fn short(hash: Sha256) -> [u8; SHORT_HASH] {
    let mut short = [0; SHORT_HASH];
    short.copy_from_slice(&hash.finalize()[..SHORT_HASH]);
    short
}

#[cfg(test)]
mod tests {
    use ducha::v1::PetitionFilter;

    use super::*;

    fn query(scope: &str, batches: &[u32]) -> Query {
        let filter = PetitionFilter {
            batches: batches.to_vec(),
            ..Default::default()
        };
        Query::new("ListPetitions", scope, &filter, 1)
    }

    #[test]
    fn a_token_leads_back_to_its_key() {
        for key in ["X2GZ202112070001", "", "编号-1", &"长".repeat(64)] {
            let query = query("gz-2021", &[1]);
            assert_eq!(query.key(&query.token(key)).as_deref(), Some(key));
        }
    }

    #[test]
    fn a_token_of_another_query_is_refused() {
        let token = query("gz-2021", &[1]).token("X1");
        assert_eq!(query("gz-2021", &[2]).key(&token), None);
        assert_eq!(query("gz-2022", &[1]).key(&token), None);
        let other = Query::new("ExportPetitions", "gz-2021", &PetitionFilter::default(), 1);
        assert_eq!(other.key(&token), None);
    }

    #[test]
    fn a_token_stays_the_same_across_versions() {
        assert_eq!(query("gz-2021", &[1]).token("X1"), "AZFuRndODW3EWDEmFoRs7DPw2w");
    }

    #[test]
    fn a_token_that_was_cut_or_altered_is_refused() {
        let query = query("gz-2021", &[]);
        let token = query.token("X2GZ202112070001");
        for end in 0..token.len() {
            assert_eq!(query.key(&token[..end]), None);
        }
        for at in 0..token.len() {
            let mut altered = token.clone().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(query.key(&String::from_utf8(altered).unwrap()), None, "at {at}");
        }
        assert_eq!(query.key(&"A".repeat(1_000_000)), None);
    }
}
