//! Programs that are killed, stand still, or lose their database, at a tenth of what `make torture` does.

use std::time::Duration;

use ducha_tests::Backend;
use ducha_tests::faults::{self, Tally};

/// Where the random numbers begin.
const SEED: u64 = 20_260_101;

fn on_both(fault: impl Fn(Backend) -> Tally) {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        held(&fault(backend));
    }
}

fn held(tally: &Tally) {
    eprintln!("{tally}");
    assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
}

#[test]
fn imports_of_killed_workers_are_completed_by_others_and_no_row_is_lost_or_doubled() {
    on_both(|backend| faults::workers_killed(backend, SEED, 10));
}

#[test]
fn a_worker_that_is_killed_at_a_call_that_writes_leaves_an_import_that_another_completes() {
    on_both(|backend| faults::workers_killed_at_calls(backend, 10));
}

#[test]
fn a_database_that_crashes_amid_imports_loses_none_and_server_and_worker_go_on() {
    held(&faults::database_crashed(SEED, 5));
}

#[test]
fn a_server_that_is_asked_ten_times_too_much_refuses_the_excess_and_loses_nothing() {
    on_both(|backend| faults::overloaded(backend, Duration::from_secs(3)));
}

#[test]
fn a_ledger_that_many_upload_at_once_is_one_import() {
    on_both(|backend| faults::same_ledger(backend, 3));
}

#[test]
fn a_killed_server_leaves_no_import_without_its_file_and_keeps_what_it_acknowledged() {
    on_both(|backend| faults::servers_killed(backend, SEED, 5));
}

#[test]
fn a_worker_that_stood_still_is_refused_by_its_token_and_every_job_takes_effect_once() {
    on_both(|backend| faults::workers_paused(backend, SEED, 10));
}

#[test]
fn an_upload_whose_commit_was_cut_off_is_the_same_import_when_it_is_made_again() {
    held(&faults::uploads_cut(12));
}

#[test]
fn an_import_whose_commit_was_cut_off_takes_effect_once() {
    held(&faults::imports_cut(8));
}

#[test]
fn a_server_that_is_told_to_stop_answers_every_call_it_has() {
    on_both(|backend| faults::stopped_under_load(backend, 3));
}
