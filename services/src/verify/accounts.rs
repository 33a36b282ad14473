//! Published accounts: each is what its hash says.

use ducha::v1;
use ducha_records::verify::{Check, Fault};
use ducha_records::{Db, accounts};
use prost::Message;

use super::Out;
use crate::backup::BackupError;
use crate::convert::account_hash;

/// Accounts that are read at once; one may be some MiB.
const PAGE: i64 = 8;

pub(super) fn check(db: &mut Db, out: Out<'_>) -> Result<(), BackupError> {
    let mut after = String::new();
    loop {
        let page = accounts::behind(db, &after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.id);
        out.looked(Check::Account, page.len() as u64);
        for account in page {
            let wanted = hashed(&account.content).unwrap_or_default();
            if wanted != account.content_sha256 {
                let subject = format!("published_accounts {}", account.id);
                let fault = Fault::new(Check::Account, &account.inspection_id, subject);
                out.found(fault.told(account.content_sha256, wanted));
            }
        }
    }
}

/// The hash of an account, which was made before itself and the gaps were filled in; `None`: it is no account.
fn hashed(content: &[u8]) -> Option<String> {
    let mut account = v1::Account::decode(content).ok()?;
    account.content_sha256.clear();
    account.gaps.clear();
    Some(account_hash(&account))
}
