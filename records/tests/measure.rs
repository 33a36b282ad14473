//! Temporary measurements.
mod support;
use diesel::connection::SimpleConnection;
use ducha_records::petitions::{self, PetitionFilter};
use ducha_records::search::index_pending;
use std::time::Instant;
use support::ledger::*;
use support::on_both;

#[test]
#[ignore]
fn measure() {
    let n: usize = std::env::var("N").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let words = [
        "养殖场",
        "臭气",
        "扰民",
        "污水",
        "直排",
        "河道",
        "夜间",
        "施工",
        "噪声",
        "扬尘",
        "村民",
        "多次",
        "反映",
        "未得到",
        "解决",
        "工业园区",
        "垃圾",
        "堆放",
        "渗滤液",
        "地下水",
        "采石场",
        "粉尘",
        "油烟",
        "餐饮",
        "小区",
        "居民",
        "磷石膏",
        "赤水河",
        "乌江",
        "尾矿库",
    ];
    on_both(|_, db| {
        inspect(db, ROUND);
        let mut seed = 1u64;
        let mut text = |words_n: usize| {
            let mut t = String::new();
            for _ in 0..words_n {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                t.push_str(words[(seed >> 33) as usize % words.len()]);
                if (seed >> 20) % 8 == 0 {
                    t.push(char::from_u32(0x4e00 + (seed >> 40) as u32 % 3000).unwrap());
                }
            }
            t
        };
        let counties = [
            "520102", "520103", "520111", "520112", "520113", "520115", "520121", "520122", "520123", "520181",
        ];
        for chunk in 0..n / 10_000 {
            let rows = (0..10_000).map(|i| {
                let i = chunk * 10_000 + i;
                let mut r = petition(&format!("D{i:07}"), counties[i / 7 % 10])
                    .worded(|w| w.complaint = text(30))
                    .says(|c| {
                        c.investigation = Some(text(40));
                        c.handling = Some(text(20));
                        c.latest_progress = Some(text(10));
                    });
                if i % 5000 == 3 {
                    r.content.measures = Some("锑污染事件".to_owned());
                }
                r
            });
            let t = Instant::now();
            File::of("2022-01-31").petitions(rows).import(db);
            eprintln!("import 10k {:?}", t.elapsed());
        }
        let t = Instant::now();
        let k = index_pending(db, &mut |_| ()).unwrap();
        let _ = db.batch_execute("DO $$ BEGIN RAISE WARNING 'x'; END $$");
        eprintln!("index {k} in {:?}", t.elapsed());
        let _ = db.batch_execute("ANALYZE");
        let mut time = |name: &str, filter: PetitionFilter, after: &str, size: usize| {
            let mut best = std::time::Duration::MAX;
            let mut rows = 0;
            for _ in 0..20 {
                let t = Instant::now();
                rows = petitions::list(db, ROUND, &filter, after, size).unwrap().rows.len();
                best = best.min(t.elapsed());
            }
            eprintln!("{name} {size} after {after:?}: {rows} rows {best:?}");
        };
        let all = PetitionFilter::default;
        time("plain", all(), "", 100);
        time("plain", all(), "D0010000", 100);
        time("plain", all(), "D0010000", 1000);
        time(
            "conclusion (eq_any parts)",
            PetitionFilter {
                conclusions: vec![0],
                ..all()
            },
            "",
            100,
        );
        time(
            "one county",
            PetitionFilter {
                divisions: vec!["520102".into()],
                ..all()
            },
            "",
            100,
        );
        time(
            "no such county",
            PetitionFilter {
                divisions: vec!["520199".into()],
                ..all()
            },
            "",
            100,
        );
        time(
            "ten counties",
            PetitionFilter {
                divisions: counties.iter().map(|c| c.to_string()).collect(),
                ..all()
            },
            "",
            100,
        );
        let long: String = "养殖场".into();
        for text in ["锑污染", "锑污", "污水", "养殖场", "赤水河", "没有的词", &long] {
            time(
                text,
                PetitionFilter {
                    text: Some(text.into()),
                    ..all()
                },
                "",
                100,
            );
        }
        time(
            "污水 late",
            PetitionFilter {
                text: Some("污水".into()),
                ..all()
            },
            "D0018000",
            100,
        );
        let t = Instant::now();
        for i in 0..1000 {
            petitions::get(db, ROUND, &format!("D{:07}", i * 17)).unwrap().unwrap();
        }
        eprintln!("get {:?}", t.elapsed() / 1000);
    });
}

#[test]
#[ignore]
fn only_postgres() {
    let fresh = support::Fresh::postgres();
    let mut db = fresh.open();
    ducha_records::migrate::up(&mut db).unwrap();
    let words = [
        "养殖场",
        "臭气",
        "扰民",
        "污水",
        "直排",
        "河道",
        "夜间",
        "施工",
        "噪声",
        "扬尘",
        "村民",
        "多次",
        "反映",
        "未得到",
        "解决",
        "工业园区",
        "垃圾",
        "堆放",
        "渗滤液",
        "地下水",
        "采石场",
        "粉尘",
        "油烟",
        "餐饮",
        "小区",
        "居民",
        "磷石膏",
        "赤水河",
        "乌江",
        "尾矿库",
    ];
    let db = &mut db;
    inspect(db, ROUND);
    let mut seed = 1u64;
    let mut text = |words_n: usize| {
        let mut t = String::new();
        for _ in 0..words_n {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            t.push_str(words[(seed >> 33) as usize % words.len()]);
            if (seed >> 20) % 8 == 0 {
                t.push(char::from_u32(0x4e00 + (seed >> 40) as u32 % 3000).unwrap());
            }
        }
        t
    };
    let rows = (0..10_000).map(|i| {
        petition(&format!("D{i:07}"), NANMING)
            .worded(|w| w.complaint = text(30))
            .says(|c| {
                c.investigation = Some(text(40));
                c.handling = Some(text(20));
                c.latest_progress = Some(text(10));
            })
    });
    File::of("2022-01-31").petitions(rows).import(db);
    let t = Instant::now();
    index_pending(db, &mut |_| ()).unwrap();
    eprintln!("index 10k {:?}", t.elapsed());
    std::process::Command::new("psql")
        .arg(&fresh.url)
        .arg("-f")
        .arg("/tmp/h/queries/exp.sql")
        .status()
        .unwrap();
    let t = Instant::now();
    for i in 0..1000 {
        petitions::get(db, ROUND, &format!("D{:07}", i * 7)).unwrap().unwrap();
    }
    eprintln!("get {:?}", t.elapsed() / 1000);
    #[derive(diesel::QueryableByName, Debug)]
    struct S {
        #[diesel(sql_type = diesel::sql_types::Text)]
        #[allow(unused)]
        statement: String,
    }
    use diesel::RunQueryDsl;
    let s: Vec<S> = diesel::sql_query("select substr(statement, 1, 100) || '...' as statement from pg_prepared_statements where statement like '%petitions%'").load(db).unwrap();
    for s in s {
        eprintln!("{s:?}");
    }
}
