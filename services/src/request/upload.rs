//! What comes with an uploaded file.

use ducha::v1::UploadMetadata;
use ducha_records::codes::{Acceptance, Mode};
use ducha_records::imports::{Import, NewImport};
use ducha_records::store::Stored;

use super::Checks;
use crate::clock::now;
use crate::language::Text;

/// Parts of which a share is counted.
const PARTS: f64 = 10_000.0;

/// An upload whose metadata holds every bound.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The inspection.
    pub inspection_id: String,
    /// Whose ledger it is, if anyone said.
    pub division: Option<String>,
    /// What the file should hash to.
    pub file_sha256: Option<String>,
    /// Who hands it in.
    pub submitter: String,
    file_name: String,
    mode: Mode,
    acceptance: Acceptance,
    max_refused_share: Option<i32>,
    complete: bool,
    request_id: Option<String>,
}

impl Upload {
    /// The import of the file, once it is in the store.
    #[must_use]
    pub fn import(self, stored: Stored) -> Import {
        let new = NewImport {
            inspection_id: self.inspection_id,
            division: self.division,
            file_name: self.file_name,
            file_sha256: stored.sha256,
            file_bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
            submitter: self.submitter,
            request_id: self.request_id,
            mode: self.mode,
            acceptance: self.acceptance,
            max_refused_share: self.max_refused_share,
            complete: self.complete,
        };
        new.received(now())
    }
}

impl Checks {
    /// The metadata of an upload.
    pub fn upload(&mut self, sent: UploadMetadata) -> Upload {
        self.inspection_id("metadata.inspection_id", &sent.inspection_id);
        if !sent.division.is_empty() {
            self.text("metadata.division", &sent.division, 1, 12);
        }
        self.file_name(&sent.file_name);
        let request_id = (!sent.request_id.is_empty()).then(|| self.uuid("metadata.request_id", &sent.request_id));
        Upload {
            file_sha256: self.sha256("metadata.file_sha256", &sent.file_sha256),
            mode: self.mode(sent.mode),
            acceptance: self.acceptance(sent.acceptance),
            max_refused_share: sent.max_refused_share.map(|share| self.share(share)),
            inspection_id: sent.inspection_id,
            division: Some(sent.division).filter(|code| !code.is_empty()),
            submitter: String::new(),
            file_name: sent.file_name,
            complete: !sent.partial,
            request_id,
        }
    }

    fn file_name(&mut self, name: &str) {
        self.text("metadata.file_name", name, 1, 255);
        if name.chars().any(char::is_control) {
            let wanted = Text::new("不含控制字符的文件名", "a name without control characters");
            self.refuse("metadata.file_name", wanted, name);
        }
    }

    /// A SHA-256 in lower case, or none.
    pub fn sha256(&mut self, field: &str, text: &str) -> Option<String> {
        let digits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !text.is_empty() && !digits {
            let wanted = Text::new("64 个十六进制数字", "64 hexadecimal digits");
            self.refuse(field, wanted, text);
        }
        digits.then(|| text.to_ascii_lowercase())
    }

    fn mode(&mut self, mode: i32) -> Mode {
        let known = i16::try_from(mode).ok().and_then(Mode::from_code);
        if known.is_none() && mode != 0 {
            let wanted = Text::new("ImportMode 的值", "a value of ImportMode");
            self.refuse("metadata.mode", wanted, mode);
        }
        known.unwrap_or(Mode::Apply)
    }

    fn acceptance(&mut self, rule: i32) -> Acceptance {
        let known = i16::try_from(rule).ok().and_then(Acceptance::from_code);
        if known.is_none() && rule != 0 {
            let wanted = Text::new("AcceptanceRule 的值", "a value of AcceptanceRule");
            self.refuse("metadata.acceptance", wanted, rule);
        }
        known.unwrap_or(Acceptance::ValidRows)
    }

    /// A share as parts of ten thousand.
    fn share(&mut self, share: f64) -> i32 {
        if !(0.0..=1.0).contains(&share) {
            self.refuse(
                "metadata.max_refused_share",
                Text::new("0.0 到 1.0", "0.0 to 1.0"),
                share,
            );
            return 0;
        }
        (share * PARTS).round() as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent() -> UploadMetadata {
        UploadMetadata {
            inspection_id: "gz-2021".into(),
            file_name: "台账.xlsx".into(),
            ..UploadMetadata::default()
        }
    }

    fn refused(change: impl FnOnce(&mut UploadMetadata)) -> bool {
        let (mut checks, mut metadata) = (Checks::default(), sent());
        change(&mut metadata);
        checks.upload(metadata);
        checks.done().is_err()
    }

    #[test]
    fn what_is_left_open_is_applied_and_takes_the_valid_rows_of_a_complete_ledger() {
        let mut checks = Checks::default();
        let upload = checks.upload(sent());
        assert!(checks.done().is_ok());
        let stored = Stored {
            sha256: "a".repeat(64),
            bytes: 5,
        };
        let import = upload.import(stored);
        assert_eq!(
            (import.mode, import.acceptance, import.complete),
            (Mode::Apply.code(), Acceptance::ValidRows.code(), true)
        );
        assert_eq!(import.max_refused_share, None);
    }

    #[test]
    fn each_bound_of_the_contract_is_held() {
        assert!(!refused(|_| ()));
        assert!(refused(|metadata| metadata.file_name = String::new()));
        assert!(refused(|metadata| metadata.file_name = "a\u{0}b.xlsx".into()));
        assert!(refused(|metadata| metadata.file_sha256 = "xyz".into()));
        assert!(refused(|metadata| metadata.mode = 9));
        assert!(refused(|metadata| metadata.acceptance = -1));
        assert!(refused(|metadata| metadata.max_refused_share = Some(1.5)));
        assert!(refused(|metadata| metadata.max_refused_share = Some(f64::NAN)));
        assert!(refused(|metadata| metadata.request_id = "1".into()));
        assert!(!refused(|metadata| metadata.max_refused_share = Some(0.05)));
    }
}
