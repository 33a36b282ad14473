//! Headers of several rows.

use super::*;

const TWO_ROWS: [&[&str]; 4] = [
    &["群众信访举报转办和边督边改情况一览表（第二十六批）"],
    &[
        "序号",
        "受理编号",
        "举报内容",
        "是否属实",
        "处罚情况",
        "",
        "",
        "污染类型",
        "",
        "备注",
    ],
    &["", "", "", "", "责令整改（家）", "罚款", "情况", "水", "大气"],
    &["1", "X2GZ202112070001", "噪声", "属实", "1", "2.5", "已罚", "√", "", ""],
];

#[test]
fn a_header_of_two_rows_joins_parent_and_child_with_merges_and_without() {
    let singles = [0, 1, 2, 3, 9].map(|column| merge(2, column, 3, column));
    let merges = [
        vec![merge(1, 0, 1, 9), merge(2, 4, 2, 6), merge(2, 7, 2, 8)],
        singles.into(),
    ]
    .concat();
    for merges in [Some(merges), Some(vec![]), None] {
        let (layout, rows) = found(&grid(&TWO_ROWS), merges.clone());
        assert_eq!(layout.header_rows, 2..=3, "{merges:?}");
        assert_eq!(
            fields(&layout),
            [
                "seq",
                "number",
                "complaint",
                "substantiated",
                "ordered",
                "fine_fen",
                "remarks"
            ]
        );
        assert_eq!(layout.columns[4].header, "处罚情况/责令整改（家）");
        assert_eq!(layout.columns[4].unit_hint.as_deref(), Some("家"));
        let unknown: Vec<_> = layout.unknown.iter().map(|column| column.header.as_str()).collect();
        assert_eq!(unknown, ["处罚情况/情况", "污染类型/水", "污染类型/大气"]);
        assert_eq!(layout.preamble.batch_text.as_deref(), Some("第二十六批"));
        assert_eq!(rows.len(), 1);
    }
}

#[test]
fn parent_and_child_together_name_what_the_child_alone_does_not() {
    let lines: [&[&str]; 3] = [
        &["受理编号", "举报内容", "属地", "问责", "", "罚款", ""],
        &["", "", "", "人数", "情况", "金额（万元）", "备注"],
        &["X2GZ202112070001", "噪声", "南明区", "1", "通报", "2.5"],
    ];
    let (layout, _) = found(&grid(&lines), None);
    assert_eq!(
        fields(&layout),
        [
            "number",
            "complaint",
            "division",
            "accountable",
            "accountability",
            "fine_fen",
            "remarks"
        ]
    );
    assert_eq!(layout.columns[3].unit_hint.as_deref(), Some("人"));
}

#[test]
fn a_row_of_units_or_of_column_numbers_belongs_to_the_header() {
    let lines: [&[&str]; 5] = [
        &["受理编号", "举报内容", "属地", "责令整改", "罚款金额"],
        &["", "", "", "（家）", "（万元）"],
        &["（1）", "（2）", "（3）", "（4）", "（5）"],
        &["X2GZ202112070001", "噪声", "南明区", "1", "5"],
        &["X2GZ202112070002", "噪声", "南明区", "1", "5"],
    ];
    let (layout, rows) = found(&grid(&lines), Some(vec![]));
    assert_eq!((layout.header_rows.clone(), rows.len()), (1..=3, 2));
    assert_eq!(layout.columns[4].unit_hint.as_deref(), Some("万元"));
    assert_eq!(layout.columns[4].header, "罚款金额（万元）");
}

#[test]
fn a_header_merged_over_two_columns_does_not_swallow_the_first_row_of_data() {
    let lines: [&[&str]; 2] = [
        &["受理编号", "举报内容", "责任单位", "", "是否属实"],
        &["X2GZ202112070001", "噪声", "环境局", "水务局", "属实"],
    ];
    let (layout, rows) = found(&grid(&lines), Some(vec![merge(1, 2, 1, 3)]));
    assert_eq!((layout.header_rows.clone(), rows.len()), (1..=1, 1));
    assert_eq!(fields(&layout), ["number", "complaint", "units", "substantiated"]);
}

#[test]
fn lines_of_a_form_above_the_header_are_no_parents() {
    let lines: [&[&str]; 4] = [
        &["信访举报一览表（第一、二批）"],
        &["填报单位（盖章）：息烽县", "", "", "单位：万元", ""],
        &["受理编号", "举报内容", "属地", "是否属实", "罚款金额"],
        &["X2GZ202112070001", "噪声", "息烽县", "属实", "2.5"],
    ];
    let merged = vec![merge(1, 0, 1, 4), merge(2, 0, 2, 2), merge(2, 3, 2, 4)];
    for merges in [Some(merged), None] {
        let (layout, rows) = found(&grid(&lines), merges);
        assert_eq!((layout.header_rows.clone(), rows.len()), (3..=3, 1));
        assert_eq!(layout.columns[4].header, "罚款金额");
        assert_eq!(layout.columns[4].unit_hint.as_deref(), Some("万元"));
        assert_eq!(layout.preamble.batch_text.as_deref(), Some("第一、二批"));
        assert_eq!(layout.preamble.filled_by.as_deref(), Some("息烽县"));
    }
}

#[test]
fn a_header_of_three_rows_is_joined_to_the_bottom() {
    let lines: [&[&str]; 4] = [
        &["受理编号", "举报内容", "属地", "边督边改", "", "", ""],
        &["", "", "", "行政处罚", "", "拘留", ""],
        &[
            "",
            "",
            "",
            "责令整改（家）",
            "罚款（万元）",
            "行政拘留（人）",
            "刑事拘留（人）",
        ],
        &["X2GZ202112070001", "噪声", "息烽县", "1", "2.5", "0", "0"],
    ];
    let vertical = [0, 1, 2].map(|column| merge(1, column, 3, column));
    let merged = [
        vertical.to_vec(),
        vec![merge(1, 3, 1, 6), merge(2, 3, 2, 4), merge(2, 5, 2, 6)],
    ]
    .concat();
    for merges in [Some(merged), None] {
        let (layout, _) = found(&grid(&lines), merges);
        assert_eq!(layout.header_rows, 1..=3);
        assert_eq!(
            fields(&layout),
            [
                "number",
                "complaint",
                "division",
                "ordered",
                "fine_fen",
                "admin_detained",
                "criminal_detained"
            ]
        );
        assert_eq!(layout.columns[5].header, "边督边改/拘留/行政拘留（人）");
    }
}
