//! Batches (批次) of petitions: one, several or a range, in Chinese or Arabic numerals.

use chrono::NaiveDate;

use super::{numeral, text};

/// Largest batch number; an inspection hands over one batch a day for about a month.
const LARGEST: u32 = 999;

/// Marks and words between two batches that are named one by one.
const AND: [char; 7] = ['、', ',', ';', '和', '及', '与', '/'];

/// Marks and words between the first and the last of a range.
const TO: [char; 6] = ['-', '~', '至', '到', '—', '–'];

/// Stands for blanks between digits, so that `2 6` is not 26.
const GAP: &str = "|";

/// Reads a cell that names batches: `第二十六批`, `第26批`, `26`, `第一、二批`, `第1-3批`, `26批`. Sorted, each once; none if
/// anything of the text is no batch.
#[must_use]
pub fn read(text: &str) -> Option<Vec<u32>> {
    let key = text::compact(&text::mark_gaps(&text::clean(text), GAP));
    let mut batches = Vec::new();
    for piece in key.split(AND) {
        let (first, last) = match piece.split_once(TO) {
            Some((first, last)) => (one(first)?, one(last)?),
            None => (one(piece)?, one(piece)?),
        };
        if last < first {
            return None;
        }
        batches.extend(first..=last);
    }
    batches.sort_unstable();
    batches.dedup();
    Some(batches)
}

/// `第26批次`, `二十六`, `26`: one batch.
fn one(piece: &str) -> Option<u32> {
    let bare = piece.strip_prefix('第').unwrap_or(piece);
    let bare = bare
        .strip_suffix("批次")
        .or_else(|| bare.strip_suffix('批'))
        .unwrap_or(bare);
    let digits = bare.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { bare.parse().ok() } else { numeral::read(bare) };
    number.filter(|number| (1..=LARGEST).contains(number))
}

/// The batches named in a title or the name of a sheet: `…一览表（第26批）`, `第二十八批2021年9月30日`, `1-26批`, `批次：26`.
///
/// A Chinese numeral counts only behind `第`, since `一批` also means "a number of".
#[must_use]
pub fn find_in_text(title: &str) -> Option<Vec<u32>> {
    let folded = text::compact(&text::mark_gaps(&text::clean(title), GAP));
    let mut batches = Vec::new();
    for span in folded
        .split(|character| !in_span(character))
        .filter(|span| span.contains('批'))
    {
        batches.extend(of_span(span).unwrap_or_default());
    }
    if batches.is_empty() {
        batches = behind_label(&folded)?;
    }
    batches.sort_unstable();
    batches.dedup();
    Some(batches)
}

fn in_span(character: char) -> bool {
    let word = matches!(character, '第' | '批' | '次');
    word || character.is_ascii_digit()
        || numeral::is_numeral(character)
        || AND.contains(&character)
        || TO.contains(&character)
}

/// The batches in a run of numbers, marks and `批`.
fn of_span(span: &str) -> Option<Vec<u32>> {
    let end = span.rfind('批')? + '批'.len_utf8();
    let start = match span[..end].find('第') {
        Some(start) => start,
        None => span[..end].find(|character: char| character.is_ascii_digit())?,
    };
    read(&span[start..end])
}

/// `批次：26` and `批次26`.
fn behind_label(folded: &str) -> Option<Vec<u32>> {
    let (_, behind) = folded.split_once("批次")?;
    let behind = behind.trim_start_matches([':', '(']);
    let end = behind.find(|character| !in_span(character)).unwrap_or(behind.len());
    read(&behind[..end])
}

/// The batch of a petition received on `received_on`, one batch a day since `first_received_on`, which is batch 1; none
/// for earlier days.
#[must_use]
pub fn expected(received_on: NaiveDate, first_received_on: NaiveDate) -> Option<u32> {
    u32::try_from(received_on.signed_duration_since(first_received_on).num_days() + 1)
        .ok()
        .filter(|batch| *batch > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::numeral::tests::spelled;
    use super::*;

    #[test]
    fn every_way_to_write_a_batch_is_read() {
        let cases: [(&str, &[u32]); 17] = [
            ("第二十六批", &[26]),
            ("第26批", &[26]),
            ("26", &[26]),
            ("26批", &[26]),
            ("二十六", &[26]),
            ("第 ２６ 批", &[26]),
            ("第二十六批次", &[26]),
            ("第一、二批", &[1, 2]),
            ("第一批、第二批", &[1, 2]),
            ("第1-3批", &[1, 2, 3]),
            ("第1批至第3批", &[1, 2, 3]),
            ("1~3", &[1, 2, 3]),
            ("第一至三批", &[1, 2, 3]),
            ("3、1,1", &[1, 3]),
            ("第一批和第二批", &[1, 2]),
            ("第1-2、5批", &[1, 2, 5]),
            ("第一百零三批", &[103]),
        ];
        for (text, wanted) in cases {
            assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_batch_is_none() {
        for text in [
            "",
            "批",
            "第批",
            "0",
            "第0批",
            "1000",
            "3-1",
            "第26批次办结",
            "首批",
            "26.5",
            "2021年第26批",
            "1-",
            "、",
            "-3",
            "第2 6批",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn batches_are_found_in_titles_and_sheet_names() {
        let cases: [(&str, &[u32]); 10] = [
            ("群众信访举报转办和边督边改公开情况一览表（第26批）", &[26]),
            ("涉及济南市一览表（第二十七批）", &[27]),
            ("（第二十八批2021年9月30日）", &[28]),
            ("第一、二批", &[1, 2]),
            ("1-26批汇总", &(1..=26).collect::<Vec<_>>()),
            ("交办贵州省第二十批信访举报清单", &[20]),
            ("第二轮督察第三批", &[3]),
            ("批次：26", &[26]),
            ("第 1 批至第 3 批", &[1, 2, 3]),
            ("2021年11月15日、第二十六批", &[26]),
        ];
        for (title, wanted) in cases {
            assert_eq!(find_in_text(title).as_deref(), Some(wanted), "{title}");
        }
        for title in [
            "",
            "查处一批企业",
            "第二轮中央生态环境保护督察",
            "首批",
            "分批办理",
            "20211115批",
            "批复第3号",
        ] {
            assert_eq!(find_in_text(title), None, "{title}");
        }
    }

    #[test]
    fn one_batch_a_day_since_the_first() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(expected(day("2025-05-28"), day("2025-05-28")), Some(1));
        assert_eq!(expected(day("2025-11-19"), day("2025-10-19")), Some(32));
        assert_eq!(expected(day("2025-05-27"), day("2025-05-28")), None);
    }

    proptest! {
        #[test]
        fn batches_are_read_back_in_either_numeral(batch in 1_u32..=999) {
            for text in [format!("第{}批", spelled(batch)), spelled(batch), format!("第{batch}批"), format!("表（第{batch}批）")] {
                prop_assert_eq!(read(&text).or_else(|| find_in_text(&text)), Some(vec![batch]), "{}", text);
            }
            let title = format!("一览表（第{}批）", spelled(batch));
            prop_assert_eq!(find_in_text(&title), Some(vec![batch]));
        }

        #[test]
        fn what_was_read_reads_as_itself(sour in "第?[0-9一二十百、至～-]{1,8}批?") {
            for batch in read(&sour).unwrap_or_default() {
                prop_assert_eq!(read(&format!("第{batch}批")), Some(vec![batch]), "{}", sour);
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>(), sour in "[第批次0-9一二十百、至～-]{0,16}") {
            let _ = (read(&text), find_in_text(&text), read(&sour), find_in_text(&sour));
        }
    }
}
