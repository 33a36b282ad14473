//! What stands in a cell instead of its content: signs of a narrow column, "the same as above", "see annex".

/// Bytes of the longest word looked for, with room for its punctuation.
const LONGEST_BYTES: usize = 36;

/// What stands where content should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandIn {
    /// `#####`, which a spreadsheet shows where a column is too narrow.
    Hashes,
    /// 同上 and the signs for it.
    Ditto,
}

/// Hashes or a ditto, if `text` (cleaned) is nothing else.
#[must_use]
pub fn stand_in(text: &str) -> Option<StandIn> {
    if text.len() > LONGEST_BYTES {
        return text.bytes().all(|byte| byte == b'#').then_some(StandIn::Hashes);
    }
    match text.chars().next()? {
        '#' | '＃' => text
            .chars()
            .all(|sign| matches!(sign, '#' | '＃'))
            .then_some(StandIn::Hashes),
        '(' | '（' | '同' | '〃' | '″' | '"' | '”' | '“' | '与' | '如' => {
            is_ditto(bare(text)).then_some(StandIn::Ditto)
        }
        _ => None,
    }
}

fn is_ditto(bare: &str) -> bool {
    matches!(
        bare,
        "同上" | "同上行" | "同上一行" | "与上同" | "如上" | "同前" | "〃" | "″" | "\"" | "”" | "“"
    )
}

/// Whether `text` (cleaned) only says where its content is: 见附件, 详见附表1.
#[must_use]
pub fn points_elsewhere(text: &str) -> bool {
    if text.len() > LONGEST_BYTES {
        return false;
    }
    let bare = bare(text).trim_end_matches(|sign: char| sign.is_ascii_digit() || "一二三四五六七八九十".contains(sign));
    let place = bare.strip_prefix('详').unwrap_or(bare);
    matches!(
        place,
        "见附件" | "见附表" | "见附后" | "见附页" | "见另表" | "见后" | "附后" | "另附" | "见附件材料" | "见佐证材料"
    )
}

/// Without the brackets, stops and blanks around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|sign: char| sign.is_whitespace() || "。.,，；;（）()【】《》".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_content_is_told_from_content() {
        for (text, wanted) in [
            ("####", Some(StandIn::Hashes)),
            ("#", Some(StandIn::Hashes)),
            ("同上", Some(StandIn::Ditto)),
            ("（同上）。", Some(StandIn::Ditto)),
            ("〃", Some(StandIn::Ditto)),
            ("", None),
            ("#1 锅炉", None),
            ("同上级部门会商。", None),
            ("同上访人见面。", None),
            ("“双随机”检查。", None),
        ] {
            assert_eq!(stand_in(text), wanted, "{text}");
        }
        assert_eq!(stand_in(&"#".repeat(255)), Some(StandIn::Hashes));
    }

    #[test]
    fn only_a_text_that_says_nothing_else_points_elsewhere() {
        for text in ["见附件", "详见附件1。", "（见附表二）", "附后"] {
            assert!(points_elsewhere(text), "{text}");
        }
        for text in ["", "已整改，详见附件。", "见附件所列 3 家企业已停产", "附近居民"] {
            assert!(!points_elsewhere(text), "{text}");
        }
    }
}
