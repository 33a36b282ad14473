//! A header as a county typed it, brought to the forms in which headers are compared.

use unicode_normalization::UnicodeNormalization;

/// The comparable forms of one header.
///
/// Widths, letter case, spaces, line breaks, stars and punctuation never matter, so they are in none of the forms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderText {
    /// With what stands in brackets: 县（市、区） is 县市区.
    pub whole: String,
    /// Without what stands in brackets: 罚款金额（万元） is 罚款金额.
    pub short: String,
    /// What stands in brackets, spaces removed: 万元.
    pub remarks: Vec<String>,
}

impl HeaderText {
    /// Reads a header as it stands in a sheet.
    pub fn read(written: &str) -> Self {
        // A line break that a spreadsheet program escaped is no word.
        let folded: String = written
            .nfkc()
            .flat_map(char::to_lowercase)
            .collect::<String>()
            .replace("_x000d_", "");
        let mut read = Self::default();
        let mut depth = 0_u32;
        for letter in folded.chars() {
            if is_opening(letter) {
                depth += 1;
                if depth == 1 {
                    read.remarks.push(String::new());
                }
            } else if is_closing(letter) {
                depth = depth.saturating_sub(1);
            } else {
                read.take(letter, depth);
            }
        }
        read.remarks.retain(|remark| !remark.is_empty());
        read
    }

    fn take(&mut self, letter: char, depth: u32) {
        if letter.is_alphanumeric() {
            self.whole.push(letter);
            if depth == 0 {
                self.short.push(letter);
            }
        }
        if let Some(remark) = self.remarks.last_mut()
            && depth > 0
            && !letter.is_whitespace()
            && !letter.is_control()
        {
            remark.push(letter);
        }
    }

    /// Nothing but brackets and what stands in them: a remark on the header above, not a header.
    pub fn is_remark(&self) -> bool {
        self.short.is_empty() && !self.remarks.is_empty()
    }

    /// This header under its parent: 罚款 over 金额（万元） is 罚款金额（万元）.
    pub fn under(&self, parent: &Self) -> Self {
        Self {
            whole: format!("{}{}", parent.whole, self.whole),
            short: format!("{}{}", parent.short, self.short),
            remarks: self.remarks.iter().chain(&parent.remarks).cloned().collect(),
        }
    }
}

fn is_opening(letter: char) -> bool {
    matches!(letter, '(' | '[' | '{' | '【' | '〔' | '〖')
}

fn is_closing(letter: char) -> bool {
    matches!(letter, ')' | ']' | '}' | '】' | '〕' | '〗')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_widths_stars_and_brackets_do_not_matter() {
        let cases: [(&str, &str, &str, &[&str]); 9] = [
            ("受理编号", "受理编号", "受理编号", &[]),
            (" 受 理\r\n编　号* ", "受理编号", "受理编号", &[]),
            ("★受理编号（必填）", "受理编号必填", "受理编号", &["必填"]),
            ("罚款金额（万元）", "罚款金额万元", "罚款金额", &["万元"]),
            ("县（市、区）", "县市区", "县", &["市、区"]),
            ("处理和_x000D_\n整改情况", "处理和整改情况", "处理和整改情况", &[]),
            ("ＩＤ（Ａ（ｂ））", "idab", "id", &["ab"]),
            ("罚款（万元", "罚款万元", "罚款", &["万元"]),
            ("（万元）", "万元", "", &["万元"]),
        ];
        for (written, whole, short, remarks) in cases {
            let read = HeaderText::read(written);
            assert_eq!(
                (read.whole.as_str(), read.short.as_str()),
                (whole, short),
                "{written:?}"
            );
            assert_eq!(read.remarks, remarks, "{written:?}");
        }
    }
}
