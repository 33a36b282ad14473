//! Credentials as administrators ask for them, and filters of the audit.

use chrono::{DateTime, Days, NaiveDateTime, SubsecRound, TimeDelta};
use ducha::v1::{self, CreateTokenRequest};
use ducha_records::audit::AuditFilter;
use ducha_records::codes::Role;

use super::{Checks, local_midnight};
use crate::access::secret::Hash;
use crate::access::tokens::NewToken;
use crate::clock;
use crate::error::CallError;
use crate::language::Text;

/// How long a credential is good unless its maker says otherwise, and at most.
pub const USUAL_LIFE: TimeDelta = TimeDelta::days(365);
/// Two years: whoever holds a credential is thought of again by then.
pub const LONGEST_LIFE: TimeDelta = TimeDelta::days(731);
/// Longest name of a credential, in characters.
pub const LONGEST_NAME: usize = 100;
/// Longest code of a division that is looked up at all, in characters.
const LONGEST_CODE: usize = 16;
/// Longest name of a method, in characters.
const LONGEST_METHOD: usize = 100;

impl Checks {
    /// A request to create a credential; whether its division is within reach is still to be seen.
    ///
    /// # Errors
    /// [`CallError::Fields`] when it breaks a bound.
    pub fn new_token(mut self, request: &CreateTokenRequest) -> Result<NewToken, CallError> {
        let token = request.token.clone().unwrap_or_default();
        self.text("token.name", &token.name, 1, LONGEST_NAME);
        self.text("token.division", &token.division, 0, LONGEST_CODE);
        let role = i16::try_from(token.role).ok().and_then(Role::from_code);
        if role.is_none() {
            let wanted = Text::new(
                "Role 的值，且不为 UNSPECIFIED",
                "a value of Role other than UNSPECIFIED",
            );
            self.refuse("token.role", wanted, token.role);
        }
        let division = Some(token.division).filter(|code| !code.is_empty());
        if division.is_none() && role.is_some_and(|role| role != Role::Administrator) {
            let wanted = Text::new(
                "行政区划代码（仅管理员可为空）",
                "the code of a division; only an administrator may have none",
            );
            self.refuse("token.division", wanted, "");
        }
        let certificate = self.certificate(&token.certificate_sha256);
        let expires_at = self.end(token.expires_at);
        let request_id = match request.request_id.as_str() {
            "" => None,
            id => Some(self.uuid("request_id", id)),
        };
        self.done()?;
        Ok(NewToken {
            name: token.name,
            role: role.ok_or_else(|| CallError::Internal("a role passed every check and is none".into()))?,
            division,
            certificate,
            expires_at,
            request_id,
            validate_only: request.validate_only,
        })
    }

    fn certificate(&mut self, text: &str) -> Option<Hash> {
        if text.is_empty() {
            return None;
        }
        let hash = fingerprint(text);
        if hash.is_none() {
            let wanted = Text::new(
                "64 位小写十六进制的 SHA-256",
                "a SHA-256 of 64 hexadecimal digits in lower case",
            );
            self.refuse("token.certificate_sha256", wanted, text);
        }
        hash
    }

    /// When a credential ends.
    fn end(&mut self, asked: Option<prost_types::Timestamp>) -> NaiveDateTime {
        let now = clock::now();
        let Some(asked) = asked else {
            return now + USUAL_LIFE;
        };
        let nanos = u32::try_from(asked.nanos).unwrap_or(0);
        let end = DateTime::from_timestamp(asked.seconds, nanos).map(|end| end.naive_utc().trunc_subsecs(6));
        match end {
            Some(end) if now < end && end <= now + LONGEST_LIFE => end,
            _ => {
                let wanted = Text::new("将来的时间，且在 731 天之内", "a time to come, within 731 days");
                self.refuse("token.expires_at", wanted, asked);
                now
            }
        }
    }

    /// A filter of the audit.
    pub fn audit(&mut self, filter: &v1::AuditFilter) -> AuditFilter {
        self.texts("filter.methods", &filter.methods, LONGEST_METHOD);
        let mut tokens = Vec::new();
        if self.list("filter.token_ids", &filter.token_ids) {
            for (at, id) in filter.token_ids.iter().enumerate() {
                tokens.push(self.uuid(&format!("filter.token_ids[{at}]"), id));
            }
        }
        let happened = self.span("filter.happened", filter.happened.as_ref());
        let next = |day: chrono::NaiveDate| day.checked_add_days(Days::new(1));
        AuditFilter {
            methods: filter.methods.clone(),
            tokens,
            from: happened.first.and_then(local_midnight),
            before: happened.last.and_then(next).and_then(local_midnight),
        }
    }
}

/// A SHA-256 written as 64 hexadecimal digits in lower case.
#[must_use]
pub fn fingerprint(text: &str) -> Option<Hash> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut hash = Hash::default();
    for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use ducha_records::hex::hex;

    use chrono::Utc;

    use super::*;

    fn asked(change: impl FnOnce(&mut v1::Token)) -> Result<NewToken, CallError> {
        let mut token = v1::Token {
            name: "南明区报送系统".into(),
            role: v1::Role::Submitter.into(),
            division: "520102".into(),
            ..Default::default()
        };
        change(&mut token);
        Checks::default().new_token(&CreateTokenRequest {
            token: Some(token),
            ..Default::default()
        })
    }

    #[test]
    fn a_credential_is_good_for_a_year_unless_asked_otherwise_and_two_at_most() {
        let life = asked(|_| ()).unwrap().expires_at - Utc::now().naive_utc();
        assert!((TimeDelta::days(364)..=TimeDelta::days(365)).contains(&life), "{life}");
        for (days, fits) in [
            (-1, false),
            (0, false),
            (1, true),
            (730, true),
            (732, false),
            (i64::MAX / 90_000, false),
        ] {
            let seconds = Utc::now().timestamp() + days * 86_400;
            let timestamp = prost_types::Timestamp { seconds, nanos: 0 };
            assert_eq!(
                asked(|token| token.expires_at = Some(timestamp)).is_ok(),
                fits,
                "{days}"
            );
        }
    }

    #[test]
    fn only_an_administrator_reaches_every_division() {
        assert!(asked(|token| token.division.clear()).is_err());
        let everywhere = |token: &mut v1::Token| {
            token.division.clear();
            token.role = v1::Role::Administrator.into();
        };
        assert_eq!(asked(everywhere).unwrap().division, None);
        assert!(asked(|token| token.role = 0).is_err());
        assert!(asked(|token| token.role = 9).is_err());
    }

    #[test]
    fn a_fingerprint_is_64_lower_case_digits() {
        let hash: Hash = std::array::from_fn(|at| at as u8 * 7);
        assert_eq!(fingerprint(&hex(&hash)), Some(hash));
        assert_eq!(fingerprint(&hex(&hash).to_uppercase()), None);
        assert_eq!(fingerprint("ab"), None);
        assert_eq!(fingerprint(&"é".repeat(32)), None);
    }
}
