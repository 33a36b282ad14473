//! Page by page, every record comes exactly once, whatever else happens.

use std::collections::BTreeSet;

use ducha::v1::{ListPetitionsRequest, ListPetitionsResponse, RecordView};
use ducha_tests::{INSPECTION, Seed, TestApp, on_both};
use prost::Message;

/// What a page may take, in bytes.
const LIMIT: usize = 2 * 1024 * 1024;

async fn page(app: &TestApp, size: u32, token: String, view: RecordView) -> ListPetitionsResponse {
    let request = ListPetitionsRequest {
        inspection_id: INSPECTION.into(),
        page_size: size,
        page_token: token,
        view: view.into(),
        ..Default::default()
    };
    app.petitions().list_petitions(request).await.unwrap().into_inner()
}

fn numbers(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|at| format!("X{at:05}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_petition_comes_once_in_pages_of_any_size() {
    on_both(async |app| {
        let all = numbers(0..23);
        app.import(Seed::of_petitions("520102", all.clone())).await;
        for size in [1, 7, 22, 23, 24, 1000] {
            let (mut seen, mut token, mut pages) = (Vec::new(), String::new(), 0);
            loop {
                let page = page(&app, size, token, RecordView::Basic).await;
                assert!(page.petitions.len() <= size as usize);
                seen.extend(page.petitions.into_iter().map(|petition| petition.number));
                pages += 1;
                token = page.next_page_token;
                if token.is_empty() {
                    break;
                }
            }
            assert_eq!(seen, all);
            assert_eq!(pages, 23usize.div_ceil(size as usize), "no page is empty");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_ends_before_two_mebibytes_and_nothing_is_lost() {
    on_both(async |app| {
        let all = numbers(0..60);
        let mut seed = Seed::of_petitions("520102", all.clone());
        for (_, _, content) in &mut seed.petitions {
            content.investigation = Some("查".repeat(16_000));
            content.handling = Some("办".repeat(16_000));
        }
        app.import(seed).await;
        let (mut seen, mut token, mut pages) = (Vec::new(), String::new(), 0);
        loop {
            let page = page(&app, 1000, token, RecordView::Full).await;
            assert!(page.encoded_len() <= LIMIT, "{} bytes", page.encoded_len());
            pages += 1;
            seen.extend(page.petitions.into_iter().map(|petition| petition.number));
            token = page.next_page_token;
            if token.is_empty() {
                break;
            }
        }
        assert_eq!(seen, all);
        assert!(pages >= 3, "{pages} pages for 5.8 MB");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paging_stays_right_while_imports_write() {
    on_both(async |app| {
        let before: Vec<String> = numbers(0..200).into_iter().step_by(2).collect();
        app.import(Seed::of_petitions("520102", before.clone())).await;
        let url = app.database().url();
        let imports = tokio::task::spawn_blocking(move || {
            for start in (1..200).step_by(20) {
                // New petitions between the old ones, and a change of the old ones.
                let new = numbers(start..start + 20).into_iter().step_by(2);
                drop(Seed::of_petitions("520103", new).import(&url));
                let mut changed = Seed::of_petitions("520102", numbers(0..200).into_iter().step_by(2));
                changed
                    .petitions
                    .iter_mut()
                    .for_each(|row| row.2.remarks = Some(start.to_string()));
                drop(changed.import(&url));
            }
        });
        let mut rounds = 0;
        while rounds == 0 || !imports.is_finished() {
            let (mut seen, mut token) = (Vec::new(), String::new());
            loop {
                let page = page(&app, 7, token, RecordView::Basic).await;
                seen.extend(page.petitions.into_iter().map(|petition| petition.number));
                token = page.next_page_token;
                if token.is_empty() {
                    break;
                }
            }
            assert!(seen.is_sorted_by(|one, next| one < next), "in order and none twice");
            let seen: BTreeSet<_> = seen.into_iter().collect();
            assert!(before.iter().all(|number| seen.contains(number)), "none is missed");
            rounds += 1;
        }
        imports.await.unwrap();
    })
    .await;
}
