//! Rows below a header.

use super::*;

#[test]
fn totals_footers_headers_and_blanks_are_told_from_data() {
    let header: &[&str] = &[
        "序号",
        "受理编号",
        "举报内容",
        "属地",
        "是否属实",
        "责令整改（家）",
        "备注",
    ];
    let (layout, _) = found(&grid(&[&["信访举报一览表"], header]), None);
    let cases: [(&[&str], RowKind); 27] = [
        (
            &["1", "X2GZ202112070001", "噪声扰民", "南明区", "属实", "1"],
            RowKind::Data,
        ),
        (&["合  计", "", "", "", "", "12"], RowKind::Total),
        (&["合计", "2307", "", "", "", "802"], RowKind::Total),
        (&["", "合计：30件"], RowKind::Total),
        (&["", "", "共12件", "南明区小计", "", "12"], RowKind::Total),
        (&["总计（件）", "/", "", "", "", "12"], RowKind::Total),
        (&["合计", "X2GZ202112070001", "噪声扰民"], RowKind::Data),
        (&["小计", "", "噪声扰民，夜间施工"], RowKind::Data),
        (&["1", "X2GZ202112070001", "合计"], RowKind::Data),
        (&["1", "X2GZ202112070001", "噪声扰民", "累计", "属实"], RowKind::Data),
        (&["1", "", "合计排放污水三吨，多年无人管理", "南明区"], RowKind::Data),
        (
            &["填报人：张三", "", "审核人：李四", "", "联系电话：123"],
            RowKind::Footer,
        ),
        (&["填报人", "", "张三"], RowKind::Footer),
        (&["", "填报人：张三", "审核人：李四"], RowKind::Footer),
        (
            &["填报单位（盖章）：息烽县", "", "", "填报日期：2022年3月18日"],
            RowKind::Footer,
        ),
        (&["备注：标“*”号为重点件"], RowKind::Footer),
        (&["注1：数据截至2022年3月"], RowKind::Footer),
        (&["（截至2022年3月18日）"], RowKind::Footer),
        (&["1", "X2GZ202112070001", "备注：见附件"], RowKind::Data),
        (
            &["", "", "说明：工厂夜间排放废气", "南明区", "属实", "1"],
            RowKind::Data,
        ),
        (
            &[
                "序号",
                "受理编号",
                "举报内容",
                "属地",
                "是否属实",
                "责令整改(家)",
                "备注",
            ],
            RowKind::RepeatedHeader,
        ),
        (&["信访举报一览表"], RowKind::RepeatedHeader),
        (&["1", "2", "3", "4", "5", "6", "7"], RowKind::RepeatedHeader),
        (&["15"], RowKind::Blank),
        (&["", " ", "\n"], RowKind::Blank),
        (&["15", "", "", "南明区"], RowKind::Data),
        (&["", "", "", "", "", "", "一段没有编号的文字"], RowKind::Data),
    ];
    for (texts, wanted) in cases {
        assert_eq!(row_kind(&layout, &row(9, texts)), wanted, "{texts:?}");
    }
}

#[test]
fn tasks_numbered_by_the_line_are_kept_though_their_number_is_a_plain_one() {
    let (layout, _) = found(
        &grid(&[&["序号", "反馈问题", "责任单位", "整改时限", "整改状态"]]),
        None,
    );
    let cases: [(&[&str], RowKind); 5] = [
        (&["12", "污水直排"], RowKind::Data),
        (&["12"], RowKind::Data),
        (&["十", "", "环境局"], RowKind::Data),
        (&["合计", "30"], RowKind::Total),
        (&["填表人：张三"], RowKind::Footer),
    ];
    for (texts, wanted) in cases {
        assert_eq!(row_kind(&layout, &row(9, texts)), wanted, "{texts:?}");
    }
}

#[test]
fn both_rows_of_a_repeated_header_are_known() {
    let header: [&[&str]; 2] = [
        &["受理编号", "举报内容", "属地", "处罚情况", ""],
        &["", "", "", "责令整改（家）", "罚款（万元）"],
    ];
    let (layout, _) = found(&grid(&header), None);
    for texts in header {
        assert_eq!(row_kind(&layout, &row(9, texts)), RowKind::RepeatedHeader, "{texts:?}");
    }
}

#[test]
fn the_date_of_a_footer_is_read() {
    let footer = row(9, &["填报人：张三", "", "填报日期：2023年5月31日"]);
    assert_eq!(footer_date_text(&footer).as_deref(), Some("2023年5月31日"));
    assert_eq!(footer_date_text(&row(9, &["填报人：张三"])), None);
}
