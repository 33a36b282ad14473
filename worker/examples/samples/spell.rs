//! How clerks write dates, batches, numbers, counts and amounts. Every form here is one that an importer must read.

use chrono::{Datelike, NaiveDate};

use crate::model::{Cell, Conclusion};
use crate::rng::Rng;
use crate::texts::yuan;

/// A way of writing a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// A number with a date format.
    Real,
    /// `2022.3.18`
    Dots,
    /// `2022年3月18日`
    Chinese,
    /// `2022/3/18`
    Slashes,
    /// `2022-3-18`
    Dashes,
    /// `20220318`
    Compact,
    /// 44638 without a date format.
    Serial,
    /// `二〇二二年三月十八日`
    Numerals,
    /// `２０２２．３．１８`
    FullWidth,
    /// All of them in one column.
    Mixed,
}

impl DateStyle {
    /// Every style.
    pub const ALL: [Self; 10] = [
        Self::Dots,
        Self::Real,
        Self::Chinese,
        Self::Mixed,
        Self::Slashes,
        Self::Compact,
        Self::Serial,
        Self::Dashes,
        Self::Numerals,
        Self::FullWidth,
    ];

    /// A cell with `date` in this style.
    pub fn cell(self, date: NaiveDate, rng: &mut Rng) -> Cell {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self {
            Self::Real => Cell::Date(date),
            Self::Serial => Cell::Number(serial(date)),
            Self::Dots => Cell::text(format!("{year}.{month}.{day}")),
            Self::Chinese => Cell::text(format!("{year}年{month}月{day}日")),
            Self::Slashes => Cell::text(format!("{year}/{month}/{day}")),
            Self::Dashes => Cell::text(format!("{year}-{month}-{day}")),
            Self::Compact => Cell::text(date.format("%Y%m%d").to_string()),
            Self::Numerals => Cell::text(format!("{}年{}月{}日", digits(year), numeral(month), numeral(day))),
            Self::FullWidth => Cell::text(full_width(&format!("{year}.{month}.{day}"))),
            Self::Mixed => {
                let single = [
                    Self::Real,
                    Self::Dots,
                    Self::Chinese,
                    Self::Slashes,
                    Self::Dashes,
                    Self::Compact,
                    Self::Serial,
                    Self::Numerals,
                    Self::FullWidth,
                ];
                rng.pick(&single).cell(date, rng)
            }
        }
    }
}

/// Days since 1899-12-30, as a spreadsheet of the 1900 system counts.
pub fn serial(date: NaiveDate) -> f64 {
    f64::from(date.num_days_from_ce() - 693_594)
}

/// A way of writing a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchStyle {
    /// 26 as a number.
    Number,
    /// `第26批`
    Arabic,
    /// `第二十六批`
    Numeral,
    /// `26` as text.
    Text,
}

impl BatchStyle {
    /// Every style.
    pub const ALL: [Self; 4] = [Self::Number, Self::Numeral, Self::Arabic, Self::Text];

    /// A cell with `batch` in this style.
    pub fn cell(self, batch: u32) -> Cell {
        match self {
            Self::Number => Cell::Number(f64::from(batch)),
            Self::Arabic => Cell::text(format!("第{batch}批")),
            Self::Numeral => Cell::text(format!("第{}批", numeral(batch))),
            Self::Text => Cell::text(batch.to_string()),
        }
    }
}

/// A way of writing a fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyStyle {
    /// A number under 罚款金额（万元）.
    Wan,
    /// A number under 罚款金额（元）.
    Yuan,
    /// `2.5万元` under a header without unit.
    GluedWan,
    /// `25000元` under a header without unit.
    GluedYuan,
}

impl MoneyStyle {
    /// Whether amounts below 10 yuan can be written.
    pub fn is_yuan(self) -> bool {
        matches!(self, Self::Yuan | Self::GluedYuan)
    }

    /// A cell with `fen` in this style; a zero is 0.
    pub fn cell(self, fen: i64, rng: &mut Rng) -> Cell {
        match self {
            _ if fen == 0 => Cell::Number(0.0),
            Self::Wan if rng.chance(30) => Cell::text(wan(fen)),
            Self::Wan => Cell::Number(wan(fen).parse().unwrap_or_default()),
            Self::Yuan if fen % 100 == 0 && rng.chance(30) => Cell::text(thousands(fen / 100)),
            Self::Yuan => Cell::Number(yuan(fen).parse().unwrap_or_default()),
            Self::GluedWan => Cell::text(format!("{}万元", wan(fen))),
            Self::GluedYuan => Cell::text(format!("{}元", yuan(fen))),
        }
    }
}

/// An amount in fen, written in ten thousand yuan without needless zeros.
pub fn wan(fen: i64) -> String {
    let text = format!("{}.{:06}", fen / 1_000_000, fen % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn thousands(number: i64) -> String {
    if number < 1000 {
        number.to_string()
    } else {
        format!("{},{:03}", thousands(number / 1000), number % 1000)
    }
}

/// A count: a number, now and then as text or with its unit.
pub fn count(number: i64, unit: &str, blank: &str, rng: &mut Rng) -> Cell {
    match number {
        0 if rng.chance(50) => Cell::Number(0.0),
        0 if blank.is_empty() => Cell::Empty,
        0 => Cell::text(blank),
        _ if rng.chance(8) => Cell::text(format!("{number}{unit}")),
        _ if rng.chance(12) => Cell::text(number.to_string()),
        _ => Cell::Number(number as f64),
    }
}

/// A petition number the way some clerks type it: a star for a key case, full-width or lower-case letters, blanks.
pub fn number(number: &str, starred: bool, rng: &mut Rng) -> String {
    let typed = match rng.below(40) {
        0 => number.to_lowercase(),
        1 => full_width(number),
        2 => format!("{} {}", &number[..4.min(number.len())], &number[4.min(number.len())..]),
        3 => format!(" {number} "),
        4 => format!("{number}\u{3000}"),
        _ => number.to_owned(),
    };
    if !starred {
        return typed;
    }
    match rng.below(5) {
        0 => format!("*{typed}"),
        1 => format!("{typed}★"),
        2 => format!("{typed}（重点）"),
        3 => format!("★{typed}"),
        _ => format!("{typed}*"),
    }
}

/// A conclusion by its label or a synonym.
pub fn conclusion(conclusion: Conclusion, synonyms: bool) -> &'static str {
    match (conclusion, synonyms) {
        (Conclusion::Open | Conclusion::Unreported, false) => "未办结",
        (Conclusion::Open | Conclusion::Unreported, true) => "正在办理",
        (Conclusion::Staged, false) => "阶段性办结",
        (Conclusion::Staged, true) => "阶段办结",
        (Conclusion::Concluded, false) => "已办结",
        (Conclusion::Concluded, true) => "办结",
        (Conclusion::Closed, false) => "已销号",
        (Conclusion::Closed, true) => "已验收销号",
    }
}

/// 26 as 二十六; 0 to 99.
pub fn numeral(number: u32) -> String {
    let (tens, ones) = (number / 10, number % 10);
    let mut text = String::new();
    if tens > 1 {
        text += DIGITS[tens as usize];
    }
    if tens > 0 {
        text += "十";
    }
    if ones > 0 || tens == 0 {
        text += if number == 0 { "〇" } else { DIGITS[ones as usize] };
    }
    text
}

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

fn digits(year: i32) -> String {
    year.to_string()
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .map(|digit| DIGITS[digit as usize])
        .collect()
}

/// ASCII letters, digits and dots in their full-width forms.
pub fn full_width(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '!'..='~' => char::from_u32(letter as u32 + 0xFEE0).unwrap_or(letter),
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_written_in_chinese_numerals() {
        for (number, text) in [
            (0, "〇"),
            (7, "七"),
            (10, "十"),
            (19, "十九"),
            (20, "二十"),
            (26, "二十六"),
        ] {
            assert_eq!(numeral(number), text);
        }
    }

    #[test]
    fn amounts_lose_no_fen() {
        for (fen, in_wan, in_yuan) in [
            (989_800_000, "989.8", "9898000"),
            (25_154_271, "25.154271", "251542.71"),
            (1_000_000, "1", "10000"),
        ] {
            assert_eq!((wan(fen), yuan(fen)), (in_wan.to_owned(), in_yuan.to_owned()));
        }
    }

    #[test]
    fn a_date_is_written_in_every_form() {
        let date = NaiveDate::from_ymd_opt(2022, 3, 18).unwrap_or_default();
        let mut rng = Rng::new(1);
        for (style, cell) in [
            (DateStyle::Serial, Cell::Number(44638.0)),
            (DateStyle::Compact, Cell::text("20220318")),
            (DateStyle::Numerals, Cell::text("二〇二二年三月十八日")),
            (DateStyle::FullWidth, Cell::text("２０２２．３．１８")),
        ] {
            assert_eq!(style.cell(date, &mut rng), cell);
        }
    }
}
