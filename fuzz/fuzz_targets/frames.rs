//! Any bytes as what the reading child says.
#![no_main]

use ducha_worker::fuzz::frames;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(broken) = frames(bytes) {
        panic!("{broken}");
    }
});
