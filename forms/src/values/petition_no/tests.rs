use proptest::prelude::*;

use super::*;

fn read_any(text: &str) -> Result<PetitionNumber, PetitionNumberFault> {
    read(text, &NumberPatterns::default())
}

#[test]
fn a_form_that_the_inspection_lists_is_no_unusual_one() {
    let others = vec![NumberPatterns::pattern(r"QX-\d{4}-\d{3}").unwrap()];
    let patterns = NumberPatterns {
        others,
        ..NumberPatterns::default()
    };
    let listed = |text: &str| read(text, &patterns).map(|found| (found.number, found.listed, found.standard));
    assert_eq!(listed("qx-2026-001 *"), Ok(("QX-2026-001".to_owned(), true, false)));
    assert_eq!(
        listed("QX-2026-0011"),
        Ok(("QX-2026-0011".to_owned(), false, false)),
        "the whole number"
    );
    assert_eq!(
        listed("X2GZ202112070001"),
        Ok(("X2GZ202112070001".to_owned(), false, true))
    );
}

#[test]
fn a_standard_number_tells_channel_round_and_day() {
    let found = read_any("X3SX202506010011").unwrap();
    assert_eq!(
        (found.channel, found.round, found.standard, found.key_case),
        (Some("letter"), Some(3), true, false)
    );
    assert_eq!(found.received_on, NaiveDate::from_ymd_opt(2025, 6, 1));
    assert_eq!(read_any("D3SX202505280018").unwrap().channel, Some("phone"));
    assert_eq!(read_any("X2GZ202112070001").unwrap().round, Some(2));
}

#[test]
fn untidy_writings_are_the_same_number() {
    let plain = [
        "d3sx202505280018",
        "Ｄ３ＳＸ２０２５０５２８００１８",
        " D3SX 20250528 0018 ",
        "D3SX2O25O528OO18",
        "'D3SX202505280018",
        "D3SX\u{200B}202505280018",
        "D3SX20250528\n0018",
    ];
    let key = [
        "D3SX202505280018*",
        "*D3SX202505280018",
        "★D3SX202505280018",
        "D3SX202505280018（重点）",
        "D3SX202505280018＊",
        "【重点】D3SX202505280018",
        "D3SX202505280018重点件",
    ];
    for (written, is_key) in plain
        .iter()
        .map(|text| (text, false))
        .chain(key.iter().map(|text| (text, true)))
    {
        let found = read_any(written).unwrap();
        assert_eq!(
            (found.number.as_str(), found.standard, found.key_case),
            ("D3SX202505280018", true, is_key),
            "{written}"
        );
    }
    assert_eq!(read_any("D3G0202505280018").unwrap().number, "D3GO202505280018");
}

#[test]
fn other_tidy_numbers_are_kept_as_they_are() {
    for written in ["2017-089", "第12号", "A3SX202505280018", "QO1O", "受理1"] {
        let found = read_any(written).unwrap();
        assert_eq!(
            (found.number.as_str(), found.standard, found.received_on),
            (written, false, None),
            "{written}"
        );
    }
}

#[test]
fn the_province_is_checked_where_it_is_known() {
    let guizhou = NumberPatterns {
        others: Vec::new(),
        province_letters: Some("gz".to_owned()),
    };
    assert!(read("X2GZ202112070001", &guizhou).unwrap().standard);
    assert!(!read("X2SX202112070001", &guizhou).unwrap().standard);
}

#[test]
fn what_is_no_number_is_refused() {
    for written in ["", " ", "无", "/", "——"] {
        assert_eq!(read_any(written), Err(PetitionNumberFault::Empty), "{written:?}");
    }
    for written in [
        "来电",
        "*",
        "D3SX\u{FFFD}02505280018",
        "D3SX20250528001",
        "D3SX202513280018",
        "D3SX999905280018",
        "2.02506E+11",
        "1\u{0}2",
        "重点",
        &"1".repeat(65),
    ] {
        assert_eq!(read_any(written), Err(PetitionNumberFault::Malformed), "{written:?}");
    }
}

proptest! {
    #[test]
    fn a_number_is_read_through_widths_cases_blanks_and_stars(
        channel in "[DX]", round in 1_u8..=9, offset in 0_u64..7_000, serial in 0_u32..10_000, dressing in 0_usize..6,
    ) {
        let day = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap() + chrono::Days::new(offset);
        let number = format!("{channel}{round}GZ{}{serial:04}", day.format("%Y%m%d"));
        let wide: String = number.chars().map(|letter| char::from_u32(u32::from(letter) + 0xFEE0).unwrap()).collect();
        let written = [
            number.clone(),
            number.to_lowercase(),
            wide,
            format!("★{number}"),
            format!(" {} {} ", &number[..4], &number[4..]),
            format!("{number}（重点件）"),
        ];
        let found = read_any(&written[dressing]).unwrap();
        prop_assert_eq!((&found.number, found.received_on, found.standard), (&number, Some(day), true));
        prop_assert_eq!(read_any(&found.number).map(|again| again.number), Ok(number));
    }

    #[test]
    fn what_was_read_reads_as_itself(written in "\\PC{0,30}", sour in "[DXdx*★O0-9SGZ（）重点 ]{0,24}") {
        for text in [written, sour] {
            if let Ok(found) = read_any(&text) && let Ok(again) = read_any(&found.number) && found.standard {
                prop_assert_eq!(again, PetitionNumber { key_case: false, ..found });
            }
        }
    }
}
