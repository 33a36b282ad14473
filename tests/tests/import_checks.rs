//! Whose a row is, what stands twice, and what the stored records know.

use ducha_tests::ledger::{self, HEADER, Ledgers, good};
use ducha_tests::{Backend, TestDatabase};

fn fault(rule: &str, cell: &str) -> (String, String) {
    (rule.to_owned(), cell.to_owned())
}

#[test]
fn the_division_of_a_file_is_the_flag_else_its_names_code_else_its_folders() {
    let ledgers = Ledgers::new();
    let rows = [good("X2GZ202112070001", "南明区"), good("X2GZ202112070002", "云岩区")];
    std::fs::create_dir(ledgers.path().join("520102")).unwrap();
    for (name, arguments, refused) in [
        ("520102-台账.xlsx", &[][..], "C3"),
        ("520102/台账.xlsx", &[], "C3"),
        ("台账.xlsx", &["--division", "520102"], "C3"),
        ("520102-台账.xlsx", &["--division", "520103"], "C2"),
    ] {
        let path = ledgers.petitions(name, &rows);
        // A folder is given, since a file that is named alone has no folder to say whose it is.
        let told = ledger::check(arguments, if name.contains('/') { ledgers.path() } else { &path });
        assert_eq!(told.faults(), [fault("C019", refused)], "{name} {arguments:?}");
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_row_without_a_division_is_refused_where_the_file_does_not_say_whose_it_is() {
    let ledgers = Ledgers::new();
    let path = ledgers.petitions(
        "台账.xlsx",
        &[good("X2GZ202112070001", ""), good("X2GZ202112070002", "南明区")],
    );
    let told = ledger::check(&[], &path);
    assert_eq!(told.faults(), [fault("C001", "C2")]);
    assert_eq!(
        (&told.files[0]["accepted"], &told.files[0]["refused"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn a_number_twice_in_a_file_refuses_all_its_rows_and_no_other() {
    let ledgers = Ledgers::new();
    let rows = [
        good("X2GZ202112070001", "南明区"),
        good("X2GZ202112070002", "南明区"),
        good("x2gz２02112070001*", "南明区"),
    ];
    ledgers.petitions("520102-台账.xlsx", &rows);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let told = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(told.faults(), [fault("X001", "A2"), fault("X001", "A4")]);
        assert_eq!(
            (&told.files[0]["inserted"], &told.files[0]["refused"]),
            (&1.into(), &2.into())
        );
        assert!(
            told.findings[0]["message_zh"].as_str().unwrap().contains("行号：2、4"),
            "{}",
            told.findings[0]
        );
    }
}

#[test]
fn one_petition_of_two_divisions_is_concluded_only_when_both_parts_are() {
    let ledgers = Ledgers::new();
    ledgers.petitions("520102-台账.xlsx", &[good("X2GZ202112070001", "南明区、云岩区")]);
    let mut open = good("X2GZ202112070001", "云岩区");
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let conclusion = || {
            let petition = ducha_records::petitions::get(
                &mut database.open(),
                &ducha_records::Reach::All,
                "gz-2021",
                "X2GZ202112070001",
            )
            .unwrap();
            petition.unwrap().petition.conclusion
        };
        ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(conclusion(), 0, "云岩区 has not reported");
        for (state, derived) in [("未办结", 0), ("阶段性办结", 1), ("已办结", 2)] {
            open[6] = state;
            let path = ledgers.petitions("520103-台账.xlsx", &[open]);
            assert_eq!(ledger::import(&database.url(), &[], &path).said.status, Some(0));
            assert_eq!(conclusion(), derived, "{state}");
        }
        std::fs::remove_file(ledgers.path().join("520103-台账.xlsx")).unwrap();
    }
}

#[test]
fn with_a_provincial_list_an_unknown_number_and_a_part_nobody_assigned_are_refused() {
    let ledgers = Ledgers::new();
    let list = [
        ["受理编号", "交办问题基本情况", "行政区域", "污染类型"],
        ["X2GZ202112070001", "养殖场排污。", "南明区", "水"],
        ["X2GZ202112070002", "夜间施工噪声。", "云岩区", "噪声"],
    ];
    ledgers.sheet("520000-交办清单.xlsx", &list);
    let numbers = ["X2GZ202112070001", "X2GZ202112070002", "X2GZ202112070003"];
    ledgers.petitions("520102-台账.xlsx", &numbers.map(|number| good(number, "南明区")));
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let told = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(told.faults(), [fault("D002", "A3"), fault("D001", "A4")]);
        let stored = ducha_records::petitions::get(
            &mut database.open(),
            &ducha_records::Reach::All,
            "gz-2021",
            "X2GZ202112070001",
        )
        .unwrap()
        .unwrap();
        assert_eq!(
            stored.petition.wording.complaint, "养殖场排污。",
            "the list owns the wording"
        );
    }
}

#[test]
fn an_older_ledger_that_comes_late_changes_nothing_and_goes_into_the_history_once() {
    let ledgers = Ledgers::new();
    let dated = |name: &str, date: &str, state: &str| {
        let mut row = good("X2GZ202112070001", "南明区").map(str::to_owned).to_vec();
        state.clone_into(&mut row[6]);
        let header = HEADER.map(str::to_owned).to_vec();
        ledgers.sheet(name, &[vec![format!("填报日期：{date}")], header, row])
    };
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let newer = dated("520102-五月.xlsx", "2022年5月31日", "已办结");
        ledger::import(&database.url(), &[], &newer);
        let older = dated("520102-四月.xlsx", "2022年4月30日", "未办结");
        for _ in 0..2 {
            let told = ledger::import(&database.url(), &[], &older);
            assert_eq!(told.findings[0]["rule"], "D003");
            assert_eq!(
                (&told.files[0]["unchanged"], &told.files[0]["updated"]),
                (&1.into(), &0.into())
            );
        }
        let stored = ducha_records::petitions::get(
            &mut database.open(),
            &ducha_records::Reach::All,
            "gz-2021",
            "X2GZ202112070001",
        )
        .unwrap()
        .unwrap();
        assert_eq!(stored.petition.conclusion, 2);
        let inspection = ducha_records::inspections::get(&mut database.open(), "gz-2021")
            .unwrap()
            .unwrap();
        assert_eq!(inspection.last_sequence, 2, "created, and late once");
        std::fs::remove_file(newer).unwrap();
        std::fs::remove_file(older).unwrap();
    }
}
