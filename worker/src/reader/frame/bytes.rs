//! Whole numbers and texts as bytes.

use super::FrameError;

/// Appends `number` as LEB128: seven bits a byte, lowest first.
pub(super) fn put_number(into: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

/// Appends the length of `text` in bytes and the text.
pub(super) fn put_text(into: &mut Vec<u8>, text: &str) {
    put_number(into, text.len() as u64);
    into.extend_from_slice(text.as_bytes());
}

/// What is left of a frame's body.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn byte(&mut self) -> Result<u8, FrameError> {
        let (first, rest) = self
            .0
            .split_first()
            .ok_or(FrameError::Malformed("ends within a value"))?;
        self.0 = rest;
        Ok(*first)
    }

    pub(super) fn number(&mut self) -> Result<u64, FrameError> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7F);
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(FrameError::Malformed("number beyond 64 bits"))
    }

    pub(super) fn small(&mut self) -> Result<u32, FrameError> {
        u32::try_from(self.number()?).map_err(|_| FrameError::Malformed("number beyond 32 bits"))
    }

    /// A count of things that take at least `least` bytes each, so that no more is allocated than was sent.
    pub(super) fn count(&mut self, least: usize) -> Result<usize, FrameError> {
        let count = self.number()?;
        if count > (self.0.len() / least) as u64 {
            return Err(FrameError::Malformed("count beyond the end"));
        }
        Ok(count as usize)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], FrameError> {
        let (found, rest) = self
            .0
            .split_first_chunk()
            .ok_or(FrameError::Malformed("ends within a value"))?;
        self.0 = rest;
        Ok(*found)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, FrameError> {
        let length = self.count(1)?;
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        std::str::from_utf8(text).map_err(|_| FrameError::Malformed("text that is not UTF-8"))
    }
}
