//! `tacto learn`: what is learnt from a guide's examples, for whoever wants to see it; and the same
//! for every command that reads a guide's folder.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::Args;
use serde::Deserialize;
use tacto_core::guide::source::SourceFile;
use tacto_core::model::ModelData;
use tacto_learn::examples::{self, Example, Kind, Part};
use tacto_learn::{Progress, strangers};

use crate::bundle::write_whole;
use crate::failure::{Diagnostic, Failure, Status};
use crate::load;
use crate::rows;

/// Where a guide's examples are, in its folder.
const FOLDER: &str = "examples/";

/// Learn from a guide's examples, and say how much there is to learn from.
///
/// `tacto build` learns by itself; this shows it.
#[derive(Debug, Args)]
pub struct Learn {
    /// The guide's folder. Without it, rules/ where you are.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Turn posts (JSON Lines with `text`, also .gz) into the numbers of which a learner knows
    /// ordinary posts: no more than these can be in a repository. For those who develop Tacto.
    #[arg(
        long,
        value_name = "FILE",
        requires = "output",
        conflicts_with = "folder"
    )]
    strangers: Option<PathBuf>,
    /// Where the numbers go.
    #[arg(short, long, value_name = "FILE", requires = "strangers")]
    output: Option<PathBuf>,
}

impl Learn {
    /// Learns, and tells what from.
    pub fn run(&self) -> Result<Status, Failure> {
        if let (Some(posts), Some(output)) = (&self.strangers, &self.output) {
            return numbers(posts, output);
        }
        let folder = self.folder.as_deref().unwrap_or(Path::new("rules"));
        let files = load::files(folder)?;
        let origin = folder.display().to_string();
        let examples = read(&files, &origin)?;
        let mut out = io::stdout().lock();
        counts(&mut out, &examples)?;
        match learn(&examples) {
            None => {
                writeln!(
                    out,
                    "nothing is learnt: no topic has {} drafts to be careful with",
                    tacto_learn::FEWEST
                )?;
            }
            Some(model) => {
                let size = serde_json::to_string(&model).map_or(0, |json| json.len());
                writeln!(
                    out,
                    "learnt: {} topics, {} features, {size} bytes",
                    model.heads.len().saturating_sub(2),
                    model.careful.len()
                )?;
            }
        }
        Ok(Status::Fine)
    }
}

fn counts(out: &mut impl io::Write, examples: &[Example]) -> io::Result<()> {
    let mut parts: Vec<Part> = examples.iter().map(|example| example.part).collect();
    parts.sort_unstable();
    parts.dedup();
    writeln!(
        out,
        "{:24} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "", "plain", "indirect", "allusive", "careful", "fine"
    )?;
    for part in parts {
        write!(out, "{:24}", part.name())?;
        for kind in Kind::ALL {
            let count = examples
                .iter()
                .filter(|example| example.part == part && example.kind == kind)
                .count();
            write!(out, " {count:>8}")?;
        }
        let careful = examples
            .iter()
            .filter(|example| {
                example
                    .topics
                    .iter()
                    .any(|topic| Part::Topic(*topic) == part)
            })
            .count();
        let few = matches!(part, Part::Topic(_)) && careful < tacto_learn::FEWEST;
        writeln!(out, "{}", if few { "  too few: not learnt" } else { "" })?;
    }
    let mut authors: Vec<u32> = examples.iter().map(|example| example.author).collect();
    authors.sort_unstable();
    authors.dedup();
    writeln!(
        out,
        "{} drafts by {} authors",
        examples.len(),
        authors.len()
    )
}

/// A guide's examples among its files.
pub fn read(files: &[SourceFile], origin: &str) -> Result<Vec<Example>, Failure> {
    let own = files
        .iter()
        .filter(|file| is_example(&file.name))
        .map(|file| (file.name.as_str(), file.text.as_str()));
    examples::read(own).map_err(|errors| {
        Failure::Told(
            errors
                .into_iter()
                .map(|error| {
                    let place = &error.place;
                    Diagnostic::new(
                        format!("{origin}/{}:{}:{}", place.file, place.line, place.column),
                        error.message,
                        error.remedy,
                    )
                })
                .collect(),
        )
    })
}

/// Whether a file of a guide holds examples.
pub fn is_example(name: &str) -> bool {
    name.starts_with(FOLDER)
}

/// The model of these examples, with progress where somebody watches.
pub fn learn(examples: &[Example]) -> Option<ModelData> {
    let watched = io::stderr().is_terminal();
    let shown = Mutex::new(());
    let model = tacto_learn::learn(examples, &tacto_learn::extractor(), &|progress| {
        if !watched {
            return;
        }
        let _one_at_a_time = shown.lock();
        let mut err = io::stderr().lock();
        // Where even stderr is gone there is nobody left to tell.
        let _ = match progress {
            Progress::Reading => write!(err, "\rlearning from {} drafts", examples.len()),
            Progress::Learning(done, all) => {
                write!(
                    err,
                    "\rlearning from {} drafts: {done} of {all}",
                    examples.len()
                )
            }
        };
    });
    if watched {
        let _ = write!(io::stderr().lock(), "\r\x1b[K");
    }
    model
}

fn numbers(posts: &Path, output: &Path) -> Result<Status, Failure> {
    #[derive(Deserialize)]
    struct Post {
        text: String,
    }
    let mut texts = Vec::new();
    let form = "Write one JSON object a line, with `text`.";
    rows::read(posts, form, |_, post: Post| {
        texts.push(post.text);
        Ok(())
    })?;
    let bytes = strangers::encode(texts.iter().map(String::as_str), &tacto_learn::extractor());
    write_whole(output, &bytes)?;
    let size = fs::metadata(output).map_or(0, |file| file.len());
    writeln!(io::stdout().lock(), "{} posts, {size} bytes", texts.len())?;
    Ok(Status::Fine)
}
