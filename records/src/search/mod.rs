//! Text search: any two or more characters that stand together in a text, with the same answers on both databases.
//!
//! * **Texts** are the complaint of a petition and what its parts say of investigation, handling, measures and latest
//!   progress; the problem, target and measures of a task and what its parts say of progress.
//! * They are **normalised** (`tokens`): NFKC, lower case, without white space, so that a line break hides nothing.
//! * Each two neighbouring characters become one **token** of ASCII letters, the same to both full-text indexes; what is
//!   searched for is a phrase of its tokens. `pg_trgm` and FTS5's trigrams cannot find two characters.
//! * The **index** follows the revisions (`index`): an inspection's texts are in it up to one revision. Records changed
//!   by later ones are read and compared instead (`find`), so that an answer is right however far the index has come.

mod find;
mod index;
mod texts;
mod tokens;

pub(crate) use find::{Source, Wanted, page};
pub use index::index_pending;
pub use tokens::{LONGEST, Phrase, PhraseError, SHORTEST};
