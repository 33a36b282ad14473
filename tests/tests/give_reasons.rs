//! A county says over the one port why its warnings stand, and is not asked again until the cell changes.

use ducha::v1;
use ducha_tests::ledger::{HEADER, Ledgers, good};
use ducha_tests::upload::metadata;
use ducha_tests::worker::Worker;
use ducha_tests::{TestApp, on_both};
use tonic::{Code, Status};
use tonic_types::StatusExt;

/// A number of an unusual form: a warning on its cell.
const UNUSUAL: &str = "GZXF20211215031";
const REASON: &str = "举报件为旧系统编号，交办单如此。";
const PASTED: &str = "企业已按要求完成整改并通过验收，周边群众对整改结果表示满意，问题已经解决。";

fn bytes(ledgers: &Ledgers, rows: &[[&str; 7]]) -> Vec<u8> {
    std::fs::read(ledgers.petitions("台账.xlsx", rows)).unwrap()
}

fn with(mode: v1::ImportMode) -> v1::UploadMetadata {
    v1::UploadMetadata {
        mode: mode.into(),
        ..metadata("台账.xlsx")
    }
}

async fn findings(app: &TestApp, import: &str) -> Vec<v1::Finding> {
    let request = v1::ListFindingsRequest {
        import_id: import.to_owned(),
        ..Default::default()
    };
    app.ledgers()
        .list_findings(request)
        .await
        .unwrap()
        .into_inner()
        .findings
}

/// Rule, row and reason of each warning that has one.
async fn reasoned(app: &TestApp, import: &str) -> Vec<(String, u32, String)> {
    let all = findings(app, import).await.into_iter();
    let reasoned = all.filter(|finding| !finding.reason.is_empty());
    reasoned
        .map(|finding| (finding.rule.clone(), finding.row(), finding.reason.clone()))
        .collect()
}

async fn give(app: &TestApp, import: &str, reasons: Vec<v1::GivenReason>) -> Result<Vec<v1::Finding>, Status> {
    let request = v1::GiveReasonsRequest {
        import_id: import.to_owned(),
        reasons,
    };
    Ok(app.ledgers().give_reasons(request).await?.into_inner().findings)
}

fn at_row(row: u32, rule: &str) -> v1::GivenReason {
    v1::GivenReason {
        sheet: "Sheet1".into(),
        row,
        rule: rule.into(),
        reason: REASON.into(),
        ..Default::default()
    }
}

fn told(rule: &str, row: u32) -> Vec<(String, u32, String)> {
    vec![(rule.to_owned(), row, REASON.to_owned())]
}

fn reason(status: &Status) -> (Code, String) {
    (status.code(), status.get_details_error_info().unwrap().reason)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_shown_carried_on_and_lapses_with_its_cell() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        let first = app
            .handed_in(
                with(v1::ImportMode::Apply),
                &bytes(&ledgers, &[good(UNUSUAL, "南明区")]),
            )
            .await;
        let (_, before) = app.download(&first.id, v1::LedgerFile::Marked).await.unwrap();
        let warning = findings(&app, &first.id)
            .await
            .into_iter()
            .find(|finding| finding.rule == "C021")
            .unwrap();
        let by_id = v1::GivenReason {
            finding_id: warning.id,
            reason: format!(" {REASON} "),
            ..Default::default()
        };
        let given = give(&app, &first.id, vec![by_id]).await.unwrap();
        assert_eq!((given.len(), given[0].reason.as_str()), (1, REASON));
        assert_eq!(reasoned(&app, &first.id).await, told("C021", 2));
        let settled = app.watched(&first.id).await;
        assert_eq!(settled.state(), v1::ImportState::Applied);
        let (_, marked) = app.download(&first.id, v1::LedgerFile::Marked).await.unwrap();
        assert_ne!(marked, before, "the marked copy is made again, with the reason");

        let mut other = good(UNUSUAL, "南明区");
        other[5] = "已关停取缔。";
        let second = app
            .handed_in(with(v1::ImportMode::Apply), &bytes(&ledgers, &[other]))
            .await;
        assert_eq!(
            reasoned(&app, &second.id).await,
            told("C021", 2),
            "the next ledger is not asked again"
        );
        other[0] = "gzxf20211215031";
        let third = app
            .handed_in(with(v1::ImportMode::Apply), &bytes(&ledgers, &[other]))
            .await;
        assert_eq!(reasoned(&app, &third.id).await, [], "it was not given for this");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_given_after_a_check_or_for_a_rule_across_rows_holds_for_the_ledger_that_is_applied() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        let rows = |text: &'static str| {
            ["X2GZ202112070001", "X2GZ202112070002", "X2GZ202112070003"].map(|number| {
                let mut row = good(number, "南明区");
                row[5] = text;
                row
            })
        };
        for mode in [v1::ImportMode::Check, v1::ImportMode::Apply] {
            let import = app.handed_in(with(mode), &bytes(&ledgers, &rows(PASTED))).await;
            assert_eq!(give(&app, &import.id, vec![at_row(3, "")]).await.unwrap().len(), 1);
            let mut next = rows(PASTED);
            next[0][4] = if mode == v1::ImportMode::Check {
                "部分属实"
            } else {
                "基本属实"
            };
            let next = app
                .handed_in(with(v1::ImportMode::Apply), &bytes(&ledgers, &next))
                .await;
            assert_eq!(reasoned(&app, &next.id).await, told("X002", 3), "{mode:?}");
            let other = rows("企业已按要求完成整改并通过验收，周边群众对整改结果表示满意，问题已经全部解决。");
            let lapsed = app
                .handed_in(with(v1::ImportMode::Apply), &bytes(&ledgers, &other))
                .await;
            assert_eq!(reasoned(&app, &lapsed.id).await, [], "{mode:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_goes_with_the_import_that_it_was_given_for() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        let sent = bytes(&ledgers, &[good(UNUSUAL, "南明区")]);
        let import = app.handed_in(with(v1::ImportMode::Apply), &sent).await;
        give(&app, &import.id, vec![at_row(2, "C021")]).await.unwrap();
        app.watched(&import.id).await;
        let undo = v1::UndoImportRequest {
            import_id: import.id,
            ..Default::default()
        };
        app.ledgers().undo_import(undo).await.unwrap();
        let again = app.handed_in(with(v1::ImportMode::Apply), &sent).await;
        assert_eq!(reasoned(&app, &again.id).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_warnings_take_reasons_and_all_are_taken_or_none() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        let mut bad = good("X2GZ202112060002", "南明区");
        bad[4] = "也许属实";
        let rows = [HEADER.to_vec(), good(UNUSUAL, "南明区").to_vec(), bad.to_vec()];
        let sent = std::fs::read(ledgers.sheet("台账.xlsx", &rows)).unwrap();
        let import = app.handed_in(with(v1::ImportMode::Apply), &sent).await.id;
        let good_one = || at_row(2, "C021");
        let refused = give(&app, &import, vec![good_one(), at_row(3, "")]).await.unwrap_err();
        assert_eq!(
            reason(&refused),
            (Code::InvalidArgument, "FINDING_TAKES_NO_REASON".into())
        );
        assert_eq!(
            refused.get_details_error_info().unwrap().metadata["field"],
            "reasons[1]"
        );
        let unknown = v1::GivenReason {
            finding_id: "987654321".into(),
            ..at_row(0, "")
        };
        let long = v1::GivenReason {
            reason: "长".repeat(501),
            ..good_one()
        };
        let blank = v1::GivenReason {
            reason: " ".into(),
            ..good_one()
        };
        for wrong in [unknown, at_row(9, ""), at_row(2, "C999"), at_row(0, ""), long, blank] {
            let refused = give(&app, &import, vec![good_one(), wrong]).await.unwrap_err();
            assert_eq!(
                reason(&refused),
                (Code::InvalidArgument, "FIELD_INVALID".into()),
                "{refused:?}"
            );
        }
        assert_eq!(
            reason(&give(&app, &import, Vec::new()).await.unwrap_err()).1,
            "FIELD_INVALID"
        );
        assert_eq!(reasoned(&app, &import).await, []);
        assert_eq!(give(&app, &import, vec![good_one()]).await.unwrap().len(), 1);
    })
    .await;
}
