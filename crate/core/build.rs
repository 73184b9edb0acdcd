//! Makes one text of the engine's own words (`data/`), for `own.rs`: programs hold it, the extension
//! ships it beside the wasm. The examples of the protected speech, which only people and tests read,
//! are left out, and so are remarks and white space.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The parts and the files that they are made of.
const PARTS: [(&str, &[&str]); 13] = [
    ("ordinary", &["ordinary.txt"]),
    ("frequent", &["frequent.txt"]),
    ("first-names", &["first-names.txt"]),
    ("name-naming", &["name-naming.txt"]),
    ("name-business", &["name-business.txt"]),
    ("name-people", &["name-people.txt"]),
    ("name-private", &["name-private.txt"]),
    ("negators", &["negators.txt"]),
    ("intensifiers", &["intensifiers.txt"]),
    ("slip-neighbours", &["slip-neighbours.txt"]),
    (
        "negative",
        &["tone.negative.es.txt", "tone.negative.en.txt"],
    ),
    (
        "positive",
        &["tone.positive.es.txt", "tone.positive.en.txt"],
    ),
    (
        "promissory",
        &["tone.promissory.es.txt", "tone.promissory.en.txt"],
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data");
    let mut own: serde_json::Value =
        serde_json::from_str(&fs::read_to_string("data/protected.json")?)?;
    let entries = own["protected"]
        .as_array_mut()
        .ok_or("`protected` is no list")?;
    for entry in entries
        .iter_mut()
        .filter_map(serde_json::Value::as_object_mut)
    {
        entry.remove("hits");
        entry.remove("misses");
    }
    let mut text = format!("[protected]\n{own}\n");
    for (part, files) in PARTS {
        writeln!(text, "[{part}]")?;
        for file in files {
            let words = fs::read_to_string(Path::new("data").join(file))?;
            for line in words.lines().map(str::trim) {
                if !line.is_empty() && !line.starts_with('#') {
                    writeln!(text, "{line}")?;
                }
            }
        }
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("own-words.txt"), text)?;
    Ok(())
}
