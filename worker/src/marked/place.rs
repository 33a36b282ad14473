//! Cells by their addresses, read quickly: a sheet has millions of them.

use crate::reader::{GRID_COLUMNS, GRID_ROWS};

/// Row from 1 and column from 0 of an address such as `G15`; `None` if it is none of the grid.
pub(super) fn parse(address: &str) -> Option<(u32, u32)> {
    let (mut column, mut row, mut letters, mut digits) = (0_u32, 0_u32, 0, 0);
    for byte in address.bytes() {
        match byte {
            b'$' => {}
            b'A'..=b'Z' | b'a'..=b'z' if digits == 0 && letters < 3 => {
                column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                letters += 1;
            }
            b'0'..=b'9' if digits < 7 => {
                row = row * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            _ => return None,
        }
    }
    let inside = (1..=GRID_COLUMNS).contains(&column) && (1..=GRID_ROWS).contains(&row);
    inside.then(|| (row, column - 1))
}

/// First and last cell of `A1:C7`, or of one cell.
pub(super) fn parse_range(range: &str) -> Option<((u32, u32), (u32, u32))> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    Some((parse(first)?, parse(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::address;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for (row, column) in [(1, 0), (15, 6), (9, 25), (10, 26), (1_048_576, 16_383)] {
            assert_eq!(parse(&address(row, column)), Some((row, column)));
        }
        for bad in [
            "",
            "A",
            "1",
            "A0",
            "XFE1",
            "A1048577",
            "A1B",
            "1A",
            "AAAA1",
            "Ä1",
            "A12345678",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert_eq!(parse_range("$B$2:C3"), Some(((2, 1), (3, 2))));
    }
}
