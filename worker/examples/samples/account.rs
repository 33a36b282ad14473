//! What the administrator of the inspection says of its account: title, paragraphs, and English names. Figures stand in it
//! as calls, never as numbers.

/// Section, Chinese, English.
const PARAGRAPHS: &[[&str; 3]] = &[
    [
        "responsibility",
        "全省各级把督察整改列为年度重点工作，逐项明确责任单位、整改目标、整改措施和完成时限。",
        "Rectification is among the year's main tasks at every level of the province: each item has its responsible unit, \
         its target, its measures and its deadline.",
    ],
    [
        "responsibility",
        "围绕督察移交的信访件边督边改，截至2022年2月28日，已责令整改{{ measure(what=\"ordered\", as_of=\"2022-02-28\") }}家，\
         立案处罚{{ measure(what=\"penalised\", as_of=\"2022-02-28\") }}家，罚款{{ measure(what=\"fine\", unit=\"万元\", \
         as_of=\"2022-02-28\") }}万元，立案侦查{{ measure(what=\"criminal_cases\", as_of=\"2022-02-28\") }}件，\
         拘留{{ measure(what=\"detained\", as_of=\"2022-02-28\") }}人，约谈{{ measure(what=\"interviewed\", \
         as_of=\"2022-02-28\") }}人，问责{{ measure(what=\"accountable\", as_of=\"2022-02-28\") }}人。",
        "While the inspection was going on and after it, until 28 February 2022, {{ measure(what=\"ordered\", \
         as_of=\"2022-02-28\") }} enterprises were ordered to rectify, {{ measure(what=\"penalised\", as_of=\"2022-02-28\") }} \
         penalised with fines of {{ measure(what=\"fine\", unit=\"million yuan\", as_of=\"2022-02-28\") }} million yuan, \
         {{ measure(what=\"criminal_cases\", as_of=\"2022-02-28\") }} criminal cases filed, {{ measure(what=\"detained\", \
         as_of=\"2022-02-28\") }} persons detained, {{ measure(what=\"interviewed\", as_of=\"2022-02-28\") }} interviewed and \
         {{ measure(what=\"accountable\", as_of=\"2022-02-28\") }} held accountable.",
    ],
    [
        "petitions",
        "对群众反映的问题逐件核实、逐件办理、逐件公开，并对已办结的开展回访。",
        "Every petition was looked into, dealt with and made public, and those concluded were visited again.",
    ],
    [
        "outlook",
        "下一步，将对尚未完成的任务盯住不放，对已完成的任务巩固成效，防止反弹。",
        "Tasks that are not completed will be followed until they are; what was completed will be kept from relapsing.",
    ],
];

/// Themes, topics, indicators, units and places in English.
const TERMS: &[[&str; 2]] = &[
    [
        "中央第二生态环境保护督察组",
        "the Second Central Inspection Group on Ecological and Environmental Protection",
    ],
    ["贵州省", "Guizhou Province"],
    [
        "贯彻落实习近平生态文明思想有差距",
        "Gaps in putting the thought on ecological civilisation into practice",
    ],
    [
        "长江流域保护修复问题依然突出",
        "Protection and restoration of the Yangtze basin",
    ],
    ["自然生态保护存在突出问题", "Protection of nature"],
    ["一些重点领域环境问题较多", "Environmental problems in key areas"],
    ["白酒行业污染治理", "Liquor industry"],
    ["“两高”项目整改", "Projects of high energy use and high emissions"],
    ["“三磷”污染治理", "Phosphorus"],
    ["城乡生活污水处理能力", "Domestic sewage"],
    ["自然保护地保护", "Nature reserves"],
    ["国土空间生态修复", "Ecological restoration"],
    ["违法采矿整改", "Illegal mining"],
    ["矿山生态修复", "Restoration of mines"],
    ["园区环境管理", "Industrial parks"],
    ["城乡生活垃圾治理", "Domestic waste"],
    ["白酒废水治理设施改造项目", "Liquor wastewater facilities renovated"],
    [
        "单位工业增加值能耗同比",
        "Energy per unit of industrial value added, year on year",
    ],
    ["污水应急处理设施能力", "Capacity of the emergency sewage facility"],
    ["磷石膏综合利用项目一", "Phosphogypsum use, first project"],
    ["磷石膏综合利用项目二", "Phosphogypsum use, second project"],
    ["新增城镇污水处理能力", "Urban sewage treatment capacity added"],
    ["新改建污水管网", "Sewage pipes built or renovated"],
    [
        "水产种质资源保护区专题论证报告批复",
        "Reports on aquatic germplasm reserves approved",
    ],
    ["水坝改建", "Dams rebuilt"],
    ["水坝整改前期工作", "Dams in preparation"],
    ["生态修复十大工程", "Ecological restoration projects"],
    [
        "风景名胜区违规审批项目整改",
        "Projects approved against the rules in scenic areas",
    ],
    ["通报绿色矿山移出名录", "Named mines struck off the list of green mines"],
    ["通报矿山生态修复", "Named mines restored"],
    ["地质灾害项目技术方案重编", "Geological disaster schemes compiled anew"],
    ["各类矿山修复面积", "Mine area restored"],
    ["历史遗留矿山修复", "Abandoned mines restored"],
    ["砂石矿山整改", "Sand and gravel mines rectified"],
    [
        "全省绿色矿山移出名录",
        "Mines of the province struck off the list of green mines",
    ],
    [
        "铝型材企业表面处理工艺拆除",
        "Aluminium firms with surface treatment dismantled",
    ],
    ["园区企业整改", "Park enterprises rectified"],
    ["园区管网问题整改", "Park pipe network problems rectified"],
    ["新建垃圾焚烧发电项目", "Waste incineration plants newly built"],
    [
        "新建垃圾焚烧发电项目能力",
        "Capacity of newly built waste incineration plants",
    ],
    ["项", "projects"],
    ["个", "in number"],
    ["家", "enterprises"],
    ["座", "dams"],
    ["公里", "km"],
    ["公顷", "ha"],
    ["吨/日", "t/d"],
    ["吨/年", "t/a"],
    ["吨/小时", "t/h"],
    ["2022年", "2022"],
    ["2021-2035年", "2021–2035"],
    ["贵阳市", "Guiyang"],
    ["六盘水市", "Liupanshui"],
    ["遵义市", "Zunyi"],
    ["安顺市", "Anshun"],
    ["毕节市", "Bijie"],
    ["铜仁市", "Tongren"],
    ["黔西南布依族苗族自治州", "Qianxinan"],
    ["黔东南苗族侗族自治州", "Qiandongnan"],
    ["黔南布依族苗族自治州", "Qiannan"],
    ["乌江", "Wujiang River"],
    ["赤水河", "Chishui River"],
    ["松桃县", "Songtao County"],
];

/// The table `[account]` of the inspection's file.
pub fn settings() -> String {
    let mut text = "[account.title]\nzh = \"贵州省贯彻落实中央生态环境保护督察反馈问题整改落实情况\"\n\
         en = \"Guizhou Province: rectification after the central inspection\"\n"
        .to_owned();
    for [section, zh, en] in PARAGRAPHS {
        let quoted = |value: &str| toml::Value::from(value).to_string();
        text.push_str(&format!(
            "\n[[account.paragraphs]]\nsection = {}\nzh = {}\nen = {}\n",
            quoted(section),
            quoted(zh),
            quoted(en)
        ));
    }
    text.push_str("\n[account.terms]\n");
    for [zh, en] in TERMS {
        text.push_str(&format!("{} = {}\n", toml::Value::from(*zh), toml::Value::from(*en)));
    }
    text
}
