//! Checks of requests: every bound that the contract states, each broken one reported by its path.
//!
//! A request is looked at as a whole, so that its sender learns all of its mistakes at once.

mod access;
mod days;
mod filters;
mod history;
mod inspections;
mod plain;
mod reasons;
mod upload;

use std::fmt::Display;

use uuid::Uuid;

pub use access::{LONGEST_LIFE, LONGEST_NAME, USUAL_LIFE, fingerprint};
pub use days::{day_text, local_midnight};
pub use filters::LONGEST_CODE;
pub use filters::{Findings, Imports, Petitions, Tasks};
pub use inspections::{NewInspection, UpdatedInspection};
pub use upload::Upload;

use crate::error::{CallError, Violation};
use crate::language::Text;
use crate::pages::View;

/// Size of a page when the request leaves it to the server.
pub const DEFAULT_PAGE: usize = 100;
/// Most records in a page.
pub const LARGEST_PAGE: usize = 1000;
/// Most records in a batch.
pub const LARGEST_BATCH: usize = 1000;
/// Most values in a list of a filter.
const LONGEST_LIST: usize = 100;

/// What was found wrong with a request so far.
#[derive(Debug, Default)]
pub struct Checks {
    violations: Vec<Violation>,
}

impl Checks {
    /// Notes that a field is not what the contract wants.
    pub fn refuse(&mut self, field: impl Into<String>, wanted: Text, found: impl Display) {
        self.violations.push(Violation {
            field: field.into(),
            wanted,
            found: found.to_string(),
        });
    }

    /// Ends the checks.
    ///
    /// # Errors
    /// [`CallError::Fields`] when something was refused.
    pub fn done(self) -> Result<(), CallError> {
        if self.violations.is_empty() {
            Ok(())
        } else {
            Err(CallError::Fields(self.violations))
        }
    }

    /// A text of `least` to `most` characters.
    pub fn text(&mut self, field: &str, value: &str, least: usize, most: usize) {
        let length = value.chars().count();
        if !(least..=most).contains(&length) {
            let wanted = if least == 0 {
                Text::new(format!("至多 {most} 个字符"), format!("at most {most} characters"))
            } else {
                Text::new(
                    format!("{least} 到 {most} 个字符"),
                    format!("{least} to {most} characters"),
                )
            };
            self.refuse(field, wanted, value);
        }
    }

    /// The id of an inspection.
    pub fn inspection_id(&mut self, field: &str, id: &str) {
        let bytes = id.as_bytes();
        let fits = (2..=32).contains(&bytes.len())
            && bytes
                .iter()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && bytes.first().is_some_and(u8::is_ascii_lowercase)
            && bytes.last().is_some_and(|byte| *byte != b'-');
        if !fits {
            let wanted = Text::new(
                "2 到 32 个 a-z、0-9 或 - 组成的标识，以字母开头、不以 - 结尾",
                "2 to 32 characters out of a-z, 0-9 and -, beginning with a letter and not ending with -",
            );
            self.refuse(field, wanted, id);
        }
    }

    /// A UUID, in the lower case in which it is stored.
    pub fn uuid(&mut self, field: &str, value: &str) -> String {
        match Uuid::try_parse(value) {
            Ok(uuid) if value.len() == 36 => uuid.to_string(),
            _ => {
                let wanted = Text::new("36 个字符的 UUID", "a UUID of 36 characters");
                self.refuse(field, wanted, value);
                String::new()
            }
        }
    }

    /// How many records a page may hold.
    pub fn page_size(&mut self, size: u32) -> usize {
        match usize::try_from(size) {
            Ok(0) => DEFAULT_PAGE,
            Ok(size @ 1..=LARGEST_PAGE) => size,
            _ => {
                self.refuse("page_size", Text::new("0 到 1000", "0 to 1000"), size);
                DEFAULT_PAGE
            }
        }
    }

    /// The view asked for, or the default of the rpc.
    pub fn view(&mut self, view: i32, default: View) -> View {
        use ducha::v1::RecordView;
        match RecordView::try_from(view) {
            Ok(RecordView::Unspecified) => default,
            Ok(RecordView::Basic) => View::Basic,
            Ok(RecordView::Full) => View::Full,
            Err(_) => {
                self.refuse("view", Text::new("RecordView 的值", "a value of RecordView"), view);
                default
            }
        }
    }

    /// The numbers of a batch.
    pub fn numbers(&mut self, numbers: &[String]) {
        if !(1..=LARGEST_BATCH).contains(&numbers.len()) {
            let wanted = Text::new("1 到 1000 个编号", "1 to 1000 numbers");
            self.refuse("numbers", wanted, numbers.len());
            return;
        }
        for (at, number) in numbers.iter().enumerate() {
            self.text(&format!("numbers[{at}]"), number, 1, 64);
        }
    }

    /// A list of a filter, before its values are looked at. `false`: it is too long to be worth it.
    fn list<T>(&mut self, field: &str, list: &[T]) -> bool {
        let fits = list.len() <= LONGEST_LIST;
        if !fits {
            let wanted = Text::new("至多 100 个值", "at most 100 values");
            self.refuse(field, wanted, list.len());
        }
        fits
    }

    /// Texts of a filter, each of 1 to `most` characters.
    fn texts(&mut self, field: &str, list: &[String], most: usize) {
        if self.list(field, list) {
            for (at, value) in list.iter().enumerate() {
                self.text(&format!("{field}[{at}]"), value, 1, most);
            }
        }
    }

    /// Enum values of a filter as database codes: the value less `offset`. Neither 0 nor an unknown number is one.
    fn codes<E: TryFrom<i32>>(&mut self, field: &str, list: &[i32], offset: i32) -> Vec<i16> {
        if !self.list(field, list) {
            return Vec::new();
        }
        let mut codes = Vec::with_capacity(list.len());
        for (at, value) in list.iter().enumerate() {
            let code = i16::try_from(value - offset.min(*value));
            match (code, E::try_from(*value)) {
                (Ok(code), Ok(_)) if *value != 0 => codes.push(code),
                _ => {
                    let wanted = Text::new(
                        "该枚举的值，且不为 UNSPECIFIED",
                        "a value of the enum other than UNSPECIFIED",
                    );
                    self.refuse(format!("{field}[{at}]"), wanted, value);
                }
            }
        }
        codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(check: impl FnOnce(&mut Checks)) -> bool {
        let mut checks = Checks::default();
        check(&mut checks);
        checks.done().is_err()
    }

    #[test]
    fn an_inspection_id_is_short_lower_case_and_neat() {
        for (id, fits) in [
            ("gz-2021", true),
            ("ab", true),
            ("a", false),
            ("", false),
            ("2021-gz", false),
            ("gz-", false),
            ("GZ-2021", false),
            ("gz_2021", false),
            ("贵州", false),
            (&"a".repeat(32), true),
            (&"a".repeat(33), false),
        ] {
            assert_eq!(!refused(|checks| checks.inspection_id("id", id)), fits, "{id:?}");
        }
    }

    #[test]
    fn a_page_holds_one_hundred_records_unless_asked_otherwise() {
        let mut checks = Checks::default();
        assert_eq!(checks.page_size(0), 100);
        assert_eq!(checks.page_size(1000), 1000);
        assert!(checks.done().is_ok());
        assert!(refused(|checks| _ = checks.page_size(1001)));
        assert!(refused(|checks| _ = checks.page_size(u32::MAX)));
    }

    #[test]
    fn enum_values_become_codes_and_unknown_ones_are_named() {
        use ducha::v1::TaskStatus;
        let mut checks = Checks::default();
        assert_eq!(checks.codes::<TaskStatus>("statuses", &[1, 5], 1), [0, 4]);
        checks.codes::<TaskStatus>("statuses", &[1, 0, 6, -1, i32::MIN, i32::MAX], 1);
        let fields: Vec<_> = checks.violations.iter().map(|each| each.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "statuses[1]",
                "statuses[2]",
                "statuses[3]",
                "statuses[4]",
                "statuses[5]"
            ]
        );
    }

    #[test]
    fn a_list_holds_at_most_one_hundred_values() {
        assert!(!refused(|checks| checks.texts("themes", &vec!["水".into(); 100], 200)));
        assert!(refused(|checks| checks.texts("themes", &vec!["水".into(); 101], 200)));
    }

    #[test]
    fn a_uuid_has_36_characters_in_any_case() {
        let mut checks = Checks::default();
        let uuid = checks.uuid("request_id", "018F2C7E-9A3B-7CDE-8123-456789ABCDEF");
        assert_eq!(uuid, "018f2c7e-9a3b-7cde-8123-456789abcdef");
        assert!(checks.done().is_ok());
        assert!(refused(
            |checks| _ = checks.uuid("request_id", "018f2c7e9a3b7cde8123456789abcdef")
        ));
        assert!(refused(|checks| _ = checks.uuid("request_id", "")));
    }
}
