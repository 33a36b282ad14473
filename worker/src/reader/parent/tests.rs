//! Every way a child can end, played by shell scripts in its place.

use super::*;
use crate::reader::error::one_of_each;
use crate::reader::frame::{FrameWriter, Totals};
use crate::reader::sink::Sink;
use crate::reader::testing::play;

fn frames(last: impl FnOnce(&mut FrameWriter<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    last(&mut FrameWriter::new(&mut bytes).unwrap());
    bytes
}

fn ended() -> Vec<u8> {
    frames(|writer| {
        writer
            .end(&Totals {
                sheets: 1,
                rows: 2,
                cells: 3,
            })
            .unwrap()
    })
}

#[test]
fn every_ending_is_a_verdict_and_stays_it() {
    let crashed = |how, number| ReadError::Crashed { how, number };
    let limits = Limits::default();
    for (script, bytes, wanted) in [
        ("exit 101", vec![], crashed(Crash::Panic, 0)),
        ("kill -SEGV $$", vec![], crashed(Crash::Signal, 11)),
        ("kill -KILL $$", vec![1], crashed(Crash::Signal, 9)),
        (
            "echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$",
            vec![],
            ReadError::OutOfMemory,
        ),
        (
            "kill -XCPU $$",
            vec![],
            ReadError::TimedOut {
                clock: Clock::Cpu,
                seconds: 60,
            },
        ),
        ("exit 3", vec![], crashed(Crash::Exit, 3)),
        ("exit 0", vec![], crashed(Crash::CutShort, 0)),
        ("cat $FRAMES", ended()[..4].to_vec(), crashed(Crash::CutShort, 0)),
        ("cat $FRAMES; exit 101", ended()[..7].to_vec(), crashed(Crash::Panic, 0)),
        ("cat $FRAMES", b"hello".to_vec(), crashed(Crash::BadFrame, 0)),
        (
            "cat $FRAMES; sleep 1000",
            b"\x01\xFF\xFF\xFF\xFF".to_vec(),
            crashed(Crash::BadFrame, 0),
        ),
    ] {
        let mut played = play(script, &bytes, &limits);
        for _ in 0..2 {
            assert_eq!(played.reader.next_frame(), Err(wanted.clone()), "{script}");
        }
    }
}

#[test]
fn a_refusal_is_the_error_that_the_child_met() {
    for error in one_of_each() {
        let bytes = frames(|writer| writer.refused(&error).unwrap());
        let mut played = play("cat $FRAMES; exit 1", &bytes, &Limits::default());
        assert_eq!(played.reader.next_frame(), Err(error));
    }
}

#[test]
fn the_last_frame_is_followed_by_none_and_a_child_that_lingers_is_ended() {
    let mut played = play("cat $FRAMES; exec sleep 1000", &ended(), &Limits::default());
    assert!(matches!(played.reader.next_frame(), Ok(Some(Frame::End(totals))) if totals.rows == 2));
    assert_eq!(played.reader.next_frame(), Ok(None));
    assert_eq!(played.reader.next_frame(), Ok(None));
}

#[test]
fn a_child_that_says_nothing_is_ended_when_the_time_is_up() {
    let limits = Limits {
        wall_seconds: 0,
        ..Limits::default()
    };
    let mut played = play("exec sleep 1000", &[], &limits);
    assert_eq!(
        played.reader.next_frame(),
        Err(ReadError::TimedOut {
            clock: Clock::Wall,
            seconds: 0
        })
    );
    let status = played.reader.child.try_wait().unwrap();
    assert!(status.is_some(), "the child has been reaped");
}

#[test]
fn dropping_a_reader_ends_a_child_that_still_has_much_to_say() {
    let sheet_ends = "printf '\\001'; while true; do printf '\\001\\000\\000\\000\\004'; done";
    let mut played = play(sheet_ends, &[], &Limits::default());
    let pid = played.reader.child.id();
    assert_eq!(played.reader.next_frame(), Ok(Some(Frame::SheetEnd)));
    drop(played);
    assert!(!Path::new(&format!("/proc/{pid}")).exists());
}

#[test]
fn the_child_gets_its_arguments_and_nothing_of_the_environment() {
    let mut played = play("echo \"$@\" >&2; /usr/bin/env >&2", &[], &Limits::default());
    assert!(played.reader.next_frame().is_err());
    let limits = serde_json::to_string(&Limits::default()).unwrap();
    let words = played.reader.into_stderr();
    let (arguments, environment) = words.split_once('\n').unwrap();
    assert_eq!(arguments, format!("read --frames --limits {limits} -- -ledger.xlsx"));
    // The shell itself sets where it is.
    assert!(
        !environment.contains("PATH=") && !environment.contains("HOME="),
        "{environment}"
    );
}
