//! A refusal on its way from the child to its parent: a code and named parameters, and back again.

use super::{Clock, Crash, Measure, ReadError};

impl ReadError {
    /// The named parameters of this error, as the texts use them.
    #[must_use]
    pub fn params(&self) -> Vec<(String, String)> {
        let pairs: Vec<(&str, String)> = match self {
            Self::Damaged { place, detail } => vec![("place", place.clone()), ("detail", detail.clone())],
            Self::TooLarge {
                what,
                found,
                limit,
                place,
            } => vec![
                ("what", <&str>::from(what).to_owned()),
                ("found", found.to_string()),
                ("limit", limit.to_string()),
                ("place", place.clone()),
            ],
            Self::OutsideGrid { place, address } => vec![("place", place.clone()), ("address", address.clone())],
            Self::Crashed { how, number } => {
                vec![("how", <&str>::from(how).to_owned()), ("number", number.to_string())]
            }
            Self::TimedOut { clock, seconds } => {
                vec![
                    ("clock", <&str>::from(clock).to_owned()),
                    ("seconds", seconds.to_string()),
                ]
            }
            Self::HostileZip { detail } | Self::Unreadable { detail } => vec![("detail", detail.clone())],
            Self::Doctype { part } => vec![("part", part.clone())],
            Self::NotAWorkbook
            | Self::Word
            | Self::Pdf
            | Self::Text
            | Self::Password
            | Self::Empty
            | Self::Markup
            | Self::PowerPoint
            | Self::OutOfMemory => Vec::new(),
        };
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    /// The error with this code and these parameters; `None` if no such error exists.
    #[must_use]
    pub fn from_parts(code: &str, params: &[(String, String)]) -> Option<Self> {
        let text = |name: &str| {
            params
                .iter()
                .find(|(found, _)| found == name)
                .map(|(_, value)| value.clone())
        };
        Some(match code {
            "F001" => Self::NotAWorkbook,
            "F002" => Self::Word,
            "F003" => Self::Pdf,
            "F004" => Self::Text,
            "F005" => Self::Password,
            "F006" => Self::Damaged {
                place: text("place")?,
                detail: text("detail")?,
            },
            "F007" => Self::TooLarge {
                what: text("what")?.parse::<Measure>().ok()?,
                found: text("found")?.parse().ok()?,
                limit: text("limit")?.parse().ok()?,
                place: text("place")?,
            },
            "F008" => Self::Empty,
            "F009" => Self::Markup,
            "F010" => Self::PowerPoint,
            "F011" => Self::OutsideGrid {
                place: text("place")?,
                address: text("address")?,
            },
            "F012" => Self::Crashed {
                how: text("how")?.parse::<Crash>().ok()?,
                number: text("number")?.parse().ok()?,
            },
            "F013" => Self::OutOfMemory,
            "F014" => Self::TimedOut {
                clock: text("clock")?.parse::<Clock>().ok()?,
                seconds: text("seconds")?.parse().ok()?,
            },
            "F015" => Self::HostileZip {
                detail: text("detail")?,
            },
            "F016" => Self::Doctype { part: text("part")? },
            "F017" => Self::Unreadable {
                detail: text("detail")?,
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::reader::error::{ReadError, one_of_each};

    #[test]
    fn every_error_survives_the_way_to_the_parent() {
        for error in one_of_each() {
            assert_eq!(ReadError::from_parts(error.code(), &error.params()), Some(error));
        }
    }

    #[test]
    fn an_unknown_code_or_a_missing_parameter_is_no_error_of_ours() {
        assert_eq!(ReadError::from_parts("F999", &[]), None);
        assert_eq!(ReadError::from_parts("F007", &[("what".into(), "rows".into())]), None);
    }
}
