//! `tacto check`: drafts in, reports out.

use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tacto_core::{
    CheckError, Checker, Draft, Finding, Fix, Report, Severity, Timestamp, Topic, Verdict,
};

use crate::draft_line::{Context, Drafts, Id};
use crate::failure::{Diagnostic, Failure, Status};
use crate::human::Human;
use crate::load;
use crate::sarif::Sarif;

/// Check drafts against a guide.
#[derive(Debug, Args)]
pub struct Check {
    /// The guide: its folder, or a bundle. Without it, the shipped guide.
    #[arg(long, value_name = "DIR_OR_BUNDLE")]
    guide: Option<PathBuf>,
    /// What to write. Without it: `human` for a plain text on a terminal, else `jsonl`.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The input is JSON Lines, whatever its name.
    #[arg(long)]
    jsonl: bool,
    #[command(flatten)]
    context: ContextArgs,
    /// What to check: a plain text, or JSON Lines where the name ends in `.jsonl`. `-`, or
    /// nothing, is the standard input.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// What is known about drafts that do not say it themselves.
#[derive(Debug, Args)]
pub struct ContextArgs {
    /// When the drafts are posted, such as 2026-11-23T09:30:00Z. Without it, now.
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Where: x, facebook, linkedin.
    #[arg(long, value_parser = word::<tacto_core::Platform>)]
    platform: Option<tacto_core::Platform>,
    /// What kind of text: post, comment, message, profile, article.
    #[arg(long, value_parser = word::<tacto_core::Surface>)]
    surface: Option<tacto_core::Surface>,
    /// For whom: public, connections, friends, group, private, unknown.
    #[arg(long, value_parser = word::<tacto_core::Audience>)]
    audience: Option<tacto_core::Audience>,
    /// By whom: employee, spokesperson, corporate-account.
    #[arg(long, value_parser = word::<tacto_core::Author>)]
    author: Option<tacto_core::Author>,
    /// The language of titles and messages: es, en.
    #[arg(long, value_parser = word::<tacto_core::Language>)]
    ui: Option<tacto_core::Language>,
}

/// A word of the contract, with the words that there are where it is none of them.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map_err(|error| load::without_place(&error))
}

impl ContextArgs {
    /// The same, with the clock read where no time is given.
    pub fn read(&self) -> Result<Context, Failure> {
        let at = match &self.at {
            Some(text) => Timestamp::parse(text).ok_or_else(|| {
                Failure::one(
                    "--at",
                    format!("\"{text}\" is no time"),
                    "Write it as 2026-11-23T09:30:00Z.",
                )
            })?,
            None => now(),
        };
        Ok(Context {
            platform: self.platform,
            surface: self.surface,
            audience: self.audience,
            author: self.author,
            at: Some(at),
            ui: self.ui,
        })
    }
}

/// The one place where a clock is read.
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: the line, what is marked, why, what to do.
    Human,
    /// For programs: one JSON object a draft.
    Jsonl,
    /// For code review: SARIF 2.1.0.
    Sarif,
}

/// Where an answer goes.
enum Output<W: Write> {
    Human(Human<W>),
    Jsonl(W),
    Sarif(Box<Sarif<W>>),
}

/// A draft, and where it was read.
pub struct Checked<'a> {
    /// Its id; a plain text has none.
    pub id: Option<&'a Id>,
    /// The file, as named.
    pub file: &'a str,
    /// Its line in a file of JSON Lines.
    pub line: Option<usize>,
    /// The draft.
    pub draft: &'a Draft,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a Id>,
    verdict: Verdict,
    findings: Vec<Line<'a>>,
}

/// A finding as the contract has it, which programs rely on: these keys, in this order, whatever
/// else the engine comes to know of one.
#[derive(Serialize)]
struct Line<'a> {
    rule: &'a str,
    topic: Topic,
    section: &'a str,
    severity: Severity,
    start: u32,
    end: u32,
    text: &'a str,
    title: &'a str,
    message: &'a str,
    fix: Option<&'a Fix>,
    why: &'a [String],
}

impl<'a> From<&'a Finding> for Line<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            rule: &finding.rule,
            topic: finding.topic,
            section: &finding.section,
            severity: finding.severity,
            start: finding.start,
            end: finding.end,
            text: &finding.text,
            title: &finding.title,
            message: &finding.message,
            fix: finding.fix.as_ref(),
            why: &finding.why,
        }
    }
}

/// The answer for a draft that is not checked.
#[derive(Serialize)]
struct Declined<'a> {
    id: Option<&'a Id>,
    verdict: &'static str,
    findings: [Finding; 0],
    error: String,
}

impl Check {
    /// Checks everything there is to read.
    pub fn run(&self) -> Result<Status, Failure> {
        let context = self.context.read()?;
        let file = self.file.as_deref().filter(|file| *file != Path::new("-"));
        let name = file.map_or_else(
            || "(standard input)".to_owned(),
            |file| file.display().to_string(),
        );
        // Opened before the guide is compiled: a mistyped name is told at once.
        let input: Box<dyn Read> = match file {
            Some(path) if path.is_dir() => {
                return Err(Failure::one(name, "this is a folder", "Name a file in it."));
            }
            Some(path) => {
                Box::new(File::open(path).map_err(|error| Failure::file(path.display(), &error))?)
            }
            None => Box::new(io::stdin().lock()),
        };
        let jsonl = self.jsonl
            || file.is_some_and(|path| path.extension().is_some_and(|kind| kind == "jsonl"));
        let loaded = load::guide(self.guide.as_deref())?;
        let checker = Checker::new(&loaded.guide);

        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let out = io::BufWriter::with_capacity(1 << 16, stdout.lock());
        let format = self.format.unwrap_or(if terminal && !jsonl {
            Format::Human
        } else {
            Format::Jsonl
        });
        let mut output = match format {
            Format::Human => Output::Human(Human::new(out, terminal)),
            Format::Jsonl => Output::Jsonl(out),
            Format::Sarif => Output::Sarif(Box::new(Sarif::new(out, &loaded.guide)?)),
        };
        let status = if jsonl {
            check_lines(&checker, &context, &name, input, &mut output)
        } else {
            check_text(&checker, &context, &name, input, &mut output)
        }?;
        output.finish()?;
        Ok(status)
    }
}

fn check_lines(
    checker: &Checker,
    context: &Context,
    name: &str,
    input: Box<dyn Read>,
    output: &mut Output<impl Write>,
) -> Result<Status, Failure> {
    let mut drafts = Drafts::new(BufReader::with_capacity(1 << 16, input), name, context);
    let mut status = Status::Fine;
    loop {
        // Whoever feeds drafts one by one and waits for each answer gets it.
        if drafts.would_wait() {
            output.flush()?;
        }
        let next = drafts.next().map_err(|error| Failure::file(name, &error))?;
        let reached = match next {
            None => return Ok(status),
            Some(Ok(numbered)) => {
                let checked = Checked {
                    id: Some(&numbered.id),
                    file: name,
                    line: Some(numbered.line),
                    draft: &numbered.draft,
                };
                check_one(checker, &checked, output)?
            }
            Some(Err(diagnostic)) => {
                tell(&diagnostic);
                Status::BadInput
            }
        };
        status = status.max(reached);
    }
}

fn check_text(
    checker: &Checker,
    context: &Context,
    name: &str,
    input: Box<dyn Read>,
    output: &mut Output<impl Write>,
) -> Result<Status, Failure> {
    // A UTF-16 unit takes at most three bytes: what is longer is declined without being held.
    let most = 3 * Draft::MAX_UTF16 as u64 + 4;
    let mut bytes = Vec::new();
    input
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::file(name, &error))?;
    if bytes.len() as u64 == most {
        // The cut may fall into a character; the text is too long whatever it says.
        bytes = vec![b'x'; bytes.len()];
    }
    let text = load::text(bytes, name)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    let draft = context.draft(text);
    check_one(
        checker,
        &Checked {
            id: None,
            file: name,
            line: None,
            draft: &draft,
        },
        output,
    )
}

fn check_one(
    checker: &Checker,
    checked: &Checked<'_>,
    output: &mut Output<impl Write>,
) -> Result<Status, Failure> {
    match checker.check(checked.draft) {
        Ok(report) => {
            output.report(checked, &report)?;
            let flagged = report.verdict >= Verdict::from(Severity::Warn);
            Ok(if flagged {
                Status::Flagged
            } else {
                Status::Fine
            })
        }
        Err(error) => {
            output.declined(checked, &error)?;
            tell(&Diagnostic::new(
                format!("{}:{}:1", checked.file, checked.line.unwrap_or(1)),
                error.to_string(),
                "Split the text, or check a part of it.",
            ));
            Ok(Status::BadInput)
        }
    }
}

/// Says what is wrong with a line while the others go on.
#[expect(
    clippy::print_stderr,
    reason = "this is how a terminal command complains"
)]
fn tell(diagnostic: &Diagnostic) {
    eprintln!("{diagnostic}");
}

impl<W: Write> Output<W> {
    fn report(&mut self, checked: &Checked<'_>, report: &Report) -> Result<(), Failure> {
        match self {
            Self::Human(human) => human.report(checked, report)?,
            Self::Jsonl(out) => {
                let answer = Answer {
                    id: checked.id,
                    verdict: report.verdict,
                    findings: report.findings.iter().map(Line::from).collect(),
                };
                json_line(out, &answer)?;
            }
            Self::Sarif(sarif) => sarif.report(checked, report)?,
        }
        Ok(())
    }

    fn declined(&mut self, checked: &Checked<'_>, error: &CheckError) -> Result<(), Failure> {
        if let Self::Jsonl(out) = self {
            let answer = Declined {
                id: checked.id,
                verdict: "declined",
                findings: [],
                error: error.to_string(),
            };
            json_line(out, &answer)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Human(human) => human.flush(),
            Self::Jsonl(out) => out.flush(),
            Self::Sarif(_) => Ok(()),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        if let Self::Sarif(sarif) = self {
            sarif.finish()?;
        }
        self.flush()
    }
}

fn json_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
