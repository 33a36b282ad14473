//! The looks that marks give to cells: colours, alignment, and whether a cell of ours may be written into.

use ducha_records::codes::Severity;

/// How a marked cell, or a cell of ours, looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Look {
    /// A cell of the county's, as it was and with the colour of what was found.
    Found(Severity),
    /// A cell of the county's whose old mark cannot be traced back: without a colour.
    Plain,
    /// The status of a row.
    Status(Option<Severity>),
    /// What is wrong in a row.
    Problem,
    /// Where the clerk writes a reason; not locked in a protected sheet.
    Reason,
    /// Header of our columns.
    Header,
    /// Title of the summary.
    Title,
    /// A heading in the summary.
    Heading,
    /// A text in the summary.
    Body,
    /// A text in the summary with the colour of what was found.
    BodyFound(Severity),
    /// A count in the summary.
    Count,
    /// A link in the summary.
    Link,
}

/// Lowest bits of green and blue that vary, so that two cells with different colours before stay different after.
const VARIED: u32 = 0b111;
/// How many of them there are.
const VARIANTS: u32 = 64;

/// Base colours as 0xRRGGBB; the lowest three bits of green and blue are zero.
const ERROR: u32 = 0x00FF_B8B8;
const WARNING: u32 = 0x00FF_E8A8;
const NOTE: u32 = 0x00D0_E8F8;
const FINE: u32 = 0x00E2_F0D9;
const HEADER: u32 = 0x00D9_E1F2;

const fn base(severity: Severity) -> u32 {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Note => NOTE,
    }
}

/// The colour of a find in a cell whose fill was the `fill`th of the workbook.
pub(super) const fn found_colour(severity: Severity, fill: u32) -> u32 {
    let variant = fill % VARIANTS;
    base(severity) | ((variant / 8) << 8) | (variant % 8)
}

/// Whether a colour as styles write it (`FFFFB8B8`) is one that marks give to cells of the county's.
pub(super) fn is_found_colour(argb: &str) -> bool {
    let Ok(colour) = u32::from_str_radix(argb.get(2..).unwrap_or_default(), 16) else {
        return false;
    };
    let varied = VARIED << 8 | VARIED;
    [ERROR, WARNING, NOTE].contains(&(colour & !varied))
}

impl Look {
    /// The colour of a cell, if the look has one; `fill` is the fill it had.
    pub const fn colour(self, fill: u32) -> Option<u32> {
        match self {
            Self::Found(severity) => Some(found_colour(severity, fill)),
            Self::Status(Some(severity)) | Self::BodyFound(severity) => Some(base(severity)),
            Self::Status(None) => Some(FINE),
            Self::Header | Self::Heading => Some(HEADER),
            _ => None,
        }
    }

    /// The alignment, where it is ours to say.
    pub const fn alignment(self) -> Option<&'static str> {
        match self {
            Self::Found(_) | Self::Plain => None,
            Self::Status(_) | Self::Header | Self::Heading => {
                Some("horizontal=\"center\" vertical=\"center\" wrapText=\"1\"")
            }
            Self::Problem | Self::Reason | Self::Body | Self::BodyFound(_) | Self::Link => {
                Some("horizontal=\"left\" vertical=\"center\" wrapText=\"1\"")
            }
            Self::Count => Some("horizontal=\"right\" vertical=\"center\""),
            Self::Title => Some("horizontal=\"left\" vertical=\"center\""),
        }
    }

    /// Whether the cell holds text and never a date or an amount, whatever its neighbour holds.
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Found(_) | Self::Plain | Self::Count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_of_marks_are_known_again_and_no_others() {
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            for fill in [0, 1, 7, 8, 63, 64, 1_000] {
                assert!(is_found_colour(&format!("FF{:06X}", found_colour(severity, fill))));
            }
            assert_ne!(found_colour(severity, 3), found_colour(severity, 4));
        }
        for other in ["FFFFC7CE", "FFFF0000", "FFFFEB9C", "", "FF", "FFFFFFFF"] {
            assert!(!is_found_colour(other), "{other}");
        }
    }
}
