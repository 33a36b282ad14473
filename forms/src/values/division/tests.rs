use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

const GUIZHOU: &str = include_str!("../../../../records/data/guizhou-divisions.csv");

fn guizhou() -> Gazetteer {
    Gazetteer::new(parse_csv(GUIZHOU).unwrap())
}

/// Codes, with `~` behind a former one.
fn codes(gazetteer: &Gazetteer, text: &str) -> Result<Vec<String>, DivisionFault> {
    let mark = |found: DivisionMatch| found.code + if found.former { "~" } else { "" };
    gazetteer.read(text).map(|found| found.into_iter().map(mark).collect())
}

#[test]
fn the_file_holds_the_province_and_its_reporting_areas() {
    let entries = parse_csv(GUIZHOU).unwrap();
    let count = |wanted: fn(&DivisionEntry) -> bool| entries.iter().filter(|entry| wanted(entry)).count();
    assert_eq!((count(|entry| entry.local), count(|entry| !entry.local)), (2, 98));
    assert_eq!(count(|entry| !entry.local && !entry.code.ends_with("00")), 88);
    let gazetteer = Gazetteer::new(entries.clone());
    for (prefecture, counties) in [
        ("520100", 10),
        ("520200", 4),
        ("520300", 14),
        ("520400", 6),
        ("520500", 8),
        ("520600", 10),
        ("522300", 8),
        ("522600", 16),
        ("522700", 12),
    ] {
        let found = entries
            .iter()
            .filter(|entry| entry.code != prefecture && gazetteer.is_within(&entry.code, prefecture));
        assert_eq!(found.count(), counties, "{prefecture}");
    }
}

#[test]
fn short_names_follow_the_rule_and_are_unique() {
    let entries = parse_csv(GUIZHOU).unwrap();
    let mut seen = HashSet::new();
    for entry in &entries {
        if !entry.local {
            assert_eq!(entry.short_names, short_names(&entry.name), "{}", entry.name);
        }
        for name in [&entry.name]
            .into_iter()
            .chain(&entry.short_names)
            .chain(&entry.former_names)
        {
            assert!(seen.insert(name), "{name}");
        }
        for code in [&entry.code].into_iter().chain(&entry.former_codes) {
            assert!(seen.insert(code), "{code}");
        }
    }
}

#[test]
fn every_name_and_code_of_the_file_is_read() {
    let gazetteer = guizhou();
    for entry in parse_csv(GUIZHOU).unwrap() {
        for text in [&entry.code, &entry.name].into_iter().chain(&entry.short_names) {
            assert_eq!(codes(&gazetteer, text), Ok(vec![entry.code.clone()]), "{text}");
        }
        for text in entry.former_codes.iter().chain(&entry.former_names) {
            assert_eq!(codes(&gazetteer, text), Ok(vec![format!("{}~", entry.code)]), "{text}");
        }
        for path in [format!("贵州省{}", entry.name), format!("贵州{}", entry.name)] {
            let wanted = if entry.code == "520000" {
                None
            } else {
                Some(vec![entry.code.clone()])
            };
            assert_eq!(codes(&gazetteer, &path).ok(), wanted, "{path}");
        }
    }
}

#[test]
fn every_way_to_write_divisions_is_read() {
    let gazetteer = guizhou();
    let cases: [(&str, &[&str]); 33] = [
        ("贵州省贵阳市南明区", &["520102"]),
        ("贵阳市南明区", &["520102"]),
        ("贵阳南明", &["520102"]),
        ("贵州省-贵阳市-南明区", &["520102"]),
        ("贵阳市/南明区", &["520102"]),
        ("贵州省/贵阳市/南明区", &["520102"]),
        (" 贵阳市 南明区 ", &["520102"]),
        ("贵阳市\u{3000}", &["520100"]),
        ("贵阳市、遵义市", &["520100", "520300"]),
        ("贵阳市,遵义市", &["520100", "520300"]),
        ("贵阳市；遵义市", &["520100", "520300"]),
        ("贵阳市/遵义市", &["520100", "520300"]),
        ("贵阳市\n遵义市", &["520100", "520300"]),
        ("贵阳市和遵义市", &["520100", "520300"]),
        ("贵阳市及遵义市、黔南", &["520100", "520300", "522700"]),
        ("贵阳市以及遵义市", &["520100", "520300"]),
        ("贵阳市南明区、云岩区", &["520102", "520103"]),
        ("黔东南、黔南", &["522600", "522700"]),
        ("贵阳市、南明区", &["520100", "520102"]),
        ("南明区、南明", &["520102"]),
        ("威宁县", &["520526"]),
        ("威宁自治县", &["520526"]),
        ("威宁", &["520526"]),
        ("毕节市威宁县", &["520526"]),
        ("黔南州", &["522700"]),
        ("黔西南", &["522300"]),
        ("黔西", &["520581"]),
        ("六枝", &["520203"]),
        ("贵安新区", &["52Z001"]),
        ("52z001", &["52Z001"]),
        ("省直部门", &["52Z900"]),
        ("毕节市黔西县", &["520581~"]),
        ("铜仁地区、水城县", &["520600~", "520204~"]),
    ];
    for (text, wanted) in cases {
        assert_eq!(
            codes(&gazetteer, text),
            Ok(wanted.iter().map(|&code| code.to_owned()).collect()),
            "{text}"
        );
    }
}

#[test]
fn the_part_that_is_no_division_is_named() {
    let gazetteer = guizhou();
    for (text, part) in [
        ("福州市", "福州市"),
        ("贵阳市、福州市", "福州市"),
        ("遵义市南明区", "遵义市南明区"),
        ("", ""),
        ("999999", "999999"),
        ("贵阳市和福州", "福州"),
        ("、", "、"),
    ] {
        assert_eq!(
            codes(&gazetteer, text),
            Err(DivisionFault::Unknown(part.to_owned())),
            "{text}"
        );
    }
}

const TWO_PROVINCES: &str = "code,name,parent
350000,福建省,
350100,福州市,350000
350102,鼓楼区,350100
350600,漳州市,350000
350622,云霄县,350600
370000,山东省,
370100,济南市,370000
371300,及第和平市,370000
410200,开封市,
410204,鼓楼区,410200
";

#[test]
fn another_provinces_plain_file_is_enough() {
    let gazetteer = Gazetteer::new(parse_csv(TWO_PROVINCES).unwrap());
    assert_eq!(codes(&gazetteer, "福建省漳州市云霄县"), Ok(vec!["350622".to_owned()]));
    assert_eq!(
        codes(&gazetteer, "济南市和及第和平市"),
        Ok(vec!["370100".to_owned(), "371300".to_owned()])
    );
    assert_eq!(codes(&gazetteer, "开封市鼓楼区"), Ok(vec!["410204".to_owned()]));
}

#[test]
fn a_name_of_two_divisions_is_ambiguous_until_a_neighbour_settles_it() {
    let gazetteer = Gazetteer::new(parse_csv(&(TWO_PROVINCES.to_owned() + "350103,台江区,350100\n")).unwrap());
    let both = vec!["350102".to_owned(), "410204".to_owned()];
    assert_eq!(
        codes(&gazetteer, "鼓楼区"),
        Err(DivisionFault::Ambiguous("鼓楼区".to_owned(), both))
    );
    assert_eq!(
        codes(&gazetteer, "台江区、鼓楼区"),
        Ok(vec!["350103".to_owned(), "350102".to_owned()])
    );
}

#[test]
fn a_slip_has_a_suggestion() {
    let gazetteer = guizhou();
    for (text, code) in [
        ("南民区", "520102"),
        ("威宁彝族回族苗族自治区", "520526"),
        ("黔东南苗族自治州", "522600"),
        ("仁怀县", "520382"),
    ] {
        assert_eq!(
            gazetteer.nearest(text).map(|entry| entry.code.as_str()),
            Some(code),
            "{text}"
        );
    }
    for text in ["上海市浦东新区", "520199", "", "区"] {
        assert_eq!(gazetteer.nearest(text), None, "{text}");
    }
}

#[test]
fn a_division_lies_in_itself_and_in_those_above() {
    let gazetteer = guizhou();
    for (code, ancestor, within) in [
        ("520102", "520102", true),
        ("520102", "520100", true),
        ("520102", "520000", true),
        ("52Z001", "520000", true),
        ("520100", "520102", false),
        ("520102", "520300", false),
        ("999999", "999999", false),
    ] {
        assert_eq!(gazetteer.is_within(code, ancestor), within, "{code} in {ancestor}");
    }
    assert_eq!(
        gazetteer.by_code("520581").map(|entry| entry.name.as_str()),
        Some("黔西市")
    );
}

#[test]
fn a_wrong_file_is_refused_with_its_line() {
    let plain = "code,name,parent\n";
    let cases = [
        ("a,b\n".to_owned(), "line 1: found columns \"a,b\""),
        (
            format!("{plain}1,甲,\n1,乙,\n"),
            "line 3: code 1 already stands on line 2",
        ),
        (format!("{plain}1,,\n"), "line 2: name is empty"),
        (format!("{plain}1,甲,9\n"), "line 2: found parent \"9\""),
        (format!("{plain}1,甲\n"), "line 2: CSV error"),
        (FULL_HEADER.to_owned() + "1,甲,,x,,,\n", "line 2: found kind \"x\""),
    ];
    for (text, wanted) in cases {
        let found = parse_csv(&text).unwrap_err().to_string();
        assert!(found.starts_with(wanted), "{found}");
    }
    assert_eq!(
        parse_csv(&format!("\u{FEFF}{plain}1,甲乙县,\r\n")).unwrap()[0].short_names,
        ["甲乙"]
    );
}

const FULL_HEADER: &str = "code,name,parent,kind,short_names,former_codes,former_names\n";

proptest! {
    #[test]
    fn a_division_is_read_back_by_its_code_its_name_and_its_path(
        one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), between in "[、,，;；]",
    ) {
        let gazetteer = guizhou();
        let all = gazetteer.within("520000");
        let [one, other] = [one, other].map(|at| gazetteer.by_code(at.get::<String>(&all)).unwrap());
        let read = |text: &str| gazetteer.read(text).map(|found| found.into_iter().map(|division| division.code).collect::<Vec<_>>());
        let above = one.parent.as_deref().and_then(|parent| gazetteer.by_code(parent));
        let path = format!("{}{}", above.map_or("", |above| above.name.as_str()), one.name);
        for text in [&one.code, &one.name, &path] {
            prop_assert_eq!(read(text), Ok(vec![one.code.clone()]), "{}", text);
        }
        let mut both = vec![one.code.clone(), other.code.clone()];
        both.dedup();
        prop_assert_eq!(read(&format!("{}{between}{}", one.name, other.name)), Ok(both));
    }

    #[test]
    fn no_text_panics(text in any::<String>(), sour in "[贵阳市遵义省黔南州和及、/区县]{0,40}") {
        let gazetteer = guizhou();
        for text in [text, sour] {
            let _ = (gazetteer.read(&text), gazetteer.nearest(&text), parse_csv(&text));
        }
    }
}
