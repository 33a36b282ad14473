//! Sheets that hold no ledger, and why.

use super::*;

#[test]
fn hidden_sheets_and_charts_are_not_read() {
    let header = row(1, &["受理编号", "举报内容", "属地", "是否属实"]);
    for (hidden, not_a_grid, reason) in [
        (true, false, NotALedgerReason::Hidden),
        (false, true, NotALedgerReason::NotAGrid),
    ] {
        let info = SheetInfo {
            hidden,
            not_a_grid,
            ..sheet(None)
        };
        let answer = SheetRecogniser::new(&PROFILES, &info).push(header.clone());
        assert_eq!(answer, Progress::NotALedger(NotALedger { reason: reason.clone() }));
        assert_eq!(
            SheetRecogniser::new(&PROFILES, &info).finish(),
            Err(NotALedger { reason })
        );
    }
}

#[test]
fn a_sheet_without_a_header_says_what_it_came_nearest_to() {
    let near = |kind, fields| NotALedgerReason::NoHeader {
        best: Some((kind, fields)),
    };
    let cases: [(&[&[&str]], NotALedgerReason); 8] = [
        (&[], NotALedgerReason::Empty),
        (&[&["  "], &["\n"]], NotALedgerReason::Empty),
        (
            &[&["甲", "乙", "丙"], &["1", "2", "4"]],
            NotALedgerReason::NoHeader { best: None },
        ),
        // Columns counted in brackets are no texts, so the summary has no complaint.
        (
            &[&[
                "行政区域",
                "交办问题（件）",
                "已办结（件）",
                "责令整改（家）",
                "罚款（万元）",
                "问责（人）",
            ]],
            near(LedgerKind::Petitions, 4),
        ),
        // 序号 alone numbers no tasks: this is a list of addresses.
        (
            &[&["序号", "行政区域", "责任单位", "联系人", "备注"]],
            near(LedgerKind::Accountabilities, 3),
        ),
        (
            &[&["编号", "行政区域", "责任单位", "联系人", "备注"]],
            near(LedgerKind::Accountabilities, 4),
        ),
        (
            &[&["污染类型", "是否属实", "办结状态"], &["水", "属实", "已办结"]],
            near(LedgerKind::Petitions, 3),
        ),
        (
            &[
                &["填报说明"],
                &["受理编号", "填督察组交办的编号"],
                &["是否属实", "属实或不属实"],
            ],
            NotALedgerReason::Explanatory,
        ),
    ];
    for (lines, wanted) in cases {
        assert_eq!(reason(&grid(lines)), wanted, "{lines:?}");
    }
}

#[test]
fn a_header_that_fits_two_kinds_is_refused_and_not_guessed() {
    let lines: [&[&str]; 2] = [&["台账"], &["编号", "问题描述", "行政区域", "责任单位", "备注"]];
    let kinds = vec![LedgerKind::Petitions, LedgerKind::Tasks];
    assert_eq!(
        reason(&grid(&lines)),
        NotALedgerReason::TwoKinds { header_row: 2, kinds }
    );
}

#[test]
fn a_header_below_the_first_thirty_rows_is_not_looked_for() {
    let mut rows: Vec<Row> = (1..=30).map(|number| row(number, &["甲", "乙", "丙"])).collect();
    rows.push(row(31, &["受理编号", "举报内容", "属地", "是否属实"]));
    assert_eq!(reason(&rows), NotALedgerReason::NoHeader { best: None });
}

#[test]
fn a_sheet_that_calls_itself_an_explanation_is_one_unless_it_has_a_header() {
    let info = SheetInfo {
        name: "填报说明".to_owned(),
        ..sheet(None)
    };
    let notes = grid(&[&["一、", "受理编号", "必填"], &["二、", "是否属实", "必填"]]);
    let refusal = recognise(&notes, &info).expect_err("a ledger");
    assert_eq!(refusal.reason, NotALedgerReason::Explanatory);
    assert!(recognise(&grid(&[&["受理编号", "举报内容", "属地", "是否属实"]]), &info).is_ok());
}

#[test]
fn two_columns_of_a_ledger_are_too_few_and_no_explanation() {
    let best = Some((LedgerKind::Petitions, 2));
    assert_eq!(
        reason(&grid(&[&["受理编号", "举报内容"]])),
        NotALedgerReason::NoHeader { best }
    );
}
