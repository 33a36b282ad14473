//! Hashes by which a content that is handed in again is known, and a damaged one is told.
//!
//! What is hashed is the binary form (postcard) of the content's struct: a field that is added to it changes every hash, and
//! wants a migration that hashes the stored contents anew.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// Bytes of a stored hash: 128 bits tell any two contents apart.
const HASH_BYTES: usize = 16;

/// Hashes contents.
#[derive(Debug, Default)]
pub struct ContentHasher {
    /// The last content, so that its memory serves for the next.
    written: Vec<u8>,
}

impl ContentHasher {
    /// The hash of what a ledger says of a record.
    pub fn content(&mut self, content: &impl Serialize) -> Vec<u8> {
        self.hash(content)
    }

    /// The hash of what a petition or a task is about. In the province's list whose parts there are belongs to it: the codes of
    /// the divisions, each once and in order.
    pub fn wording(&mut self, wording: &impl Serialize, listed: Option<&[String]>) -> Vec<u8> {
        self.hash(&(wording, listed))
    }

    #[expect(
        clippy::expect_used,
        reason = "writing to memory does not fail, nor do structs of texts and numbers"
    )]
    fn hash(&mut self, content: &impl Serialize) -> Vec<u8> {
        self.written.clear();
        let written = postcard::to_extend(content, std::mem::take(&mut self.written));
        self.written = written.expect("a plain struct turns into bytes");
        Sha256::digest(&self.written)[..HASH_BYTES].to_vec()
    }
}
