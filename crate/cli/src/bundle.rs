//! `tacto build`: a guide's folder as the one file that the extension and the policy take.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::check::now;
use crate::examples;
use crate::failure::{Failure, Status};
use crate::lint::is_over;
use crate::load;

/// Write a guide as one bundle, after running every rule's examples.
#[derive(Debug, Args)]
pub struct Build {
    /// The guide's folder.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The bundle. Without it, or with `-`, the standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Also writes the popup's checklist (checklist.toml) to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    checklist: Option<PathBuf>,
    /// Also writes the engine's own words (protected speech, tones, words that names are made of),
    /// which the extension ships beside the wasm.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
}

impl Build {
    /// Builds the bundle, or says what is wrong with the guide.
    pub fn run(&self) -> Result<Status, Failure> {
        let loaded = load::folder(&self.folder)?;
        // What its authors say is over must not be rolled out anew.
        let valid = loaded.guide.data().company.valid_until.as_deref();
        if let Some(day) = valid.filter(|day| is_over(day, now())) {
            return Err(Failure::one(
                loaded.place(&["company".into(), "valid_until".into()]),
                format!("the guide was valid until {day}"),
                "Review it and set a new `valid_until`.",
            ));
        }
        let outcome = examples::run(&loaded);
        if !outcome.failed.is_empty() {
            return Err(Failure::Told(
                outcome
                    .failed
                    .into_iter()
                    .map(|failed| failed.diagnostic)
                    .collect(),
            ));
        }
        if let Some(path) = &self.checklist {
            let Some(checklist) = &loaded.checklist else {
                return Err(Failure::one(
                    self.folder.join("checklist.toml").display(),
                    "there is no checklist",
                    "Write checklist.toml into the guide's folder, or leave --checklist out.",
                ));
            };
            write_whole(path, checklist.to_string().as_bytes())?;
        }
        if let Some(path) = &self.words {
            write_whole(path, tacto_core::OWN_WORDS.as_bytes())?;
        }
        let bundle = loaded.guide.to_bundle();
        match self
            .output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
        {
            None => io::stdout().lock().write_all(bundle.as_bytes())?,
            Some(path) => write_whole(path, bundle.as_bytes())?,
        }
        Ok(Status::Fine)
    }
}

/// Writes a file so that nobody ever sees a half of it.
pub fn write_whole(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let told = |error: &io::Error| Failure::file(path.display(), error);
    // A device or a pipe is written to, not replaced.
    if fs::metadata(path).is_ok_and(|existing| !existing.is_file()) {
        return fs::write(path, content).map_err(|error| told(&error));
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    fs::write(&beside, content)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| {
            let _ = fs::remove_file(&beside);
            told(&error)
        })
}
