use proptest::prelude::*;

use super::*;

fn text(written: &str) -> Value {
    Value::Text(written.to_owned())
}

/// The units of the embedded indicator profile.
fn units() -> &'static Units {
    static UNITS: std::sync::LazyLock<Units> = std::sync::LazyLock::new(|| {
        let profiles = crate::profile::Profiles::embedded();
        profiles.get(crate::profile::LedgerKind::Indicators).units.clone()
    });
    &UNITS
}

fn decimal(written: &str) -> Decimal {
    Decimal::parse(written).unwrap()
}

#[test]
fn quantities_are_read_with_their_unit() {
    let cases = [
        ("24.85万吨/日", "248500", Some("吨/日"), false),
        ("1466公顷", "1466", Some("公顷"), false),
        ("1848.55公里", "1848.55", Some("公里"), false),
        ("1,466", "1466", None, false),
        ("１，４６６", "1466", None, false),
        ("约10%", "10", Some("%"), true),
        ("-10%", "-10", Some("%"), false),
        ("−10％", "-10", Some("%"), false),
        ("300余家", "300", Some("家"), true),
        ("300家以上", "300", Some("家"), true),
        ("1 466", "1466", None, false),
        ("5万余吨", "50000", Some("吨"), true),
        ("20余万吨", "200000", Some("吨"), true),
        ("1.2亿元", "120000000", Some("元"), false),
        ("7000 t/h", "7000", Some("吨/小时"), false),
        ("5600吨每天", "5600", Some("吨/日"), false),
        ("5600t/d", "5600", Some("吨/日"), false),
        ("5600吨/天", "5600", Some("吨/日"), false),
        ("140万吨/年", "1400000", Some("吨/年"), false),
        ("12㎡", "12", Some("平方米"), false),
        ("3 hm²", "3", Some("公顷"), false),
        ("100左右", "100", None, true),
        ("1.5E+03", "1500", None, false),
        ("0.050", "0.05", None, false),
        ("３９个", "39", Some("个"), false),
        ("50立方米/秒", "50", Some("立方米/秒"), false),
        ("2千万元", "20000000", Some("元"), false),
        ("近百", "", None, true),
    ];
    let units = units();
    for (written, amount, unit, approximate) in cases {
        let found = quantity(&text(written), units);
        if amount.is_empty() {
            assert_eq!(found, Err(NumberFault::Unreadable), "{written}");
            continue;
        }
        let wanted = Quantity {
            amount: decimal(amount),
            unit: unit.map(str::to_owned),
            approximate,
            multiplied: written.contains(['万', '亿']),
        };
        assert_eq!(found, Ok(wanted), "{written}");
    }
}

#[test]
fn what_is_not_one_number_is_refused() {
    let units = units();
    for written in [
        "",
        "无",
        "若干",
        "3家5人",
        "1,46",
        "1,4666",
        "1.2.3",
        "10-20",
        "24.85万吨/日2022年",
        "5/",
        "第3",
        "3 5家",
        "10以下",
        "10以内",
        "5吨3千克",
        "3个2",
        "2万3千元",
        ".5",
        "5.",
        "--5",
    ] {
        assert_eq!(
            quantity(&text(written), units),
            Err(NumberFault::Unreadable),
            "{written}"
        );
    }
    assert_eq!(
        quantity(&text("12345678901234567890123456789"), units),
        Err(NumberFault::TooLarge)
    );
    assert_eq!(quantity(&Value::Number(1e300), units), Err(NumberFault::TooLarge));
    assert_eq!(quantity(&Value::Number(f64::NAN), units), Err(NumberFault::Unreadable));
    for value in [Value::Bool(true), Value::Error("#REF!".to_owned())] {
        assert_eq!(quantity(&value, units), Err(NumberFault::Unreadable));
    }
}

#[test]
fn a_number_cell_is_read_as_the_sheet_shows_it() {
    for (number, wanted) in [
        (1547.256, "1547.256"),
        (0.1 + 0.2, "0.3"),
        (248_500.0, "248500"),
        (1e-7, "0.0000001"),
        (-0.5, "-0.5"),
    ] {
        assert_eq!(Decimal::from_f64(number).unwrap().to_string(), wanted);
    }
}

#[test]
fn counts_are_whole_and_know_their_units() {
    let units = ["家".to_owned(), "家次".to_owned()];
    let number = |number| Value::Number(number);
    let cases = [
        (text("3家"), Ok(3)),
        (text("3"), Ok(3)),
        (text("３ 家次"), Ok(3)),
        (text("三家"), Ok(3)),
        (text("十二"), Ok(12)),
        (number(3.0), Ok(3)),
        (text("3.0"), Ok(3)),
        (text("1,466家"), Ok(1466)),
        (text("1.2万家"), Ok(12_000)),
        (number(2.5), Err(NumberFault::Fraction)),
        (text("2.5家"), Err(NumberFault::Fraction)),
        (number(-1.0), Err(NumberFault::Negative)),
        (number(5e9), Err(NumberFault::TooLarge)),
        (text("3人"), Err(NumberFault::UnitUnknown("人".to_owned()))),
        (text("约3家"), Err(NumberFault::Unreadable)),
        (text("一般"), Err(NumberFault::Unreadable)),
        (text("家"), Err(NumberFault::Unreadable)),
    ];
    for (value, wanted) in cases {
        assert_eq!(count(&value, &units), wanted, "{value:?}");
    }
}

#[test]
fn money_is_exact_and_its_own_unit_wins() {
    use MoneyUnit::{WanYuan, Yuan};
    let cases = [
        (text("1万元"), None, Ok(1_000_000)),
        (text("1547.256万元"), Some(Yuan), Ok(1_547_256_000)),
        (text("251542.71元"), Some(WanYuan), Ok(25_154_271)),
        (Value::Number(1547.256), Some(WanYuan), Ok(1_547_256_000)),
        (Value::Number(251_542.71), Some(Yuan), Ok(25_154_271)),
        (text("5万"), Some(WanYuan), Ok(5_000_000)),
        (text("￥100"), Some(WanYuan), Ok(10_000)),
        (text("1.2亿元"), None, Ok(12_000_000_000)),
        (text("989.8"), Some(WanYuan), Ok(989_800_000)),
        (text("5"), None, Err(NumberFault::UnitMissing)),
        (Value::Number(5.0), None, Err(NumberFault::UnitMissing)),
        (Value::Number(0.0), None, Ok(0)),
        (text("0.001元"), None, Err(NumberFault::Fraction)),
        (Value::Number(0.000_000_1), Some(WanYuan), Err(NumberFault::Fraction)),
        (text("-5元"), None, Err(NumberFault::Negative)),
        (text("5美元"), None, Err(NumberFault::UnitUnknown("美元".to_owned()))),
        (text("约5万元"), None, Err(NumberFault::Unreadable)),
        (text("99999999999999999999元"), None, Err(NumberFault::TooLarge)),
        (text("100亿元"), None, Ok(1_000_000_000_000)),
        (text("10000000000.01元"), None, Err(NumberFault::TooLarge)),
        (text("无"), Some(Yuan), Err(NumberFault::Unreadable)),
    ];
    for (value, default, wanted) in cases {
        assert_eq!(fen(&value, default), wanted, "{value:?}");
    }
}

#[test]
fn a_database_column_takes_digits_at_its_own_scale() {
    assert_eq!(decimal("1848.55").scaled(4), Some(18_485_500));
    assert_eq!(decimal("0.12345").scaled(4), None);
}

#[test]
fn a_unit_alone_is_read_with_the_power_in_front_of_it() {
    let units = units();
    for (written, read) in [
        ("万吨/日", Some((4, "吨/日"))),
        ("t/d", Some((0, "吨/日"))),
        ("吨每天", Some((0, "吨/日"))),
        ("吨／天", Some((0, "吨/日"))),
        ("(公里)", Some((0, "公里"))),
        ("千米", Some((0, "公里"))),
        ("hm²", Some((0, "公顷"))),
        ("亿元", Some((8, "元"))),
        ("％", Some((0, "%"))),
        ("千瓦", Some((0, "千瓦"))),
        ("MW", Some((0, "兆瓦"))),
        ("mW", None),
        ("公倾", None),
        ("", None),
        ("万", None),
        ("吨/", None),
    ] {
        let wanted = read.map(|(power, unit)| (power, unit.to_owned()));
        assert_eq!(units.read(written), wanted, "{written}");
    }
    assert_eq!(units.nearest("平方公理"), Some("平方公里".to_owned()));
    assert_eq!(units.nearest("公倾"), None, "公里 is as near as 公顷");
    let unknown = quantity(&text("5公倾"), units);
    assert_eq!(unknown, Err(NumberFault::UnitUnknown("公倾".to_owned())));
}

#[test]
fn two_measures_cannot_share_a_spelling() {
    let measure = |unit: &str, accepts: &[&str]| Measure {
        unit: unit.to_owned(),
        accepts: accepts.iter().map(|text| (*text).to_owned()).collect(),
        percent: false,
    };
    assert!(Units::new([measure("吨", &["t"]), measure("千克", &["kg"])]).is_ok());
    assert_eq!(
        Units::new([measure("吨", &["t"]), measure("特", &["ｔ"])]).unwrap_err(),
        "ｔ"
    );
}

proptest! {
    #[test]
    fn a_quantity_is_read_back_as_printed(
        units_of in -99_999_999_i128..99_999_999, scale in 0_u32..6, approximate: bool, at in 0_usize..6,
    ) {
        let units = units();
        let unit = [None, Some("吨/日"), Some("公顷"), Some("%"), Some("个"), Some("立方米/秒")][at];
        let written = Quantity {
            amount: Decimal::new(units_of, scale),
            unit: unit.map(str::to_owned),
            approximate,
            multiplied: false,
        };
        prop_assert_eq!(quantity(&text(&written.to_string()), units), Ok(written));
    }

    #[test]
    fn a_unit_never_panics(written in any::<String>(), sour in "[万亿吨每/日()%m23]{0,12}") {
        let units = units();
        let _ = (units.read(&written), units.read(&sour), units.nearest(&written), units.nearest(&sour));
    }

    #[test]
    fn decimals_are_read_back_as_displayed(units in -999_999_999_999_i128..999_999_999_999, scale in 0_u32..16) {
        let number = Decimal::new(units, scale);
        prop_assert_eq!(Decimal::parse(&number.to_string()), Ok(number));
    }

    #[test]
    fn what_a_clerk_types_survives_the_cell(wan in 0_i64..1_000_000, thousandths in 0_i64..1000) {
        let written = format!("{wan}.{thousandths:03}");
        let cell = Value::Number(written.parse().unwrap());
        prop_assert_eq!(fen(&cell, Some(MoneyUnit::WanYuan)), Ok((wan * 1000 + thousandths) * 1000));
        let glued = Value::Text(written + "万元");
        prop_assert_eq!(fen(&glued, None), Ok((wan * 1000 + thousandths) * 1000));
    }

    #[test]
    fn a_quantity_that_was_read_is_read_back_as_it_is_printed(
        sour in "(约|近|超过)?[0-9]{1,9}(\\.[0-9]{1,4})?(余)?(万|亿)?(余)?(吨/日|吨每天|t/d|公里|家|%|公顷|元)?",
    ) {
        if let Ok(found) = quantity(&text(&sour), units()) {
            let about = if found.approximate { "约" } else { "" };
            let printed = format!("{about}{}{}", found.amount, found.unit.clone().unwrap_or_default());
            // The digits printed are multiplied out.
            let found = Quantity { multiplied: false, ..found };
            prop_assert_eq!(quantity(&text(&printed), units()), Ok(found), "{} {}", sour, printed);
        }
    }

    #[test]
    fn no_cell_panics(written in any::<String>(), sour in "[-+0-9.,万亿约余元Ee/%家]{0,20}", number in any::<f64>()) {
        let units = units();
        for value in [text(&written), text(&sour), Value::Number(number)] {
            let _ = (quantity(&value, units), count(&value, &[]), fen(&value, Some(MoneyUnit::WanYuan)));
        }
    }
}
