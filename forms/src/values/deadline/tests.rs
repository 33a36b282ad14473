use chrono::Days;
use proptest::prelude::*;

use super::*;

fn text(written: &str) -> Value {
    Value::Text(written.to_owned())
}

fn day(written: &str) -> NaiveDate {
    written.parse().unwrap()
}

fn read_in_2023(written: &str) -> Result<Deadline, DeadlineFault> {
    read(&text(written), Some(2023), &DateContext::default())
}

#[test]
fn every_way_to_write_a_day_or_the_end_of_a_period_is_read() {
    let cases = [
        ("2023年底前", "2023-12-31"),
        ("2023年底", "2023-12-31"),
        ("2023年12月底", "2023-12-31"),
        ("2023年12月底前", "2023-12-31"),
        ("2023年内", "2023-12-31"),
        ("2022年6月底前", "2022-06-30"),
        ("2022年6月", "2022-06-30"),
        ("2024年2月底前完成", "2024-02-29"),
        ("2023年上半年", "2023-06-30"),
        ("2023年下半年", "2023-12-31"),
        ("2023年一季度末", "2023-03-31"),
        ("2023年第三季度", "2023-09-30"),
        ("2023年前三季度", "2023-09-30"),
        ("2023年9月下旬", "2023-09-30"),
        ("2023年9月中旬", "2023-09-20"),
        ("2023年9月上旬前", "2023-09-10"),
        ("2023年12月31日前", "2023-12-31"),
        ("2023年12月31日", "2023-12-31"),
        ("2023.12.31前完成", "2023-12-31"),
        ("2023-12-31", "2023-12-31"),
        ("2023.12底前", "2023-12-31"),
        ("20231231前", "2023-12-31"),
        ("2023年", "2023-12-31"),
        ("2023年度", "2023-12-31"),
        ("2023年完成整改", "2023-12-31"),
        ("完成时限：2023年底前", "2023-12-31"),
        ("二〇二三年底前", "2023-12-31"),
        ("２０２３年底前", "2023-12-31"),
        ("2023年底前完成50%，建成3台设备", "2023-12-31"),
        (" 2023 年 6 月 底 前 ", "2023-06-30"),
        ("2023年12月31前", "2023-12-31"),
        ("今年底前", "2023-12-31"),
        ("今年年底", "2023-12-31"),
        ("年底前", "2023-12-31"),
        ("明年6月底前", "2024-06-30"),
        ("今年6月30日前", "2023-06-30"),
        ("本年度内", "2023-12-31"),
        ("2023年年底前", "2023-12-31"),
        ("截止2023年6月30日", "2023-06-30"),
        ("2023年6月底前完成，此后半年内验收", "2023-06-30"),
        ("45291", "2023-12-31"),
    ];
    for (written, due) in cases {
        let found = read_in_2023(written);
        let wanted = Deadline {
            raw: written.trim().to_owned(),
            kind: DeadlineKind::Date,
            due: Some(day(due)),
            long_term: false,
            staged: false,
        };
        assert_eq!(found, Ok(wanted), "{written}");
    }
}

#[test]
fn cells_that_are_no_text_are_read() {
    let context = DateContext::default();
    let moment = day("2023-12-31").and_hms_opt(0, 0, 0).unwrap();
    for value in [Value::DateTime(moment), Value::Number(45291.0)] {
        let found = read(&value, None, &context).unwrap();
        assert_eq!((found.due, found.raw), (Some(day("2023-12-31")), value.as_written()));
    }
    assert_eq!(
        read(&Value::Number(2022.1), None, &context),
        Err(DateFault::Ambiguous.into())
    );
    assert_eq!(
        read(&Value::Error("#REF!".to_owned()), None, &context),
        Err(DeadlineFault::Unreadable)
    );
}

#[test]
fn words_make_a_deadline_without_a_date() {
    use DeadlineKind::{Date, Immediate, OpenEnded, Unknown};
    let cases = [
        ("立行立改", Immediate, None, false),
        ("立即整改", Immediate, None, false),
        ("长期坚持", OpenEnded, None, true),
        ("持续推进", OpenEnded, None, true),
        ("立行立改，长期坚持", Immediate, None, true),
        ("立行立改、持续推进", Immediate, None, true),
        ("2023年底前完成，长期坚持", Date, Some("2023-12-31"), true),
        ("立行立改，2023年底前", Date, Some("2023-12-31"), false),
        ("2023年起长期坚持", OpenEnded, None, true),
        ("2023年6月起，长期坚持", OpenEnded, None, true),
        ("2022年12月—长期坚持", OpenEnded, None, true),
        ("2022年启动，2025年底前完成", Date, Some("2025-12-31"), false),
        ("待定", Unknown, None, false),
        ("另行确定", Unknown, None, false),
        ("长 期 坚 持", OpenEnded, None, true),
        ("每年底前，长期坚持", OpenEnded, None, true),
    ];
    for (written, kind, due, long_term) in cases {
        let found = read_in_2023(written).map(|found| (found.kind, found.due, found.long_term, found.staged));
        assert_eq!(found, Ok((kind, due.map(day), long_term, false)), "{written}");
    }
}

#[test]
fn of_several_dates_the_last_is_due() {
    let cases = [
        ("2022年底前完成A；2024年底前完成B", "2024-12-31"),
        ("2023年3月底前完成50%，6月底前全部完成", "2023-06-30"),
        ("2022-2025年", "2025-12-31"),
        ("2022年至2025年", "2025-12-31"),
        ("2021.12-2022.1", "2022-01-31"),
        ("2022年1月-2023年12月", "2023-12-31"),
        ("2022年3月-5月", "2022-05-31"),
        ("2022年6月30日前启动，2022年12月31日前完成", "2022-12-31"),
        ("今年6月底前启动，年底前完成", "2023-12-31"),
    ];
    for (written, due) in cases {
        let found = read_in_2023(written).map(|found| (found.kind, found.due));
        assert_eq!(found, Ok((DeadlineKind::Date, Some(day(due)))), "{written}");
    }
    assert!(read_in_2023("2022年底前完成A；2024年底前完成B").unwrap().staged);
    assert!(read_in_2023("2022年3月-5月").unwrap().staged);
    assert!(!read_in_2023("2023年底前完成A，2023年12月底前完成B").unwrap().staged);
}

#[test]
fn what_is_not_sure_has_its_own_fault() {
    use DateFault::{Ambiguous, Impossible, NoYear};
    let cases = [
        ("3月18日前", NoYear.into()),
        ("6月底前", NoYear.into()),
        ("12月底前完成A，2023年3月底前完成B", NoYear.into()),
        ("2023年12月底前A，3月底前B", NoYear.into()),
        ("23年底前", Ambiguous.into()),
        ("2023年6月初", Ambiguous.into()),
        ("2023年初", Ambiguous.into()),
        ("2023年中", Ambiguous.into()),
        ("2023年13月底前完成", Impossible.into()),
        ("2023年2月30日前", Impossible.into()),
        ("1999年底前", DateFault::OutsideWindow(day("1999-12-31")).into()),
        ("2023年第45周", DeadlineFault::Unreadable),
        ("2023年中央督察反馈", DeadlineFault::Unreadable),
        ("2023.6-9", DeadlineFault::Unreadable),
        ("3个月内", DeadlineFault::Unreadable),
        ("3年内", DeadlineFault::Unreadable),
        ("按方案推进", DeadlineFault::Unreadable),
        ("", DeadlineFault::Unreadable),
        ("十四五末", DeadlineFault::Unreadable),
        ("2023年工作计划", DeadlineFault::Unreadable),
        ("每年底前", DeadlineFault::Unreadable),
    ];
    for (written, fault) in cases {
        assert_eq!(read_in_2023(written), Err(fault), "{written}");
    }
    for written in ["今年底前", "年底前", "明年6月", "2022年底前A，年底前B"] {
        assert_eq!(
            read(&text(written), None, &DateContext::default()),
            Err(DeadlineFault::RelativeYear),
            "{written}"
        );
    }
}

proptest! {
    #[test]
    fn a_day_with_any_words_around_it_is_read_back(offset in 0_u64..7670, stars in "(完成时限：|截至|于)?") {
        let due = day("2015-01-01").checked_add_days(Days::new(offset)).unwrap();
        for form in ["%Y年%-m月%-d日前", "%Y.%-m.%-d前完成", "%Y-%m-%d", "%Y年%-m月%-d日前完成整改", "%Y/%m/%d"] {
            let written = format!("{stars}{}", due.format(form));
            prop_assert_eq!(read_in_2023(&written).map(|found| found.due), Ok(Some(due)), "{}", written);
        }
    }

    #[test]
    fn a_deadline_that_was_read_is_read_back_as_its_day_is_printed(sour in "[0-9]{4}年(底|内|上半年|[1-4]季度末|[1-9]月(底|下旬|[1-9]日)?)(前)?(完成|，长期坚持)?") {
        if let Ok(Some(due)) = read_in_2023(&sour).map(|found| found.due) {
            let printed = due.format("%Y年%-m月%-d日前").to_string();
            prop_assert_eq!(read_in_2023(&printed).map(|found| found.due), Ok(Some(due)), "{}", sour);
        }
    }

    #[test]
    fn no_cell_panics(written in any::<String>(), sour in "[0-9年月日底前.至今明上下半中旬季度第起每、-]{0,24}", year in proptest::option::of(any::<i32>())) {
        for value in [text(&written), text(&sour)] {
            let _ = read(&value, year, &DateContext::default());
        }
    }
}
