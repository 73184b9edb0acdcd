//! `tacto hash`: a list of names as keyed hashes, so that a policy does not hand a readable
//! client list to every laptop. That is obfuscation: who holds the file holds the key and can try
//! names against it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use tacto_core::guide::data::Entry;
use tacto_core::hash_entry;

use crate::bundle::write_whole;
use crate::failure::{Diagnostic, Failure, Status};
use crate::load;

/// The shortest and the longest key, in bytes.
const KEY: std::ops::RangeInclusive<usize> = 16..=64;

/// Write a list of names as keyed hashes: obfuscated, not secret.
///
/// Put what it writes into a .toml file of the guide, name it in rules with
/// `{ hashed = "clients" }`, and remove the readable list. Whoever has the guide has the key as
/// well and can try names against it; what they cannot do is read the list.
#[derive(Debug, Args)]
pub struct Hash {
    /// A plain text with one name a line, `-` for the standard input, or the name of a list of
    /// the guide in `--guide` (or in rules/).
    list: String,
    /// A file that holds the key as 32 to 128 hexadecimal digits: the same key gives the same
    /// hashes.
    #[arg(short, long, value_name = "FILE", required_unless_present = "new_key")]
    key: Option<PathBuf>,
    /// Make a new key.
    #[arg(long, conflicts_with = "key")]
    new_key: bool,
    /// The guide that the list is in.
    #[arg(long, value_name = "DIR_OR_BUNDLE")]
    guide: Option<PathBuf>,
    /// What the hashed list is called. Without it, as the file or the list.
    #[arg(long)]
    name: Option<String>,
    /// Where to write. Without it, the standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Hash {
    /// Writes the hashed list.
    pub fn run(&self) -> Result<Status, Failure> {
        let key = match &self.key {
            Some(path) => read_key(path)?,
            None => {
                let mut key = vec![0; 32];
                getrandom::fill(&mut key)
                    .map_err(|error| Failure::one("--new-key", error.to_string(), ""))?;
                key
            }
        };
        let (name, entries) = self.entries()?;
        let mut hashes = BTreeSet::new();
        let mut longest = 1;
        let mut wrong = Vec::new();
        for (place, entry) in &entries {
            match hash_entry(&key, entry) {
                Some((spellings, words)) => {
                    hashes.extend(spellings);
                    longest = longest.max(words);
                }
                None => wrong.push(Diagnostic::new(
                    place,
                    format!("\"{entry}\" cannot be hashed"),
                    "A hashed entry has one to five words. Shorten it, or leave it in a readable \
                     list.",
                )),
            }
        }
        if !wrong.is_empty() {
            return Err(Failure::Told(wrong));
        }
        let text = toml(&name, &key, longest, &hashes);
        match &self.output {
            None => io::stdout().lock().write_all(text.as_bytes())?,
            Some(path) => write_whole(path, text.as_bytes())?,
        }
        Ok(Status::Fine)
    }

    /// The list's name, and its entries with their places.
    fn entries(&self) -> Result<(String, Vec<(String, String)>), Failure> {
        let path = Path::new(&self.list);
        // What is there and no file is told so by whoever reads it.
        if self.list != "-" && (!path.exists() || path.is_dir()) {
            return self.entries_of_guide();
        }
        let text = if self.list == "-" {
            load::as_shown(load::read_all(io::stdin().lock(), "(standard input)")?)
        } else {
            load::read_text(path)?
        };
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().to_lowercase());
        let stem = stem
            .filter(|stem| stem != "-")
            .unwrap_or_else(|| "list".to_owned());
        let name = self
            .name
            .clone()
            .unwrap_or_else(|| stem.replace([' ', '_', '.'], "-"));
        let entries = text
            .lines()
            .enumerate()
            .map(|(at, line)| {
                let entry = line.split(" # ").next().unwrap_or_default();
                (at + 1, entry.trim())
            })
            .filter(|(_, entry)| !entry.is_empty() && !entry.starts_with('#'))
            .map(|(line, entry)| (format!("{}:{line}:1", self.list), entry.to_owned()))
            .collect();
        Ok((name, entries))
    }

    fn entries_of_guide(&self) -> Result<(String, Vec<(String, String)>), Failure> {
        let loaded = load::guide_here(self.guide.as_deref())?;
        let lists = &loaded.guide.data().lists;
        let Some(list) = lists.get(&self.list) else {
            let known: Vec<_> = lists.keys().map(String::as_str).collect();
            return Err(Failure::one(
                &self.list,
                format!(
                    "there is no such file, nor a list of that name in {}",
                    loaded.origin
                ),
                format!("The guide's lists: {}.", known.join(", ")),
            ));
        };
        let mut entries = Vec::new();
        for (at, entry) in list.entries.iter().enumerate() {
            let path = [
                "lists".into(),
                self.list.as_str().into(),
                "entries".into(),
                at.into(),
            ];
            let place = || loaded.place(&path);
            match entry {
                Entry::Plain(name) => entries.push((place(), name.clone())),
                Entry::Detailed(entry) => {
                    entries.extend(
                        std::iter::once(&entry.name)
                            .chain(&entry.short)
                            .map(|name| (place(), name.clone())),
                    );
                }
            }
        }
        Ok((
            self.name.clone().unwrap_or_else(|| self.list.clone()),
            entries,
        ))
    }
}

fn read_key(path: &Path) -> Result<Vec<u8>, Failure> {
    let text = load::read_text(path)?;
    let digits = text.trim();
    let bytes: Option<Vec<u8>> = (digits.is_ascii() && digits.len().is_multiple_of(2))
        .then(|| {
            (0..digits.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok())
                .collect()
        })
        .flatten();
    bytes
        .filter(|bytes| KEY.contains(&bytes.len()))
        .ok_or_else(|| {
            Failure::one(
                format!("{}:1:1", path.display()),
                "this is no key",
                "A key is 32 to 128 hexadecimal digits; `--new-key` makes one.",
            )
        })
}

/// Sorted, so that the order tells nothing about the list.
fn toml(name: &str, key: &[u8], words: u8, hashes: &BTreeSet<u64>) -> String {
    let mut out = String::from(
        "# Written by `tacto hash`. Obfuscated, not secret: whoever has this file can try names.\n",
    );
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let _ = write!(
        out,
        "[hashed.{name}]\nkey = \"{hex}\"\nwords = {words}\nhashes = [\n"
    );
    for hash in hashes {
        let _ = writeln!(out, "    \"{hash:016x}\",");
    }
    out.push_str("]\n");
    out
}
