//! Percent signs in URLs.

/// A text in which `%` and two hexadecimal digits stand for a byte; anything else is taken as it is.
#[must_use]
pub fn decoded(text: &str) -> String {
    let (bytes, mut out, mut at) = (text.as_bytes(), Vec::new(), 0);
    while let Some(&byte) = bytes.get(at) {
        let coded = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match coded.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(coded) => {
                out.push(coded);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_code_stays_as_it_is() {
        assert_eq!(decoded("a%20b%E5%8E%BF"), "a b县");
        assert_eq!(decoded("100% %zz %2"), "100% %zz %2");
    }
}
