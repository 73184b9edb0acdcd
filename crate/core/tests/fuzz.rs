//! A short run of the fuzz targets' bodies, with scraps that lead into the deep parts. The long
//! run is `cargo +nightly fuzz run check` in `crate/core` (see `fuzz/`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use proptest::sample::Index;

#[path = "../fuzz/bodies.rs"]
mod bodies;

const RULE: &str = r#"
[[rule]]
id = "x"
topic = "client"
section = "a"
severity = "stop"
find = [{ terms = ["uno"] }]
near = [{ pattern = '\d+', within = 3 }]
say = { es = { title = "t", message = "m" }, en = { title = "t", message = "m" } }
hits = { es = ["uno 1"], en = ["uno 1"] }
misses = { es = ["a"], en = ["a"] }

[lists.words]
entries = ["a", { name = "b", public_from = "2026-01-01" }]
"#;

const TEXT: &str = "Our cliente Faro said mierda, ES91 2100 0418 4502 0005 1332 f*ck 12 M€ \
    ana.perez@example.com password: Xk29!aaQ B a n c o L u m e n #BancoLumen 4111 1111 1111 1111 \
    10.0.0.1 srv.corp AKIAQ7ZX2ABCDEFGHIJK calle Mayor, 3 +34 612 345 678 año nuevo e\u{301}\u{200D}😀 ";

/// A text with some stretches taken out, doubled, or replaced.
fn mutated(seed: &'static str) -> impl Strategy<Value = String> {
    let edit = (
        any::<Index>(),
        any::<Index>(),
        prop_oneof![Just(String::new()), any::<String>()],
    );
    (prop::collection::vec(edit, 0..6)).prop_map(move |edits| {
        let mut text: Vec<char> = seed.chars().collect();
        for (from, length, new) in edits {
            if text.is_empty() {
                break;
            }
            let from = from.index(text.len());
            let until = (from + length.index(12)).min(text.len());
            text.splice(from..until, new.chars());
        }
        text.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn folding_holds(text in any::<String>()) {
        bodies::fold(&text);
    }

    #[test]
    fn checking_holds(text in mutated(TEXT)) {
        bodies::check(&text);
    }

    #[test]
    fn bundles_hold(text in mutated(bodies::BUNDLE)) {
        bodies::bundle(&text);
    }

    #[test]
    fn rule_files_hold(text in mutated(RULE)) {
        bodies::guide(&text);
    }
}
