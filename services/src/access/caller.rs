//! Who calls.

use ducha_records::Reach;
use ducha_records::codes::Role;

/// The name in the audit of whoever calls a server without access control.
const ANYBODY: &str = "(no access control)";
/// The name in the audit of whoever uses the command line.
const COMMAND_LINE: &str = "(command line)";

/// Who calls: what the gate found out about a credential. Nothing of it comes from the request itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The credential; absent where none was asked for.
    pub token_id: Option<String>,
    /// Its name, for the audit and for what it submits.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Its division; absent: every one.
    pub division: Option<String>,
    /// Whose records it sees.
    pub reach: Reach,
}

impl Caller {
    /// Whoever calls a server without access control: everything is allowed.
    #[must_use]
    pub fn anybody() -> Self {
        Self::unbound(ANYBODY)
    }

    /// Whoever runs a command on the database itself.
    #[must_use]
    pub fn command_line() -> Self {
        Self::unbound(COMMAND_LINE)
    }

    fn unbound(name: &str) -> Self {
        Self {
            token_id: None,
            name: name.to_owned(),
            role: Role::Administrator,
            division: None,
            reach: Reach::All,
        }
    }

    /// The division whose figures a request means: the one it names, else the caller's own, else the province.
    #[must_use]
    pub fn division_meant(&self, named: &str, province: &str) -> String {
        let own = self.division.as_deref().unwrap_or(province);
        if named.is_empty() { own } else { named }.to_owned()
    }

    /// Whether names of persons, telephone and identity numbers are shown. Who hands in ledgers or reads figures has no
    /// need of them; who reviews a case has.
    #[must_use]
    pub const fn sees_personal_data(&self) -> bool {
        matches!(self.role, Role::Reviewer | Role::Administrator)
    }
}
