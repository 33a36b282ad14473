//! The worst finding of each row of a sheet, two bits each: a million rows take 256 kB.

use ducha_records::codes::Severity;

/// Rows in a byte.
const IN_BYTE: usize = 4;

/// The worst finding of each row.
#[derive(Debug, Default)]
pub(super) struct RowStates {
    bits: Vec<u8>,
}

impl RowStates {
    /// Adds a finding in `row`, counted from 1.
    pub fn add(&mut self, row: u32, severity: Severity) {
        let (byte, shift) = place(row);
        if self.bits.len() <= byte {
            self.bits.resize(byte + 1, 0);
        }
        let present = self.bits[byte] >> shift & 3;
        let worst = present.max(rank(severity));
        self.bits[byte] = self.bits[byte] & !(3 << shift) | worst << shift;
    }

    /// The worst in `row`; `None` where nothing was found.
    pub fn worst(&self, row: u32) -> Option<Severity> {
        let (byte, shift) = place(row);
        match self.bits.get(byte)? >> shift & 3 {
            1 => Some(Severity::Note),
            2 => Some(Severity::Warning),
            3 => Some(Severity::Error),
            _ => None,
        }
    }
}

fn place(row: u32) -> (usize, usize) {
    (row as usize / IN_BYTE, row as usize % IN_BYTE * 2)
}

/// 3 for an error, 2 for a warning, 1 for a note.
pub(super) const fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Note => 1,
        Severity::Warning => 2,
        Severity::Error => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_a_row_stays_whatever_comes_after_it() {
        let mut states = RowStates::default();
        for (row, severity) in [
            (5, Severity::Note),
            (5, Severity::Error),
            (5, Severity::Warning),
            (6, Severity::Warning),
            (4, Severity::Note),
        ] {
            states.add(row, severity);
        }
        let worst: Vec<_> = [3, 4, 5, 6, 7, 1_048_576].map(|row| states.worst(row)).into();
        assert_eq!(
            worst,
            [
                None,
                Some(Severity::Note),
                Some(Severity::Error),
                Some(Severity::Warning),
                None,
                None
            ]
        );
    }
}
