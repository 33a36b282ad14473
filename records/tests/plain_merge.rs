//! What becomes of the rows of the plain kinds, which all go over one rail.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::accountability::{self, IssueContent, IssueFilter};
use ducha_records::alerts::{self, AlertFilter};
use ducha_records::codes::{ImportState, PlainKind};
use ducha_records::indicators::{self, IndicatorContent, IndicatorFilter};
use ducha_records::plain::{After, Recorded};
use ducha_records::{Db, importing, rules};
use serde_json::json;
use support::ledger::*;
use support::on_both;
use support::plain::{self, indicator};

fn stored(db: &mut Db) -> Vec<Recorded<IndicatorContent>> {
    indicators::list(
        db,
        &ducha_records::Reach::All,
        ROUND,
        &IndicatorFilter::default(),
        &After::default(),
        100,
    )
    .unwrap()
    .rows
}

fn stored_issues(db: &mut Db) -> Vec<Recorded<IssueContent>> {
    accountability::list_issues(
        db,
        &ducha_records::Reach::All,
        ROUND,
        &IssueFilter::default(),
        &After::default(),
        100,
    )
    .unwrap()
    .rows
}

fn codes(findings: &[ducha_records::findings::NewFinding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.rule.as_str()).collect()
}

#[test]
fn a_new_row_makes_a_record_and_the_same_again_changes_nothing() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = [
            indicator("历史遗留矿山修复", "个", 821),
            indicator("矿山修复面积", "公顷", 1466),
        ];
        let file = || File::of("2022-05-31").plain(plain::indicators(NANMING, &rows));
        let first = file().import(db);
        assert_eq!(first.rows, counts(2, 0, 0, 0));
        assert_eq!(
            (first.import.state, first.import.rows_read),
            (ImportState::Applied.code(), 2)
        );
        let kept = stored(db);
        let mut contents: Vec<_> = kept.iter().map(|row| row.content.clone()).collect();
        contents.sort_by_key(|content| content.unit.clone());
        assert_eq!(contents, rows);
        assert_eq!((kept[0].version, kept[0].reported_on), (1, day("2022-05-31")));
        assert_eq!(kept[0].import_id, first.import.id);

        assert_eq!(file().import(db).rows, counts(0, 0, 2, 0));
        let history = revisions(db);
        let told: Vec<_> = history
            .iter()
            .map(|revision| (revision.kind, revision.sequence, revision.change))
            .collect();
        let kind = PlainKind::Indicator.code();
        assert_eq!(told, [(kind, 1, 1), (kind, 2, 1)]);
    });
}

#[test]
fn a_changed_row_updates_its_record_and_leaves_the_old_value_in_the_history() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-05-31")
            .plain(plain::indicators(NANMING, &[indicator("矿山", "个", 10)]))
            .import(db);
        let file = File::of("2022-06-30").plain(plain::indicators(NANMING, &[indicator("矿山", "个", 12)]));
        let (committed, findings) = file.import_with_findings(db);
        assert_eq!(committed.rows, counts(0, 1, 0, 0));
        assert!(findings.is_empty());
        let kept = stored(db);
        assert_eq!(
            (kept.len(), kept[0].content.done_millionths, kept[0].version),
            (1, Some(12_000_000), 2)
        );
        let delta = revisions(db)[1].delta();
        assert_eq!(delta.0, json!({"done_millionths": 10_000_000, "done_text": "10"}));
        assert_eq!(delta.1, json!({"done_millionths": 12_000_000, "done_text": "12"}));
    });
}

#[test]
fn an_older_ledger_goes_into_the_history_only_and_only_once() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-06-30")
            .plain(plain::indicators(NANMING, &[indicator("矿山", "个", 12)]))
            .import(db);
        let older = || File::of("2022-05-31").plain(plain::indicators(NANMING, &[indicator("矿山", "个", 10)]));
        let (first, findings) = older().import_with_findings(db);
        assert_eq!(first.rows, counts(0, 0, 1, 0));
        assert_eq!(codes(&findings), [rules::OLDER_THAN_STORED.code]);
        older().same_bytes_as(&first).import(db);
        assert_eq!(stored(db)[0].content.done_millionths, Some(12_000_000));
        let changes: Vec<_> = revisions(db).iter().map(|revision| revision.change).collect();
        assert_eq!(changes, [1, 3]);
        // Said again in July, it is as young as July: what June corrects comes too late.
        File::of("2022-07-31")
            .plain(plain::indicators(NANMING, &[indicator("矿山", "个", 12)]))
            .import(db);
        let late = File::of("2022-07-01").plain(plain::indicators(NANMING, &[indicator("矿山", "个", 11)]));
        assert_eq!(late.import(db).rows, counts(0, 0, 1, 0));
    });
}

#[test]
fn the_first_ledger_fixes_the_unit_of_a_name_for_all_divisions() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-05-31")
            .plain(plain::indicators(NANMING, &[indicator("修复面积", "公顷", 10)]))
            .import(db);
        let rows = [indicator("修复面积", "亩", 150), indicator("管网", "公里", 3)];
        let (committed, findings) = File::of("2022-05-31")
            .plain(plain::indicators(YUNYAN, &rows))
            .import_with_findings(db);
        assert_eq!(committed.rows, counts(1, 0, 0, 1));
        assert_eq!(committed.import.state, ImportState::AppliedInPart.code());
        assert_eq!(codes(&findings), [rules::UNIT_CHANGED.code]);
        assert_eq!(
            (findings[0].value.as_str(), findings[0].suggestion.as_str()),
            ("亩", "公顷")
        );
        assert_eq!(stored(db).len(), 2);
        // Another inspection has units of its own.
        inspect(db, "gz-2024");
        let other = File::of("2024-05-31").inspection("gz-2024");
        assert_eq!(
            other.plain(plain::indicators(YUNYAN, &rows)).import(db).rows,
            counts(2, 0, 0, 0)
        );
    });
}

#[test]
fn a_cumulative_amount_that_goes_down_is_told_and_taken() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-05-31")
            .plain(plain::indicators(NANMING, &[indicator("矿山", "个", 12)]))
            .import(db);
        let file = File::of("2022-06-30").plain(plain::indicators(NANMING, &[indicator("矿山", "个", 11)]));
        let (committed, findings) = file.import_with_findings(db);
        assert_eq!(
            (committed.rows, codes(&findings)),
            (counts(0, 1, 0, 0), vec![rules::DONE_WENT_DOWN.code])
        );
        assert_eq!(findings[0].params, r#"{"after":"11","before":"12"}"#);
    });
}

#[test]
fn a_task_that_the_inspection_does_not_have_is_told_once_it_has_any() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let of = |task: &str| IndicatorContent {
            task: Some(task.to_owned()),
            ..indicator("矿山", "个", 12)
        };
        let file = || File::of("2022-05-31").plain(plain::indicators(NANMING, &[of("12"), of("13")]));
        assert!(file().import_with_findings(db).1.is_empty());
        // The file's own tasks count, since they go in first.
        let mut rows = plain::indicators(NANMING, &[of("0")]);
        rows.indicators.extend(
            plain::indicators(NANMING, &[of("0"), of("12"), of("13")])
                .indicators
                .split_off(1),
        );
        let with_task = File::of("2022-06-30").tasks([task("12", NANMING)]).plain(rows);
        let (_, findings) = with_task.import_with_findings(db);
        let told: Vec<_> = findings
            .iter()
            .map(|finding| (finding.rule.as_str(), finding.value.as_str()))
            .collect();
        assert_eq!(
            told,
            [(rules::TASK_UNKNOWN.code, "0"), (rules::TASK_UNKNOWN.code, "13")]
        );
    });
}

#[test]
fn a_row_taken_back_is_not_imported() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = [indicator("矿山", "个", 12), indicator("管网", "公里", 3)];
        let file = File::of("2022-05-31")
            .plain(plain::indicators(NANMING, &rows))
            .withdrawing([2]);
        assert_eq!(file.import(db).rows, counts(1, 0, 0, 1));
        assert_eq!(stored(db)[0].content.name, "矿山");
    });
}

#[test]
fn a_decision_makes_the_issue_it_names_until_the_province_lists_it() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let mut titled = plain::decision("乙局", Some("1"));
        titled.issue_title = Some("违规审批".to_owned());
        let rows = [
            plain::decision("甲局", Some("1")),
            titled,
            plain::decision("丙局", Some("2")),
        ];
        let committed = File::of("2022-05-31")
            .plain(plain::decisions(NANMING, &rows))
            .import(db);
        assert_eq!(committed.rows, counts(3, 0, 0, 0), "issues are no rows of the ledger");
        let titles = |db: &mut Db| -> Vec<(String, String, String)> {
            let rows = stored_issues(db).into_iter();
            rows.map(|row| (row.division, row.number, row.content.title)).collect()
        };
        let issue = |number: &str, title: &str| (PROVINCE.to_owned(), number.to_owned(), title.to_owned());
        assert_eq!(titles(db), [issue("1", "违规审批"), issue("2", "")]);

        let listed = File::register("2022-04-30").plain(plain::issues(&[("1", "违规审批采矿"), ("3", "监管缺位")]));
        assert_eq!(listed.import(db).rows, counts(2, 0, 0, 0));
        assert_eq!(
            titles(db),
            [issue("1", "违规审批采矿"), issue("2", ""), issue("3", "监管缺位")]
        );

        let mut again = plain::decision("丁局", Some("4"));
        again.reason = Some("失察".to_owned());
        let file = File::of("2022-06-30").plain(plain::decisions(YUNYAN, &[again, plain::decision("戊局", Some("3"))]));
        let (committed, findings) = file.import_with_findings(db);
        assert_eq!(committed.rows, counts(1, 0, 0, 1));
        assert_eq!(codes(&findings), [rules::ISSUE_UNLISTED.code]);
        assert_eq!(titles(db).len(), 3);
    });
}

#[test]
fn four_kinds_in_one_file_share_its_transaction_and_its_numbers() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let mut rows = plain::indicators(NANMING, &[indicator("矿山", "个", 12)]);
        rows.activities = plain::activities(NANMING, &[plain::meeting("整改调度会", "2022-04-01")]).activities;
        rows.alerts = plain::alerts(NANMING, &[plain::alert("一级电站", "2022-05-01")]).alerts;
        let file = File::of("2022-05-31")
            .petitions([petition("D1", NANMING)])
            .tasks([task("1", NANMING)])
            .plain(rows);
        let committed = file.import(db);
        assert_eq!((committed.rows, committed.revisions), (counts(5, 0, 0, 0), 5));
        let told: Vec<_> = revisions(db)
            .iter()
            .map(|revision| (revision.sequence, revision.kind))
            .collect();
        assert_eq!(told, [(1, 1), (2, 2), (3, 3), (4, 6), (5, 7)]);
        assert_eq!(
            ducha_records::search::index_pending(db, &mut |_| {}).unwrap(),
            2,
            "plain kinds are not searched"
        );
    });
}

#[test]
fn an_alert_that_is_opened_again_is_told() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let mut settled = plain::alert("一级电站", "2022-05-01");
        settled.settled_on = Some(day("2022-05-03"));
        File::of("2022-05-31")
            .plain(plain::alerts(NANMING, &[settled]))
            .import(db);
        let open = plain::alerts(NANMING, &[plain::alert("一级电站", "2022-05-01")]);
        let (committed, findings) = File::of("2022-06-30").plain(open).import_with_findings(db);
        assert_eq!(
            (committed.rows, codes(&findings)),
            (counts(0, 1, 0, 0), vec![rules::WENT_BACKWARDS.code])
        );
        let open = AlertFilter {
            open_as_of: Some(day("2022-06-30")),
            ..AlertFilter::default()
        };
        assert_eq!(
            alerts::list(db, &ducha_records::Reach::All, ROUND, &open, &After::default(), 10)
                .unwrap()
                .rows
                .len(),
            1
        );
    });
}

#[test]
fn a_ledger_that_is_read_beside_the_records_merges_plain_rows_as_any_other() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = plain::indicators(NANMING, &[indicator("矿山", "个", 12)]);
        File::of("2022-05-31")
            .petitions([petition("D1", NANMING)])
            .plain(rows.clone())
            .import(db);
        let mut import = File::of("2022-05-31").plain(rows.clone()).import(db).import;
        import.id = uuid::Uuid::now_v7().to_string();
        let mut stage = importing::Stage::open_beside(db, &import).unwrap();
        stage.plain(&rows).unwrap();
        let ledger = importing::Ledger {
            import,
            refused: 0,
            register: false,
            reported_on: day("2022-05-31"),
            at_utc: chrono::Utc::now().naive_utc(),
            places: importing::FieldPlaces::default(),
            forms: Vec::new(),
        };
        let committed = importing::commit(stage, ledger, &mut |_| ()).unwrap();
        assert_eq!(committed.rows, counts(0, 0, 1, 0));
    });
}
