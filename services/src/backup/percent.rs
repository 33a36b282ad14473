//! Percent signs in URLs.

/// A text in which `%` and two hexadecimal digits stand for a byte; anything else is taken as it is.
#[must_use]
pub fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
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
