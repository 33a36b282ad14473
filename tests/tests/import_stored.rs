//! Rows of the plain kinds against the stored records: the unit of an indicator, the tasks and issues there are.

use ducha_tests::ledger::{self, Ledgers};
use ducha_tests::{Backend, TestDatabase};

#[test]
fn what_only_the_stored_records_can_tell_is_found_in_its_cell() {
    let ledgers = Ledgers::new();
    let issues: &[&[&str]] = &[
        &["移交问题编号", "责任追究问题", "移交时间"],
        &["1", "违规审批采矿", "2022-03-18"],
    ];
    let tasks: &[&[&str]] = &[
        &["任务编号", "反馈问题", "行政区域", "整改时限"],
        &["1", "违规采矿", "南明区、云岩区", "2025年底前"],
    ];
    ledgers.book("520000-省级清单.xlsx", &[("移交问题清单", issues), ("任务清单", tasks)]);
    let hectares: &[&[&str]] = &[
        &["指标名称", "单位", "完成数", "对应任务"],
        &["矿山修复面积", "公顷", "1466", "1"],
    ];
    ledgers.book("520102-台账.xlsx", &[("指标", hectares)]);
    let acres: &[&[&str]] = &[
        &["指标名称", "单位", "完成数", "对应任务"],
        &["矿山修复面积", "亩", "150", "1"],
        &["矿山数", "个", "3", "7"],
    ];
    let decisions: &[&[&str]] = &[
        &["移交问题编号", "单位", "级别", "处理方式", "处理时间"],
        &["1", "甲局", "县处级", "通报", "2022-08-01"],
        &["9", "乙局", "县处级", "通报", "2022-08-01"],
    ];
    ledgers.book("520103-台账.xlsx", &[("指标", acres), ("责任追究", decisions)]);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let told = ledger::import(&database.url(), &[], ledgers.path());
        let fault = |rule: &str, cell: &str| (rule.to_owned(), cell.to_owned());
        assert_eq!(
            told.faults(),
            [fault("D101", "B2"), fault("D103", "D3"), fault("D111", "A3")]
        );
        let unit = told.findings.iter().find(|finding| finding["rule"] == "D101").unwrap();
        assert_eq!((&unit["value"], &unit["suggestion"]), (&"亩".into(), &"公顷".into()));
        let counts: Vec<_> = told
            .files
            .iter()
            .map(|file| (file["rows"].clone(), file["refused"].clone()))
            .collect();
        assert_eq!(
            counts,
            [(2.into(), 0.into()), (1.into(), 0.into()), (4.into(), 2.into())]
        );
    }
}
