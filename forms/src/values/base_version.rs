//! The state of a record on which a row of a template was filled in: `12.3`.

use std::str::FromStr;

/// The state of a record on which a row was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseVersion {
    /// Of the petition or task.
    pub record: i64,
    /// Of the division's part in it.
    pub part: i64,
}

impl std::fmt::Display for BaseVersion {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}.{}", self.record, self.part)
    }
}

impl FromStr for BaseVersion {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (record, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        Ok(Self {
            record: record.parse()?,
            part: part.parse()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_version_reads_what_it_writes_and_nothing_else() {
        let version = BaseVersion { record: 12, part: 3 };
        assert_eq!(version.to_string(), "12.3");
        assert_eq!("12.3".parse(), Ok(version));
        for text in ["", "12", "12.", ".3", "a.b", "1.2.3"] {
            assert!(text.parse::<BaseVersion>().is_err(), "{text}");
        }
    }
}
