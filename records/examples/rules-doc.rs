//! Prints `docs/rules.md`: `cargo run -p ducha-records --example rules-doc > docs/rules.md`.

fn main() {
    print!("{}", ducha_records::rules::markdown());
}
