//! Headers that must be found, whole.

use super::*;

#[test]
fn the_layout_of_thirty_five_columns_maps_completely() {
    let header = [
        ("原始排序编码", "seq"),
        ("受理编号", "number"),
        ("合并编号", "merged_into"),
        ("交办问题基本情况", "complaint"),
        ("行政区域", "division"),
        ("污染类型", "pollution_kinds"),
        ("督察期间调查核实情况", "investigation"),
        ("是否属实", "substantiated"),
        ("整改目标及整改措施", "measures"),
        ("督察期间处理情况", "handling"),
        ("最新整改情况", "latest_progress"),
        ("办结状态", "conclusion"),
        ("责令整改（家次）", "ordered"),
        ("立案处罚（家次）", "penalised"),
        ("罚款金额（万元）", "fine_fen"),
        ("立案侦查（件次）", "criminal_cases"),
        ("行政拘留（人次）", "admin_detained"),
        ("刑事拘留（人次）", "criminal_detained"),
        ("约谈（人次）", "interviewed"),
        ("问责（人次）", "accountable"),
        ("问责情况", "accountability"),
        ("是否重点件", "key_case"),
        ("挂钩省市县领导情况", "leaders"),
        ("牵头责任单位", "units"),
        ("联络人", "contact"),
        ("联系电话", "phone"),
        ("所属网格", "grid"),
        ("网格员", "grid_officer"),
        ("网格员手机号码", "grid_phone"),
        ("轮次", "round"),
        ("是否重复(件)", "duplicate"),
        ("重复关联件编号", "duplicate_of"),
        ("验收情况", "acceptance"),
        ("经度", "longitude"),
        ("纬度", "latitude"),
    ];
    let titles: Vec<&str> = header.iter().map(|(title, _)| *title).collect();
    let (layout, rows) = found(
        &grid(&[&["漳州市环保督察信访件汇总表"], &titles, &["1", "D3FJ1"]]),
        Some(vec![merge(1, 0, 1, 34)]),
    );
    assert_eq!(layout.kind, LedgerKind::Petitions);
    assert_eq!(layout.header_rows, 2..=2);
    let wanted: Vec<&str> = header.iter().map(|(_, field)| *field).collect();
    assert_eq!(fields(&layout), wanted);
    let columns: Vec<u32> = layout.columns.iter().map(|column| column.column).collect();
    assert_eq!(columns, (0..35).collect::<Vec<_>>());
    assert_eq!(
        (layout.unknown, layout.missing, layout.ambiguous),
        (vec![], vec![], vec![])
    );
    assert_eq!(layout.columns[14].unit_hint.as_deref(), Some("万元"));
    assert_eq!(layout.preamble.title.as_deref(), Some("漳州市环保督察信访件汇总表"));
    assert_eq!(rows.len(), 1);
}

#[test]
fn layouts_of_one_header_row_map_by_their_words_in_any_order() {
    let cases: [(LedgerKind, &[&str], &[&str]); 7] = [
        (
            LedgerKind::Petitions,
            &[
                "序号",
                "受理编号",
                "交办问题基本情况",
                "行政区域",
                "污染类型",
                "调查核实情况",
                "是否属实",
                "处理和整改情况",
                "是否办结",
                "责任人被处理情况",
                "办结时间",
                "备注",
            ],
            &[
                "seq",
                "number",
                "complaint",
                "division",
                "pollution_kinds",
                "investigation",
                "substantiated",
                "handling",
                "conclusion",
                "accountability",
                "concluded_on",
                "remarks",
            ],
        ),
        (
            LedgerKind::Petitions,
            &[
                "是否\n属实",
                "★受 理 编 号（必填）",
                "县（市、区）",
                "处理\r\n和整改情况*",
                "举报　内容",
                "罚款（万元）",
                "问责（人）",
                "问责情况",
            ],
            &[
                "substantiated",
                "number",
                "division",
                "handling",
                "complaint",
                "fine_fen",
                "accountable",
                "accountability",
            ],
        ),
        (
            // 编号 numbers the petitions, since nothing else does and 序号 numbers the lines.
            LedgerKind::Petitions,
            &["序号", "编号", "举报内容", "属地", "是否属实", "整改情况", "办结情况"],
            &[
                "seq",
                "number",
                "complaint",
                "division",
                "substantiated",
                "handling",
                "conclusion",
            ],
        ),
        (
            LedgerKind::Petitions,
            &[
                "序号",
                "受理编号",
                "举报内容",
                "是否属实",
                "处理情况",
                "整改情况",
                "市州",
                "县区",
            ],
            &[
                "seq",
                "number",
                "complaint",
                "substantiated",
                "handling",
                "latest_progress",
                "division",
            ],
        ),
        (
            LedgerKind::Tasks,
            &[
                "序号",
                "反馈问题",
                "整改目标",
                "整改措施",
                "责任单位",
                "整改时限",
                "整改进展情况",
                "是否完成",
                "备注",
            ],
            &[
                "number", "problem", "target", "measures", "units", "deadline", "progress", "status", "remarks",
            ],
        ),
        (
            LedgerKind::Tasks,
            &[
                "序号",
                "任务编号",
                "整改任务",
                "牵头单位",
                "配合单位",
                "责任单位",
                "完成时限",
                "完成情况",
                "销号情况",
            ],
            &[
                "seq",
                "number",
                "problem",
                "lead_unit",
                "units",
                "units",
                "deadline",
                "progress",
                "closure",
            ],
        ),
        (
            LedgerKind::Tasks,
            &[
                "问题编号",
                "问题描述",
                "问题来源",
                "督导单位",
                "验收单位",
                "完成情况",
                "整改进展",
                "销号时间/文号",
            ],
            &[
                "number",
                "problem",
                "source",
                "supervising_unit",
                "accepting_unit",
                "status",
                "progress",
                "closed_on",
            ],
        ),
    ];
    for (kind, header, wanted) in cases {
        let (layout, _) = found(&grid(&[header]), None);
        assert_eq!(layout.kind, kind, "{header:?}");
        assert_eq!(fields(&layout), wanted, "{header:?}");
        assert_eq!(layout.ambiguous, [], "{header:?}");
    }
}

#[test]
fn the_task_export_of_eighteen_columns_maps_all_but_what_it_has_no_field_for() {
    let header = [
        "创建时间",
        "归类",
        "项目",
        "行政区划",
        "所属城市",
        "问题简述",
        "整改时限",
        "任务具体整改要求",
        "目前进展情况及存在问题",
        "责任人",
        "责任人电话",
        "责任部门",
        "责任单位",
        "涉及部门",
        "涉及人员",
        "牵头人",
        "牵头单位",
        "配合单位",
    ];
    let (layout, _) = found(&grid(&[&["漳州市环保督察整改汇总表"], &header]), None);
    assert_eq!(layout.kind, LedgerKind::Tasks);
    assert_eq!(
        fields(&layout),
        [
            "theme",
            "topic",
            "division",
            "problem",
            "deadline",
            "measures",
            "progress",
            "responsible",
            "responsible",
            "units",
            "units",
            "units",
            "responsible",
            "responsible",
            "lead_unit",
            "units",
        ]
    );
    let unknown: Vec<_> = layout.unknown.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(unknown, ["创建时间", "所属城市"]);
    assert_eq!(layout.missing, ["number", "status"]);
    assert_eq!(layout.ambiguous, []);
}

#[test]
fn the_unit_of_the_sheet_is_a_hint_for_money_only() {
    let header: &[&str] = &["受理编号", "举报内容", "属地", "责令整改", "罚款金额"];
    for (line, hint) in [
        ("单位：万元", Some("万元")),
        ("（单位：件、家、万元）", Some("万元")),
        ("单位：环境局", None),
    ] {
        let (layout, _) = found(&grid(&[&["一览表"], &[line], header]), None);
        assert_eq!(layout.columns[4].unit_hint.as_deref(), hint, "{line}");
        assert_eq!(layout.columns[3].unit_hint, None, "{line}");
    }
}

#[test]
fn two_columns_for_one_field_are_both_left_out() {
    let (layout, _) = found(
        &grid(&[&["受理编号", "举报内容", "反映问题", "属地", "是否属实", "办结时间"]]),
        None,
    );
    assert_eq!(fields(&layout), ["number", "division", "substantiated", "concluded_on"]);
    let columns = vec![(1, "举报内容".to_owned()), (2, "反映问题".to_owned())];
    assert_eq!(
        layout.ambiguous,
        [AmbiguousColumn {
            field: "complaint".to_owned(),
            columns
        }]
    );
    assert_eq!(layout.missing, ["conclusion"]);
}

#[test]
fn an_unknown_header_is_kept_with_the_nearest_known_one() {
    let (layout, _) = found(&grid(&[&["受理编号", "举报内容", "属地", "是否属时", "天气"]]), None);
    let unknown: Vec<_> = layout
        .unknown
        .iter()
        .map(|column| (column.column, column.nearest.as_deref()))
        .collect();
    assert_eq!(unknown, [(3, Some("是否属实")), (4, None)]);
}

#[test]
fn titles_and_data_with_known_words_are_no_header() {
    let lines: [&[&str]; 6] = [
        &["受理编号 举报内容 是否属实 一览表"],
        &["整改措施", "责任单位：环境局"],
        &["序号", "受理编号", "举报内容", "属地", "是否属实", "处理情况", "备注"],
        &[
            "1",
            "X2GZ202112070001",
            "举报内容",
            "行政区域",
            "属实",
            "整改措施",
            "备注",
        ],
        &["2", "X2GZ202112070002", "受理编号", "问责", "不属实", "约谈", "说明"],
        &["序号", "受理编号", "举报内容", "属地", "是否属实", "处理情况", "备注"],
    ];
    let (layout, rows) = found(&grid(&lines), None);
    assert_eq!(layout.header_rows, 3..=3);
    let kinds: Vec<_> = rows.iter().map(|row| row_kind(&layout, row)).collect();
    assert_eq!(kinds, [RowKind::Data, RowKind::Data, RowKind::RepeatedHeader]);
}

#[test]
fn rows_flow_through_once_the_first_ones_decided() {
    let mut recogniser = SheetRecogniser::new(&PROFILES, &sheet(None));
    assert_eq!(
        recogniser.push(row(1, &["受理编号", "举报内容", "属地", "是否属实"])),
        Progress::NeedMore
    );
    for number in 2..30 {
        assert_eq!(
            recogniser.push(row(number, &["A1", "噪声", "南明区"])),
            Progress::NeedMore
        );
    }
    let Progress::Found(layout, rows) = recogniser.push(row(30, &["A1", "噪声", "南明区"])) else {
        panic!("not found")
    };
    assert_eq!((layout.kind, rows.len()), (LedgerKind::Petitions, 29));
}
