//! Chinese numerals below 10,000: by place (`二〇二二`) and by weight (`一百零三`).
//!
//! Strict on purpose: `十十`, `一百三` (103 or 130?) and `十四五` are no numbers.

use std::borrow::Cow;

/// The digit of one numeral, with the characters people type for zero.
fn digit(character: char) -> Option<u32> {
    Some(match character {
        '〇' | '零' | '○' | '◯' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// What a digit before `character` counts.
fn weight(character: char) -> Option<u32> {
    Some(match character {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// Whether `character` is a numeral's digit, and no weight such as 十.
pub fn is_digit(character: char) -> bool {
    digit(character).is_some()
}

/// Whether `character` can stand in a Chinese numeral.
pub fn is_numeral(character: char) -> bool {
    digit(character).is_some() || weight(character).is_some() || character == '廿'
}

/// The number that `text` spells, if all of it is one numeral below 10,000.
pub fn read(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|character| digit(character).is_some()) {
        return by_place(text);
    }
    match text.strip_prefix('廿') {
        Some("") => Some(20),
        Some(ones) => by_place(ones)
            .filter(|ones| (1..10).contains(ones))
            .map(|ones| 20 + ones),
        None => by_weight(text),
    }
}

fn by_place(text: &str) -> Option<u32> {
    if text.chars().count() > 4 {
        return None;
    }
    text.chars()
        .try_fold(0, |number, character| Some(number * 10 + digit(character)?))
}

/// `一百零三`: weights fall strictly, a skipped weight is said with one zero, and only a leading `十` goes without a digit.
fn by_weight(text: &str) -> Option<u32> {
    let (mut total, mut lowest, mut pending, mut zero) = (0, 10_000, None, false);
    for (at, character) in text.chars().enumerate() {
        if let Some(found) = weight(character) {
            let times = match pending.take() {
                Some(times) => times,
                None if at == 0 && found == 10 => 1,
                None => return None,
            };
            let skipped = lowest != 10_000 && found * 10 != lowest;
            if found >= lowest || skipped != zero {
                return None;
            }
            (total, lowest, zero) = (total + times * found, found, false);
        } else {
            match digit(character)? {
                0 if zero || pending.is_some() || at == 0 => return None,
                0 => zero = true,
                _ if pending.is_some() => return None,
                ones => pending = Some(ones),
            }
        }
    }
    match pending {
        // The ones follow the tens directly and any other weight after a zero.
        Some(ones) if (lowest == 10) != zero => Some(total + ones),
        None if !zero => Some(total),
        _ => None,
    }
}

/// `text` with each Chinese numeral written in digits: `三月十八日` becomes `3月18日`.
pub fn fold(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_numeral) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let plain = rest.find(is_numeral).unwrap_or(rest.len());
        if plain > 0 {
            folded.push_str(&rest[..plain]);
            rest = &rest[plain..];
            continue;
        }
        let end = rest.find(|next| !is_numeral(next)).unwrap_or(rest.len());
        let run = &rest[..end.max(character.len_utf8())];
        match read(run) {
            Some(number) => folded.push_str(&number.to_string()),
            None => folded.push_str(run),
        }
        rest = &rest[run.len()..];
    }
    Cow::Owned(folded)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    /// How 1 to 999 is written in a title.
    pub(crate) fn spelled(number: u32) -> String {
        let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
        let digit = |value: u32| DIGITS[value as usize];
        let mut text = String::new();
        if hundreds > 0 {
            text = format!("{}百", digit(hundreds));
        }
        match (hundreds, tens, ones) {
            (0, 1, _) => text.push('十'),
            (1.., 0, 1..) => text.push('零'),
            (_, 1.., _) => text += &format!("{}十", digit(tens)),
            _ => {}
        }
        text + digit(ones)
    }

    #[test]
    fn every_numeral_to_999_is_read_back() {
        for number in 1..=999 {
            assert_eq!(read(&spelled(number)), Some(number), "{}", spelled(number));
        }
    }

    #[test]
    fn numerals_are_read_by_place_and_by_weight() {
        let cases = [
            ("二〇二二", 2022),
            ("二○二三", 2023),
            ("二零二五", 2025),
            ("二六", 26),
            ("十", 10),
            ("廿六", 26),
            ("廿", 20),
            ("一百一十", 110),
            ("一千零三", 1003),
            ("两千二百", 2200),
            ("壹佰", 100),
            ("一千零二十", 1020),
            ("〇三", 3),
        ];
        for (text, number) in cases {
            assert_eq!(read(text), Some(number), "{text}");
        }
    }

    #[test]
    fn what_is_not_one_number_is_none() {
        for text in [
            "",
            "十十",
            "一百三",
            "十四五",
            "百",
            "一百零十",
            "二十六十",
            "一百二",
            "零百",
            "一百零",
            "廿十",
            "一百十",
            "二〇二二五",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn folding_leaves_what_is_not_a_number() {
        assert_eq!(fold("二〇二二年三月十八日"), "2022年3月18日");
        assert_eq!(fold("十四五末"), "十四五末");
        assert_eq!(fold("2022年"), "2022年");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,20}", numerals in "[一二三十百千零廿]{0,8}") {
            fold(&text);
            fold(&numerals);
            read(&text);
        }
    }
}
