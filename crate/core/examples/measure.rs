//! How fast the engine is as a native program: `measure BUNDLE TEXTS`.
//!
//! `BUNDLE` is what `tacto build` wrote; `TEXTS` is a JSON object from a length to drafts of that
//! length. Prints one line of JSON with the time to load the guide and, for each length, median
//! and 99th percentile of one check. `./build.sh bench` calls it beside the wasm and others.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::json;
use tacto_core::{Checker, Draft, Guide};

/// Time given to each length.
const BUDGET: Duration = Duration::from_millis(1500);

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(bundle), Some(texts)) = (arguments.next(), arguments.next()) else {
        return Err("usage: measure BUNDLE TEXTS".into());
    };
    let bundle = std::fs::read_to_string(bundle)?;
    let texts: BTreeMap<u32, Vec<String>> = serde_json::from_str(&std::fs::read_to_string(texts)?)?;

    let start = Instant::now();
    let guide = Guide::from_bundle(&bundle)?;
    let checker = Checker::new(&guide);
    let load = start.elapsed();

    let mut checks = BTreeMap::new();
    for (length, texts) in texts {
        let drafts: Vec<Draft> = texts.into_iter().map(Draft::new).collect();
        for draft in &drafts {
            black_box(checker.check(draft)?);
        }
        let mut times = Vec::new();
        let begin = Instant::now();
        for draft in drafts.iter().cycle() {
            let start = Instant::now();
            black_box(checker.check(black_box(draft))?);
            times.push(start.elapsed());
            if begin.elapsed() > BUDGET {
                break;
            }
        }
        times.sort_unstable();
        let at = |share: f64| micros(times[((times.len() - 1) as f64 * share) as usize]);
        checks.insert(
            length,
            json!({"median_us": at(0.5), "p99_us": at(0.99), "checks": times.len()}),
        );
    }
    println!(
        "{}",
        json!({"load_ms": micros(load) / 1000.0, "checks": checks})
    );
    Ok(())
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
