use proptest::prelude::*;

use super::*;

fn text(written: &str) -> Value {
    Value::Text(written.to_owned())
}

fn day(written: &str) -> NaiveDate {
    written.parse().unwrap()
}

fn read_default(value: &Value) -> Result<DateReading, DateFault> {
    read(value, &DateContext::default())
}

#[test]
fn every_form_of_a_day_is_read() {
    let forms = [
        "2022.3.18",
        "2022.03.18",
        "2022年3月18日",
        "2022年03月18号",
        "2022/3/18",
        "2022-3-18",
        "2022-03-18",
        "20220318",
        "44638",
        "二〇二二年三月十八日",
        "二○二二年三月十八日",
        "二零二二年三月十八日",
        "２０２２．３．１８",
        "２０２２年３月１８日",
        " 2022 年 3 月 18 日 ",
        "2022年3月18日前",
        "2022年3月18日之前",
        "2022-03-18 00:00:00",
        "2022/3/18 8:30",
        "2022-03-18T08:30:00",
        "2022年3月18日8:30",
        "2022。3。18",
        "'2022.3.18",
        "2022.3.18.",
        "2022、3、18",
        "2022年3月18",
        "2022．3．18日",
    ];
    for form in forms {
        let wanted = DateReading {
            date: day("2022-03-18"),
            precision: Precision::Day,
            approximate: false,
        };
        assert_eq!(read_default(&text(form)), Ok(wanted), "{form}");
    }
}

#[test]
fn cells_that_are_no_text_are_read() {
    let moment = day("2022-03-18").and_hms_opt(8, 30, 0).unwrap();
    for value in [
        Value::DateTime(moment),
        Value::Number(44638.0),
        Value::Number(44638.354),
        Value::Number(20_220_318.0),
    ] {
        assert_eq!(
            read_default(&value).map(|reading| reading.date),
            Ok(day("2022-03-18")),
            "{value:?}"
        );
    }
    let mac = DateContext {
        date_1904: true,
        ..DateContext::default()
    };
    assert_eq!(
        read(&Value::Number(43176.0), &mac).map(|reading| reading.date),
        Ok(day("2022-03-18"))
    );
    for value in [
        Value::Bool(true),
        Value::Error("#REF!".to_owned()),
        Value::Number(f64::NAN),
        Value::Number(-1.0),
    ] {
        assert_eq!(read_default(&value), Err(DateFault::Unreadable), "{value:?}");
    }
}

#[test]
fn the_window_is_that_of_the_serials_in_use() {
    assert_eq!(
        read_default(&Value::Number(42005.0)).map(|reading| reading.date),
        Ok(day("2015-01-01"))
    );
    assert_eq!(
        read_default(&Value::Number(49674.0)).map(|reading| reading.date),
        Ok(day("2035-12-31"))
    );
    assert_eq!(
        read_default(&Value::Number(42004.0)),
        Err(DateFault::OutsideWindow(day("2014-12-31")))
    );
    assert_eq!(
        read_default(&text("2036-1-1")),
        Err(DateFault::OutsideWindow(day("2036-01-01")))
    );
    assert_eq!(
        read_default(&text("0222年3月18日")),
        Err(DateFault::OutsideWindow(day("0222-03-18")))
    );
}

#[test]
fn months_and_years_mean_their_last_day() {
    use Precision::{Month, Year};
    let cases = [
        (text("2022.03"), "2022-03-31", Month),
        (text("2022.10"), "2022-10-31", Month),
        (text("2022.1"), "2022-01-31", Month),
        (text("2022年3月"), "2022-03-31", Month),
        (text("2024年2月底"), "2024-02-29", Month),
        (text("2022年2月底前"), "2022-02-28", Month),
        (text("2022-03"), "2022-03-31", Month),
        (text("202203"), "2022-03-31", Month),
        (text("2022.3月"), "2022-03-31", Month),
        (Value::Number(2022.03), "2022-03-31", Month),
        (Value::Number(2022.12), "2022-12-31", Month),
        (text("二〇二二年元月"), "2022-01-31", Month),
        (text("2022年"), "2022-12-31", Year),
        (text("2022年底前"), "2022-12-31", Year),
        (Value::Number(2022.0), "2022-12-31", Year),
    ];
    for (value, date, precision) in cases {
        let wanted = DateReading {
            date: day(date),
            precision,
            approximate: false,
        };
        assert_eq!(read_default(&value), Ok(wanted), "{value:?}");
    }
}

#[test]
fn approximate_dates_say_so() {
    for form in ["2022年3月18日左右", "约2022年3月18日", "2022.3.18前后"] {
        assert_eq!(
            read_default(&text(form)).map(|reading| reading.approximate),
            Ok(true),
            "{form}"
        );
    }
}

#[test]
fn what_is_not_one_sure_date_has_its_own_fault() {
    use DateFault::{Ambiguous, Impossible, NoYear, Range, Unreadable};
    let cases = [
        (text("3月18日"), NoYear),
        (text("三月十八日"), NoYear),
        (text("3.18"), NoYear),
        (text("3月底"), NoYear),
        (text("12/31"), NoYear),
        (Value::Number(2022.1), Ambiguous),
        (Value::Number(2022.10), Ambiguous),
        (text("22.3.18"), Ambiguous),
        (text("3/18/2022"), Ambiguous),
        (text("22年3月18日"), Ambiguous),
        (text("18-03-2022"), Ambiguous),
        (text("2023年2月30日"), Impossible),
        (text("2022.13"), Impossible),
        (text("20221340"), Impossible),
        (text("2022-0-1"), Impossible),
        (text("2021.12-2022.1"), Range),
        (text("2021年12月至2022年1月"), Range),
        (text("2022年3月-5月"), Range),
        (text("2022-2023"), Range),
        (text("2022.3.18-3.20"), Range),
        (text("2022年3月1日~2022年3月5日"), Range),
        (text("2022-2023年"), Range),
        (text("2022年3月18日—20日"), Range),
        (text("无"), Unreadable),
        (text(""), Unreadable),
        (text("立行立改"), Unreadable),
        (text("2022年3月18日和4月2日"), Unreadable),
        (text("123"), Unreadable),
        (text("2022031"), Unreadable),
        (text("2022年第3季度"), Unreadable),
        (text("D3SX202505280018"), Unreadable),
        (text("2022.3-5"), Range),
        (text("2022.1 2"), Unreadable),
        (text("2022 12 31"), Unreadable),
        (text("2022年3月18日18"), Unreadable),
        (Value::Number(5.0), Unreadable),
    ];
    for (value, fault) in cases {
        assert_eq!(read_default(&value), Err(fault), "{value:?}");
    }
}

#[test]
fn a_date_is_found_in_titles_and_preambles() {
    let cases = [
        ("填报日期：2023年5月31日", Some("2023-05-31")),
        ("（第二十八批2021年9月30日）", Some("2021-09-30")),
        ("填报时间: 2023.5.31 填报人：某", Some("2023-05-31")),
        ("二〇二三年五月三十一日", Some("2023-05-31")),
        ("（截至２０２３年５月３１日）", Some("2023-05-31")),
        ("2023-05-31", Some("2023-05-31")),
        ("填报日期：20230531", Some("2023-05-31")),
        ("2023 年 5 月 31 日", Some("2023-05-31")),
        ("2022年整改（2023年5月31日）", Some("2023-05-31")),
        ("2023年5月", None),
        ("D3SX202505280018", None),
        ("5月31日", None),
        ("", None),
        ("2023年2月30日", None),
        ("1999年5月31日", None),
        ("联系电话：13812345678", None),
        ("2023.5.31.4", None),
        ("2023.5.31 4人", Some("2023-05-31")),
    ];
    for (written, wanted) in cases {
        assert_eq!(
            find_in_text(written, &DateContext::default()),
            wanted.map(day),
            "{written}"
        );
    }
}

proptest! {
    #[test]
    fn a_day_written_in_any_form_is_read_back(offset in 0_u64..7670) {
        let date = day("2015-01-01").checked_add_days(Days::new(offset)).unwrap();
        for form in ["%Y.%-m.%-d", "%Y年%-m月%-d日", "%Y/%-m/%-d", "%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日前", "%Y-%m-%d %H:%M:%S"] {
            let written = date.and_hms_opt(9, 5, 0).unwrap().format(form).to_string();
            prop_assert_eq!(read_default(&text(&written)).map(|reading| reading.date), Ok(date), "{}", written);
        }
        let serial = 42005.0 + offset as f64;
        prop_assert_eq!(read_default(&Value::Number(serial)).map(|reading| reading.date), Ok(date));
        let (month, day) = (numeral_of(date.month()), numeral_of(date.day()));
        let year: String = date.year().to_string().chars().map(|digit| "〇一二三四五六七八九".chars().nth(digit.to_digit(10).unwrap() as usize).unwrap()).collect();
        prop_assert_eq!(read_default(&text(&format!("{year}年{month}月{day}日"))).map(|reading| reading.date), Ok(date));
        prop_assert_eq!(find_in_text(&format!("截至{}填报", date.format("%Y年%-m月%-d日")), &DateContext::default()), Some(date));
    }

    #[test]
    fn a_date_that_was_read_is_read_back_as_it_is_printed(sour in "[0-9二〇年月日.至前底/ -]{0,14}", number in 0.0..60_000.0) {
        for value in [text(&sour), Value::Number(number)] {
            if let Ok(reading) = read_default(&value) {
                let printed = read_default(&text(&reading.date.to_string())).map(|again| again.date);
                prop_assert_eq!(printed, Ok(reading.date), "{:?}", value);
            }
        }
    }

    #[test]
    fn no_cell_panics(written in any::<String>(), sour in "[0-9年月日.至前底 :T〇二十-]{0,24}", number in any::<f64>()) {
        let context = DateContext::default();
        for value in [text(&written), text(&sour), Value::Number(number)] {
            let _ = read(&value, &context);
        }
        let _ = (find_in_text(&written, &context), find_in_text(&sour, &context));
    }
}

fn numeral_of(number: u32) -> String {
    crate::values::numeral::tests::spelled(number)
}
