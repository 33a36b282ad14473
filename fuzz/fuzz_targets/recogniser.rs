//! Any bytes as a sheet: the recogniser answers and keeps its promises.
#![no_main]

use std::sync::LazyLock;

use ducha_worker::fuzz::recogniser;
use ducha_worker::profile::Profiles;
use libfuzzer_sys::fuzz_target;

static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::embedded);

fuzz_target!(|bytes: &[u8]| {
    if let Err(broken) = recogniser(&PROFILES, bytes) {
        panic!("{broken}");
    }
});
