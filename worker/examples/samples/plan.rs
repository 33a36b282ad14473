//! Which county sends which file, in which form: the table that gives the samples their variety.

use crate::divisions::DivisionStyle;
use crate::spell::{BatchStyle, DateStyle, MoneyStyle};

/// The arrangement of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The published table of 12 columns, no counts.
    Classic,
    /// The same, one sheet for each batch, the batch in title and sheet name.
    PerBatch,
    /// The 35 columns of a municipal system.
    Municipal,
    /// Two header rows joined by horizontal merges.
    TwoRow,
    /// Other names and another order, no counts.
    Aliased,
    /// Headers with blanks, line breaks, remarks and full-width letters.
    Noisy,
    /// Everything, with the fine's unit in the cell.
    Full,
    /// Received, channel and key in columns of their own.
    Channel,
}

impl Layout {
    /// Whether the layout has columns for the counts of measures.
    pub fn has_measures(self) -> bool {
        !matches!(self, Self::Classic | Self::PerBatch | Self::Aliased)
    }
}

/// The file format in the end; everything but xlsx is made by `samples/convert.sh`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Written here.
    Xlsx,
    /// By LibreOffice.
    Xls,
    /// By LibreOffice.
    Ods,
    /// By SheetJS.
    Xlsb,
    /// BIFF8 by SheetJS.
    Biff,
    /// LibreOffice's BIFF8 under the suffix of WPS.
    Et,
}

impl Format {
    /// The suffix without its dot.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls | Self::Biff => "xls",
            Self::Ods => "ods",
            Self::Xlsb => "xlsb",
            Self::Et => "et",
        }
    }

    /// Whether a reader of this format can see merged cells.
    pub fn shows_merges(self) -> bool {
        !matches!(self, Self::Ods | Self::Xlsb)
    }
}

/// Where a county's tasks are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tasks {
    /// It has none.
    None,
    /// A sheet in the petition workbook.
    Sheet,
    /// A file of its own.
    File(&'static str),
}

/// One county's way of reporting.
#[derive(Debug)]
pub struct Plan {
    /// The division that sends the file.
    pub code: &'static str,
    /// Path under `samples/`, without suffix.
    pub path: &'static str,
    /// Format of the petition file.
    pub format: Format,
    /// Columns of the petition sheets.
    pub layout: Layout,
    /// Share of the petitions, in relation to the others.
    pub weight: usize,
    /// Where its tasks are.
    pub tasks: Tasks,
}

const fn plan(
    code: &'static str,
    path: &'static str,
    format: Format,
    layout: Layout,
    weight: usize,
    tasks: Tasks,
) -> Plan {
    Plan {
        code,
        path,
        format,
        layout,
        weight,
        tasks,
    }
}

use Format::{Biff, Et, Ods, Xls, Xlsb, Xlsx};
use Layout::{Aliased, Channel, Classic, Full, Municipal, Noisy, PerBatch, TwoRow};
use Tasks::{File, None, Sheet};

/// Every sender. The prefecture 520400 reports for four counties that send nothing themselves.
#[rustfmt::skip]
pub const PLANS: [Plan; 55] = [
    plan("520102", "520102-南明区信访台账（有误）", Xlsx, Full, 100, None),
    plan("520103", "520103-云岩区群众信访举报办理情况", Xlsx, Channel, 95, None),
    plan("520111", "520111-花溪区信访台账", Xlsx, Classic, 70, None),
    plan("520112", "520112-乌当区信访举报台账", Xlsx, TwoRow, 40, None),
    plan("520113", "520113-白云区信访件汇总表", Xlsx, Municipal, 45, None),
    plan("520115", "520115-观山湖区信访台账", Xlsb, Channel, 60, None),
    plan("520121", "520121/信访台账", Xlsx, Noisy, 35, File("520121/整改任务台账")),
    plan("520122", "520122-息烽县信访台账", Ods, Channel, 30, None),
    plan("520123", "520123-修文县信访台账", Xlsx, Classic, 35, File("520123-修文县整改任务台账")),
    plan("520181", "520181-清镇市督察整改台账", Xlsx, TwoRow, 55, Sheet),
    plan("520201", "520201-钟山区督察整改台账", Xlsx, Full, 50, Sheet),
    plan("520203", "520203-六枝特区信访台账", Xls, TwoRow, 35, None),
    plan("520204", "520204-水城区信访台账（有误）", Xlsx, Channel, 40, None),
    plan("520281", "520281-盘州市信访台账（有误）", Xlsx, Full, 65, None),
    plan("520302", "520302/信访举报转办和边督边改公开情况一览表", Xlsx, PerBatch, 60, None),
    plan("520303", "520303/信访台账（截至2023年5月）", Xlsx, Noisy, 60, None),
    plan("520304", "520304-播州区信访台账（有误）", Xlsx, Full, 60, None),
    plan("520322", "520322-桐梓县信访台账", Xlsx, Aliased, 30, None),
    plan("520323", "520323-绥阳县信访台账", Xls, Noisy, 25, None),
    plan("520325", "520325-道真自治县信访台账", Xlsx, Classic, 22, None),
    plan("520328", "520328-湄潭县信访台账", Xlsb, Aliased, 25, None),
    plan("520330", "520330-习水县督察整改台账", Xlsx, Channel, 45, Sheet),
    plan("520381", "520381-赤水市信访台账", Xlsx, Municipal, 40, File("520381-赤水市整改任务清单")),
    plan("520382", "520382/仁怀市信访举报台账", Xlsx, Full, 90, File("520382/仁怀市整改任务清单")),
    plan("520400", "520400-安顺市信访台账（有误）", Xlsx, Channel, 90, None),
    plan("520402", "520402-西秀区信访台账", Xlsx, Noisy, 55, None),
    plan("520403", "520403-平坝区信访台账", Xlsx, Aliased, 35, File("520403-平坝区整改任务台账")),
    plan("520502", "520502-七星关区信访台账", Xlsx, Full, 75, File("520502-七星关区整改台账")),
    plan("520521", "520521-大方县信访台账", Xlsx, TwoRow, 40, None),
    plan("520523", "520523-金沙县信访台账", Xlsx, Channel, 38, None),
    plan("520524", "520524-织金县信访台账", Xlsx, Classic, 40, File("520524-织金县整改台账（有误）")),
    plan("520525", "520525-纳雍县信访台账", Biff, Full, 32, None),
    plan("520526", "520526-威宁自治县信访台账", Xlsx, PerBatch, 45, None),
    plan("520581", "520581-黔西市信访台账", Xlsx, Municipal, 35, None),
    plan("520602", "520602-碧江区信访台账（有误）", Xlsx, Full, 60, None),
    plan("520603", "520603-万山区督察整改台账", Xlsx, Noisy, 30, Sheet),
    plan("520622", "520622-玉屏自治县信访台账", Xlsx, Aliased, 22, None),
    plan("520624", "520624-思南县信访台账", Xls, Channel, 30, None),
    plan("520627", "520627-沿河自治县信访台账", Et, Full, 28, None),
    plan("520628", "520628/松桃自治县信访台账", Xlsx, TwoRow, 55, File("520628/松桃自治县整改任务台账")),
    plan("522301", "522301-兴义市信访台账（有误）", Xlsx, Full, 70, None),
    plan("522302", "522302-兴仁市信访台账", Ods, Aliased, 30, None),
    plan("522325", "522325-贞丰县信访台账", Xlsx, Noisy, 25, None),
    plan("522328", "522328-安龙县信访台账", Xlsx, Classic, 24, None),
    plan("522601", "522601-凯里市信访台账（有误）", Xlsx, Full, 65, None),
    plan("522622", "522622-黄平县信访台账", Xlsx, TwoRow, 26, File("522622-黄平县整改台账（有误）")),
    plan("522625", "522625-镇远县信访台账", Xls, Aliased, 22, None),
    plan("522631", "522631-黎平县信访台账", Xlsx, Municipal, 24, None),
    plan("522634", "522634-雷山县信访台账", Ods, Full, 22, None),
    plan("522701", "522701-都匀市信访台账（合计有误）", Xlsx, Full, 55, None),
    plan("522702", "522702-福泉市信访台账", Xlsx, Channel, 45, File("522702-福泉市整改台账")),
    plan("522723", "522723-贵定县信访台账", Xlsx, Noisy, 26, None),
    plan("522725", "522725-瓮安县信访台账", Xlsx, TwoRow, 40, File("522725-瓮安县整改任务台账")),
    plan("522728", "522728-罗甸县信访台账", Xlsx, Classic, 24, File("522728-罗甸县整改任务台账")),
    plan("522732", "522732-三都自治县信访台账", Xlsx, PerBatch, 24, None),
];

/// The batches that a county with one sheet for each batch receives.
pub const SHEET_BATCHES: [u32; 6] = [3, 8, 14, 19, 25, 28];

/// The counties for which the prefecture 520400 reports.
pub const OF_THE_PREFECTURE: [&str; 4] = ["520422", "520423", "520424", "520425"];

/// A county's habits of writing.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Dates.
    pub date: DateStyle,
    /// Batches.
    pub batch: BatchStyle,
    /// The division column.
    pub division: DivisionStyle,
    /// Between two kinds of pollution.
    pub separator: &'static str,
    /// Fines.
    pub money: MoneyStyle,
    /// What stands in a cell that has nothing to say.
    pub blank: &'static str,
    /// Whether kinds and conclusions are written by their synonyms.
    pub synonyms: bool,
    /// Which of the titles, preambles and footers is used.
    pub form: usize,
}

impl Plan {
    /// The place of this plan in the table.
    pub fn index(&self) -> usize {
        PLANS.iter().position(|plan| plan.code == self.code).unwrap_or_default()
    }

    /// The habits of this sender: every list is walked at its own pace.
    pub fn style(&self) -> Style {
        let at = self.index();
        let divisions = [
            DivisionStyle::Name,
            DivisionStyle::Path,
            DivisionStyle::Code,
            DivisionStyle::Prefecture,
            DivisionStyle::Short,
        ];
        Style {
            date: DateStyle::ALL[at % DateStyle::ALL.len()],
            batch: BatchStyle::ALL[(at / 2) % BatchStyle::ALL.len()],
            // A prefecture's ledger names the county in every row.
            division: if self.code.ends_with("00") {
                DivisionStyle::Name
            } else {
                divisions[at % divisions.len()]
            },
            separator: ["、", "，", ",", "；", "/", "\n", "和", ";", "及"][at % 9],
            money: self.money(),
            blank: ["", "无", "/", "—", "", "--", "不涉及", "-", "暂无", "——", "／", "N/A"][at % 12],
            synonyms: at % 3 == 1,
            form: at,
        }
    }

    /// The unit of a fine follows from the layout's header.
    fn money(&self) -> MoneyStyle {
        match self.layout {
            Noisy => MoneyStyle::Yuan,
            Full if self.index().is_multiple_of(2) => MoneyStyle::GluedWan,
            Full => MoneyStyle::GluedYuan,
            _ => MoneyStyle::Wan,
        }
    }
}
