//! Puts the shipped guide (`rules/`) into the binary, so that it works wherever it is copied; and
//! what is learnt from its examples, so that nobody waits for it.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn Error>> {
    let rules = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default())
        .join("../../rules")
        .canonicalize()?;
    // A folder that is named here counts as changed when anything in it changes.
    println!("cargo::rerun-if-changed={}", rules.display());

    let mut files = Vec::new();
    collect(&rules, &rules, &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for (name, path) in &files {
        let _ = writeln!(code, "    ({name:?}, include_str!({path:?})),");
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("shipped.rs"), code)?;
    fs::write(out.join("model.json"), model(&files)?)?;
    Ok(())
}

/// What is learnt from the shipped examples, as JSON.
fn model(files: &[(String, PathBuf)]) -> Result<String, Box<dyn Error>> {
    let examples: Vec<(&str, String)> = files
        .iter()
        .filter(|(name, _)| name.starts_with("examples/"))
        .map(|(name, path)| Ok((name.as_str(), fs::read_to_string(path)?)))
        .collect::<io::Result<_>>()?;
    let examples = examples.iter().map(|(name, text)| (*name, text.as_str()));
    let examples = tacto_learn::examples::read(examples).map_err(|errors| {
        let told: Vec<String> = errors
            .iter()
            .map(|error| format!("rules/{error}"))
            .collect();
        told.join("\n")
    })?;
    let model = tacto_learn::learn(&examples, &tacto_learn::extractor(), &|_| {});
    Ok(serde_json::to_string(&model)?)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path
            .extension()
            .is_some_and(|kind| kind == "toml" || kind == "txt" || kind == "md")
            && let Ok(name) = path.strip_prefix(root)
        {
            files.push((name.to_string_lossy().replace('\\', "/"), path));
        }
    }
    Ok(())
}
