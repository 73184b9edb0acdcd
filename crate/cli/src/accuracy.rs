//! `tacto accuracy`: what share of labelled texts a guide flags.
//!
//! Reads folders of JSON Lines (`*.jsonl`, `*.jsonl.gz`), one set a file, as
//! `tests/corpus/README.md` describes. Prints figures only: texts are shown when asked for.

mod authors;
mod report;

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;
use serde_json::{Map, Value};
use tacto_core::{Checker, Draft, Report, Severity, Timestamp, Topic};

use crate::failure::{Failure, Status};
use crate::load::{self, without_place};
use crate::rows;

/// The project's own small corpus.
pub const OWN: &str = "tests/corpus";
/// Labels of rows in which something is to be found. All others count as harmless.
const RISKY: &[&str] = &[
    "risky",
    "hateful",
    "profane",
    "valid",
    "must be found",
    "with spans",
];

/// Measure what share of labelled texts is flagged.
///
/// A row's label is its `label`, `valid` or `tp`. Rows with `value` instead of `text` are checked
/// twice: bare, and in a sentence. Rows with `spans` are also measured span by span.
#[derive(Debug, Args)]
pub struct Accuracy {
    /// The folder with the labelled texts. Without it, the project's own (tests/corpus).
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The guide: its folder, or a bundle. Without it, the shipped guide.
    #[arg(long, value_name = "DIR_OR_BUNDLE")]
    guide: Option<PathBuf>,
    /// Also by this field of the rows, e.g. `func`, `type`, `rule`.
    #[arg(long, value_name = "FIELD")]
    by: Option<String>,
    /// Only the sets whose name contains this.
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
    /// Show so many flagged texts of each label. Texts are not shown otherwise.
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
    /// With `--show`: the texts that are not flagged instead.
    #[arg(long)]
    missed: bool,
    /// With `--show`: only for findings of this topic or rule.
    #[arg(long, value_name = "TOPIC_OR_RULE")]
    only: Option<String>,
    /// Only the drafts of authors who are left out; fail where a figure is worse than this file's
    /// by more than chance (a point, two for the smaller groups).
    #[arg(long, value_name = "FILE", conflicts_with_all = ["folder", "set", "record"])]
    recorded: Option<PathBuf>,
    /// Only the drafts of authors who are left out; write their figures to this file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["folder", "set"])]
    record: Option<PathBuf>,
    /// When the texts are posted that do not say it (`at`). Without it, a day on which no quiet
    /// period of the shipped guide holds.
    #[arg(long, value_name = "TIME", default_value = "2026-12-01")]
    at: String,
}

/// A row: what is known of the layout; other fields serve `--by`.
#[derive(Deserialize)]
struct Row {
    text: Option<String>,
    value: Option<String>,
    label: Option<String>,
    valid: Option<bool>,
    tp: Option<bool>,
    topic: Option<Topic>,
    spans: Option<Vec<Span>>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// A stretch of a text that is personal data, in characters.
#[derive(Deserialize)]
struct Span {
    #[serde(rename = "type")]
    kind: String,
    start: usize,
    end: usize,
}

/// Counts of one set's label.
#[derive(Default)]
struct Counts {
    rows: usize,
    warned: usize,
    noticed: usize,
    /// Rows with a finding of the topic: at `warn` or above, at all.
    topics: BTreeMap<Topic, [usize; 2]>,
    severities: [usize; 4],
    rules: BTreeMap<String, usize>,
    shown: Vec<String>,
}

#[derive(Default)]
struct Set {
    labels: BTreeMap<String, Counts>,
    all: Counts,
    /// Rows in which something is to be found, by their label; and the others.
    risky: Counts,
    harmless: Counts,
    by: BTreeMap<(String, String), Counts>,
    /// By the topic that the row is labelled with: rows, and those with a finding of that topic.
    expected: BTreeMap<Topic, [usize; 2]>,
    spans: BTreeMap<String, [usize; 2]>,
}

impl Counts {
    fn add(&mut self, report: &Report, rule_counts: bool) {
        self.rows += 1;
        let highest = report.findings.iter().map(|finding| finding.severity).max();
        self.noticed += usize::from(highest.is_some());
        self.warned += usize::from(highest >= Some(Severity::Warn));
        if let Some(highest) = highest {
            self.severities[highest as usize] += 1;
        }
        let mut topics: BTreeMap<Topic, bool> = BTreeMap::new();
        for finding in &report.findings {
            *topics.entry(finding.topic).or_default() |= finding.severity >= Severity::Warn;
            if rule_counts {
                *self.rules.entry(finding.rule.clone()).or_default() += 1;
            }
        }
        for (topic, warned) in topics {
            let counts = self.topics.entry(topic).or_default();
            counts[0] += usize::from(warned);
            counts[1] += 1;
        }
    }
}

impl Accuracy {
    /// Measures, and prints.
    pub fn run(&self) -> Result<Status, Failure> {
        let folder = self.folder.as_deref().unwrap_or(Path::new(OWN));
        let at = Timestamp::parse(&self.at).ok_or_else(|| {
            Failure::one(
                "--at",
                format!("\"{}\" is no time", self.at),
                "Write it as 2026-11-23.",
            )
        })?;
        if self.recorded.is_some() || self.record.is_some() {
            return self.authors_alone();
        }
        let files = self.files(folder)?;
        let loaded = load::guide(self.guide.as_deref())?;
        let checker = Checker::new(&loaded.guide);
        let mut out = io::BufWriter::new(io::stdout().lock());
        writeln!(
            out,
            "Guide: {} ({} rules). Shares with 95% Wilson intervals.",
            loaded.origin,
            loaded.guide.data().rules.len()
        )?;
        if self.set.is_none() {
            let examples = load::examples(self.guide.as_deref())?;
            authors::measure(loaded.guide.data(), &examples, &mut out)?;
            out.flush()?;
        }
        let mut sets = Vec::new();
        for (name, path) in files {
            let set = self.measure(&checker, &path, at)?;
            report::set(&mut out, &name, &set)?;
            sets.push((name, set));
        }
        report::sum(&mut out, &sets)?;
        out.flush()?;
        Ok(Status::Fine)
    }

    /// The figures of authors who are left out, to keep or to compare with those kept.
    fn authors_alone(&self) -> Result<Status, Failure> {
        let loaded = load::guide_here(self.guide.as_deref())?;
        let examples = load::examples(self.guide.as_deref())?;
        let mut out = io::stdout().lock();
        let Some(figures) = authors::measure(loaded.guide.data(), &examples, &mut out)? else {
            return Err(Failure::one(
                "examples",
                "there are too few to measure anything",
                "Write at least two authors' drafts of one topic.",
            ));
        };
        if let Some(path) = &self.record {
            let mut text = serde_json::to_string_pretty(&figures).map_err(io::Error::from)?;
            text.push('\n');
            crate::bundle::write_whole(path, text.as_bytes())?;
            return Ok(Status::Fine);
        }
        let Some(path) = &self.recorded else {
            return Ok(Status::Fine);
        };
        let kept: authors::Recorded =
            serde_json::from_str(&load::read_text(path)?).map_err(|error| {
                Failure::one(
                    format!("{}:{}:{}", path.display(), error.line(), error.column()),
                    without_place(&error),
                    "Write it anew with --record.",
                )
            })?;
        let (worse, compared) = figures.worse_than(&kept);
        writeln!(out)?;
        for told in &worse {
            writeln!(out, "{told}")?;
        }
        writeln!(
            out,
            "{} passed, {} failed",
            compared - worse.len(),
            worse.len()
        )?;
        Ok(if worse.is_empty() {
            Status::Fine
        } else {
            Status::Flagged
        })
    }

    fn files(&self, folder: &Path) -> Result<BTreeMap<String, PathBuf>, Failure> {
        let mut files = rows::files(folder)?;
        if let Some(wanted) = &self.set {
            files.retain(|name, _| name.contains(wanted.as_str()));
        }
        if files.is_empty() {
            return Err(Failure::one(
                folder.display(),
                "there is no labelled set here",
                "Name a folder with .jsonl or .jsonl.gz files.",
            ));
        }
        Ok(files)
    }

    fn measure(&self, checker: &Checker, path: &Path, at: Timestamp) -> Result<Set, Failure> {
        let mut set = Set::default();
        let form = "Write one JSON object a line, with `text` and `label`.";
        rows::read(path, form, |line, row: Row| {
            let label = row.label();
            match (&row.text, &row.value) {
                (Some(text), _) => self.count(checker, &mut set, &row, &label, text, at),
                (None, Some(value)) => {
                    let kind = row
                        .rest
                        .get("type")
                        .and_then(Value::as_str)
                        .unwrap_or("number");
                    let kind = kind.rsplit('.').next().unwrap_or(kind).to_uppercase();
                    let label = |how: &str| format!("{label}, {how}");
                    self.count(checker, &mut set, &row, &label("bare"), value, at)?;
                    let sentence = format!("My {kind} is {value}, thanks.");
                    self.count(
                        checker,
                        &mut set,
                        &row,
                        &label("in a sentence"),
                        &sentence,
                        at,
                    )
                }
                (None, None) => Err(Failure::one(
                    format!("{}:{line}:1", path.display()),
                    "the row has neither `text` nor `value`",
                    "Give each row a `text`.",
                )),
            }
        })?;
        Ok(set)
    }

    fn count(
        &self,
        checker: &Checker,
        set: &mut Set,
        row: &Row,
        label: &str,
        text: &str,
        at: Timestamp,
    ) -> Result<(), Failure> {
        let own = row
            .rest
            .get("at")
            .and_then(Value::as_str)
            .and_then(Timestamp::parse);
        let draft = Draft {
            at: own.or(Some(at)),
            ..row.draft(text)
        };
        let report = checker
            .check(&draft)
            .map_err(|error| Failure::one("a row", error.to_string(), "Shorten its text."))?;
        set.all.add(&report, true);
        if RISKY.iter().any(|risky| label.starts_with(risky)) {
            set.risky.add(&report, false);
        } else {
            set.harmless.add(&report, false);
        }
        let counts = set.labels.entry(label.to_owned()).or_default();
        counts.add(&report, true);
        self.show(counts, text, &report);
        if let Some(field) = &self.by
            && let Some(value) = row.rest.get(field)
        {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            set.by
                .entry((value, label.to_owned()))
                .or_default()
                .add(&report, false);
        }
        if let Some(topic) = row.topic {
            let counts = set.expected.entry(topic).or_default();
            counts[0] += 1;
            counts[1] += usize::from(report.findings.iter().any(|finding| finding.topic == topic));
        }
        for span in row.spans.iter().flatten() {
            let counts = set.spans.entry(span.kind.clone()).or_default();
            counts[0] += 1;
            let units =
                |chars: usize| -> usize { text.chars().take(chars).map(char::len_utf16).sum() };
            let (start, end) = (units(span.start), units(span.end));
            counts[1] += usize::from(report.findings.iter().any(|finding| {
                matches!(finding.topic, Topic::PersonalData | Topic::Credential)
                    && (finding.start as usize) < end
                    && start < finding.end as usize
            }));
        }
        Ok(())
    }

    fn show(&self, counts: &mut Counts, text: &str, report: &Report) {
        if counts.shown.len() >= self.show {
            return;
        }
        let findings: Vec<_> = report
            .findings
            .iter()
            .filter(|finding| {
                self.only
                    .as_deref()
                    .is_none_or(|only| only == finding.topic.as_str() || only == finding.rule)
                    && (self.only.is_some() || finding.severity >= Severity::Warn)
            })
            .map(|finding| {
                let severity = serde_json::to_value(finding.severity).unwrap_or_default();
                let severity = severity.as_str().unwrap_or_default().to_owned();
                format!("{severity} {} \"{}\"", finding.rule, finding.text)
            })
            .collect();
        if findings.is_empty() == self.missed {
            let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            counts
                .shown
                .push(format!("{text}  [{}]", findings.join("; ")));
        }
    }
}

impl Row {
    fn label(&self) -> String {
        match (&self.label, self.valid, self.tp) {
            (Some(label), ..) => label.clone(),
            (None, Some(true), _) => "valid".to_owned(),
            (None, Some(false), _) => "invalid".to_owned(),
            (None, None, Some(true)) => "must be found".to_owned(),
            (None, None, Some(false)) => "must not be found".to_owned(),
            (None, None, None) => match &self.spans {
                Some(spans) if spans.is_empty() => "without spans".to_owned(),
                Some(_) => "with spans".to_owned(),
                None => "(no label)".to_owned(),
            },
        }
    }

    /// The draft with what the row says of its context, as the contract names it.
    fn draft(&self, text: &str) -> Draft {
        let word = |key: &str| self.rest.get(key).cloned().unwrap_or(Value::Null);
        Draft {
            platform: serde_json::from_value(word("platform")).unwrap_or_default(),
            surface: serde_json::from_value(word("surface")).unwrap_or_default(),
            audience: serde_json::from_value(word("audience")).unwrap_or_default(),
            author: serde_json::from_value(word("author")).unwrap_or_default(),
            ..Draft::new(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_labelled_by_what_it_has() {
        for (row, label) in [
            (r#"{"text":"a","label":"benign"}"#, "benign"),
            (r#"{"value":"1","valid":false}"#, "invalid"),
            (r#"{"text":"a","tp":true}"#, "must be found"),
            (r#"{"text":"a","spans":[]}"#, "without spans"),
        ] {
            assert_eq!(serde_json::from_str::<Row>(row).unwrap().label(), label);
        }
    }
}
