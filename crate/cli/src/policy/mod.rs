//! `tacto policy`: the files by which an IT department installs and sets the extension, written
//! from one small TOML; and a check of such files, whoever wrote them. What the keys are is in
//! `extension/managed_schema.json` alone.

mod admx;
mod check;
mod files;
mod mobileconfig;
mod plan;
mod read;
mod registry;
mod schema;
mod settings;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::bundle::write_whole;
use crate::failure::{Diagnostic, Failure, Status};
use crate::load;
use check::Checker;
use plan::Plan;

/// The example in the handbook, which `init` hands out.
const EXAMPLE: &str = include_str!("../../../../extension/deploy/tacto-policy.toml");

/// Write the policy files that install and set the extension, or check some.
#[derive(Debug, Args)]
pub struct Policy {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(Init),
    Write(Write),
    Check(Check),
}

/// Write a TOML to start from, with every setting explained.
#[derive(Debug, Args)]
struct Init {
    /// Where to write. Without it, the standard output. Nothing is written over.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Write the files for every browser and system, and check them.
///
/// Paths in the TOML are seen from the folder that it is in.
#[derive(Debug, Args)]
struct Write {
    /// The TOML; `tacto policy init` writes one to start from.
    plan: PathBuf,
    /// The folder for the files; made where it is missing.
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

/// Check policy files, whoever wrote them: .json, .reg and .mobileconfig for Chrome, Edge, Chromium
/// and Firefox, and the JSON of the Google admin console.
#[derive(Debug, Args)]
struct Check {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The extension's id in that browser. Without it, the extension that has a setting of
    /// Tacto's name.
    #[arg(long)]
    id: Option<String>,
}

impl Policy {
    /// Runs the command.
    pub fn run(&self) -> Result<Status, Failure> {
        match &self.command {
            Command::Init(init) => init.run(),
            Command::Write(write) => write.run(),
            Command::Check(check) => check.run(),
        }
    }
}

impl Init {
    fn run(&self) -> Result<Status, Failure> {
        match &self.output {
            None => io::stdout().lock().write_all(EXAMPLE.as_bytes())?,
            Some(path) if path.exists() => {
                return Err(Failure::one(
                    path.display(),
                    "there is such a file already",
                    "Name another place, or remove it first.",
                ));
            }
            Some(path) => write_whole(path, EXAMPLE.as_bytes())?,
        }
        Ok(Status::Fine)
    }
}

impl Write {
    fn run(&self) -> Result<Status, Failure> {
        let plan = Plan::read(&self.plan)?;
        let files = files::all(&plan)?;
        let mut checker = Checker::default();
        for file in &files {
            // Nothing that a browser would refuse is left behind for somebody to roll out.
            let problems = match read::read(&file.bytes, &file.name) {
                Ok(found) => checker.problems(&found, None),
                Err(diagnostic) => vec![diagnostic],
            };
            if !problems.is_empty() && file.checked {
                return Err(Failure::Told(problems));
            }
        }
        for file in &files {
            let path = self.output.join(&file.name);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)
                    .map_err(|error| Failure::file(folder.display(), &error))?;
            }
            write_whole(&path, &file.bytes)?;
        }
        let mut out = io::stdout().lock();
        for file in &files {
            writeln!(out, "{}", self.output.join(&file.name).display())?;
        }
        let size = plan.settings.size();
        writeln!(
            out,
            "The settings have {size} bytes. {}/README.txt says where each file goes.",
            self.output.display()
        )?;
        for advice in plan.advice() {
            writeln!(out, "{advice}")?;
        }
        Ok(Status::Fine)
    }
}

impl Check {
    fn run(&self) -> Result<Status, Failure> {
        let mut status = Status::Fine;
        let mut checker = Checker::default();
        let mut out = io::stdout().lock();
        for path in &self.files {
            let name = path.display().to_string();
            let checked = bytes(path).and_then(|bytes| {
                read::read(&bytes, &name).map_err(|diagnostic| Failure::Told(vec![diagnostic]))
            });
            match checked {
                Err(failure) => {
                    status = Status::BadInput;
                    let _ = write!(io::stderr(), "{failure}");
                }
                Ok(found) => {
                    let problems = checker.problems(&found, self.id.as_deref());
                    for problem in &problems {
                        writeln!(out, "{problem}")?;
                    }
                    if problems.is_empty() {
                        writeln!(out, "{name}: {}", found.summary(self.id.as_deref()))?;
                    } else {
                        status = status.max(Status::Flagged);
                    }
                }
            }
        }
        Ok(status)
    }
}

/// A policy file's bytes; they may be UTF-16, as registry files are.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    const MOST: u64 = 64 * 1024 * 1024;
    let told = |error: &io::Error| Failure::file(path.display(), error);
    let found = fs::metadata(path).map_err(|error| told(&error))?;
    if !found.is_file() || found.len() > MOST {
        return Err(Failure::one(
            path.display(),
            format!("this is no file, or has more than the {MOST} bytes that a browser reads"),
            "Check that it is the right file.",
        ));
    }
    fs::read(path).map_err(|error| told(&error))
}

/// A file that is to be rolled out.
struct File {
    /// Path below the output folder, with slashes.
    name: String,
    bytes: Vec<u8>,
    /// Whether `check` can read it: everything but the templates and the notes.
    checked: bool,
}

/// A text of JSON that a setting holds, or why it is none.
fn json(text: &str, place: &str) -> Result<serde_json::Value, Diagnostic> {
    serde_json::from_str(text).map_err(|error| {
        Diagnostic::new(
            format!("{place}:{}:{}", error.line(), error.column()),
            format!("this is no JSON: {}", load::without_place(&error)),
            "Look for a missing or surplus comma, quote or bracket just before that place.",
        )
    })
}
