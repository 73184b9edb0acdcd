//! Leaves out of the engine's own data what only people and tests read, since every byte of it
//! would be in the wasm: the examples of the protected speech, and white space.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    const FILE: &str = "data/protected.json";
    println!("cargo::rerun-if-changed={FILE}");
    let mut own: serde_json::Value = serde_json::from_str(&fs::read_to_string(FILE)?)?;
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
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("protected.json"), own.to_string())?;
    Ok(())
}
