//! Texts in JSON Lines, one row a line, as they are or gzipped: `*.jsonl`, `*.jsonl.gz`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::load::without_place;

/// The files of rows in a folder, by their names without what they end in.
pub fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let listing = fs::read_dir(folder).map_err(|error| Failure::file(folder.display(), &error))?;
    let mut files = BTreeMap::new();
    for entry in listing {
        let path = entry
            .map_err(|error| Failure::file(folder.display(), &error))?
            .path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let bare = name
            .strip_suffix(".jsonl.gz")
            .or(name.strip_suffix(".jsonl"))
            .map(str::to_owned);
        if let Some(bare) = bare {
            files.insert(bare, path);
        }
    }
    Ok(files)
}

/// Hands over each row with its line, from 1. `form` says what a row should be.
pub fn read<R: DeserializeOwned>(
    path: &Path,
    form: &str,
    mut each: impl FnMut(usize, R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let told = |error: &std::io::Error| Failure::file(path.display(), error);
    let file = File::open(path).map_err(|error| told(&error))?;
    let input: Box<dyn Read> = if path.extension().is_some_and(|kind| kind == "gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    for (at, line) in BufReader::new(input).lines().enumerate() {
        let line = line.map_err(|error| told(&error))?;
        if line.trim().is_empty() {
            continue;
        }
        let row = serde_json::from_str(&line).map_err(|error| {
            Failure::one(
                format!("{}:{}:{}", path.display(), at + 1, error.column()),
                without_place(&error),
                form,
            )
        })?;
        each(at + 1, row)?;
    }
    Ok(())
}
