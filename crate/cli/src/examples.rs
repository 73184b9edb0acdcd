//! `tacto test`: every rule's own examples.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use tacto_core::guide::Step;
use tacto_core::guide::data::{Bilingual, Example, ExampleInContext, Rule};
use tacto_core::model::Extractor;
use tacto_core::{Checker, Draft, Guide, Language, Outcome, Timestamp};
use tacto_learn::company;

use crate::coverage;
use crate::failure::{Diagnostic, Failure, Status};
use crate::load::{self, Loaded};

/// Run every rule's own examples: its hits must fire, its misses must stay silent.
#[derive(Debug, Args)]
pub struct Test {
    /// The guide's folder, or a bundle. Without it: rules/ where you are, else the shipped guide.
    #[arg(value_name = "DIR")]
    guide: Option<PathBuf>,
    /// Also tell which rules and conditions no example reaches.
    #[arg(long)]
    coverage: bool,
    /// Fail where an exact rule (one whose `find` has no `about`) has a condition that no example
    /// reaches.
    #[arg(long)]
    covered: bool,
}

impl Test {
    /// Runs the examples and prints what failed.
    pub fn run(&self) -> Result<Status, Failure> {
        let loaded = load::guide_here(self.guide.as_deref())?;
        let mut out = io::BufWriter::new(io::stdout().lock());
        let results = run(&loaded);
        for failed in &results.failed {
            writeln!(out, "{}", failed.diagnostic)?;
        }
        let covered = if self.coverage || self.covered {
            coverage::print(&loaded, self.coverage, &mut out)? || !self.covered
        } else {
            true
        };
        // A guide without examples is refused before; still, "nothing ran" must not look well.
        let nothing = results.passed == 0;
        writeln!(
            out,
            "{} passed, {} failed",
            results.passed,
            results.failed.len()
        )?;
        out.flush()?;
        let fine = results.failed.is_empty() && !nothing && covered;
        Ok(if fine { Status::Fine } else { Status::Flagged })
    }
}

/// What came of a guide's examples.
#[derive(Default)]
pub struct Results {
    /// How many held.
    pub passed: usize,
    /// Those that did not.
    pub failed: Vec<Failed>,
}

/// An example that did not hold.
pub struct Failed {
    /// Where it is written, what happened, and why.
    pub diagnostic: Diagnostic,
}

/// One language's examples, with their numbers.
pub fn in_both(
    examples: &Bilingual<Vec<Example>>,
) -> impl Iterator<Item = (Language, &'static str, usize, &Example)> {
    let es = examples
        .es
        .iter()
        .enumerate()
        .map(|(at, one)| (Language::Es, "es", at, one));
    let en = examples
        .en
        .iter()
        .enumerate()
        .map(|(at, one)| (Language::En, "en", at, one));
    es.chain(en)
}

/// An example as a draft, with the invented company's names in the place of placeholders. What it
/// does not say is unknown.
pub fn draft(example: &Example, ui: Language) -> Draft {
    match example {
        Example::Plain(text) => Draft {
            ui,
            ..Draft::new(company::rule_example(text))
        },
        Example::InContext(given) => Draft {
            text: company::rule_example(&given.text),
            platform: given.platform,
            surface: given.surface,
            audience: given.audience.unwrap_or_default(),
            author: given.author.unwrap_or_default(),
            at: given.at.as_deref().and_then(|at| {
                Timestamp::parse(if at == Example::QUIET {
                    company::QUIET_DAY
                } else {
                    at
                })
            }),
            ui,
        },
    }
}

/// Who plays in the examples: the invented company, so that a rule's sentences hold for everybody;
/// the company of the guide, where a sentence names somebody of its lists.
pub struct Cast {
    own: Checker,
    invented: Checker,
    names: Extractor,
}

impl Cast {
    /// Readies both.
    pub fn new(loaded: &Loaded) -> Self {
        let data = loaded.guide.data();
        let lists = data.lists.clone().into_iter();
        Self {
            own: Checker::new(&loaded.guide),
            invented: Checker::new(&invented(&loaded.guide)),
            names: Extractor::new(lists.collect()),
        }
    }

    /// Who plays in an example.
    pub fn checker(&self, example: &Example, draft: &Draft) -> &Checker {
        if self.is_own(example, draft) {
            &self.own
        } else {
            &self.invented
        }
    }

    /// Whether an example is played by the company of the guide.
    pub fn is_own(&self, example: &Example, draft: &Draft) -> bool {
        // A day means something in the company's own calendar alone.
        let dated = matches!(example, Example::InContext(given)
            if given.at.as_deref().is_some_and(|at| at != Example::QUIET));
        dated || self.names.names_somebody(&draft.text)
    }
}

/// The guide with the invented company in the place of its own.
pub fn invented(guide: &Guide) -> Guide {
    let mut data = guide.data().clone();
    company::put_into(&mut data);
    // Names of ours in the place of names that were checked: nothing can be wrong with them.
    Guide::new(data).unwrap_or_else(|_| guide.clone())
}

/// Runs all examples of a guide.
pub fn run(loaded: &Loaded) -> Results {
    let mut results = Results::default();
    let data = loaded.guide.data();
    let cast = Cast::new(loaded);
    for (number, rule) in data.rules.iter().enumerate() {
        for (kind, examples, fires) in [("hits", &rule.hits, true), ("misses", &rule.misses, false)]
        {
            for (ui, language, at, example) in in_both(examples) {
                let wrong = rule_example(&cast, rule, number, example, ui, fires);
                let path = [
                    "rules".into(),
                    number.into(),
                    kind.into(),
                    language.into(),
                    at.into(),
                ];
                results.add(loaded, &path, wrong);
            }
        }
    }
    for (number, speech) in data.protected.iter().enumerate() {
        for (kind, examples, holds) in [
            ("hits", &speech.hits, true),
            ("misses", &speech.misses, false),
        ] {
            for (ui, language, at, example) in examples.iter().flat_map(in_both) {
                let draft = draft(example, ui);
                let found = cast
                    .checker(example, &draft)
                    .protected(&draft)
                    .unwrap_or_default();
                let wrong = (found.contains(&speech.id) != holds).then(|| {
                    let message = if holds {
                        format!("`{}` does not protect \"{}\"", speech.id, draft.text)
                    } else {
                        format!("`{}` protects \"{}\"", speech.id, draft.text)
                    };
                    (
                        message,
                        "Change its `find`, `near` or `unless`, or the example.".to_owned(),
                    )
                });
                let path = [
                    "protected".into(),
                    number.into(),
                    kind.into(),
                    language.into(),
                    at.into(),
                ];
                results.add(loaded, &path, wrong);
            }
        }
    }
    results
}

impl Results {
    fn add(&mut self, loaded: &Loaded, path: &[Step], wrong: Option<(String, String)>) {
        match wrong {
            None => self.passed += 1,
            Some((message, remedy)) => self.failed.push(Failed {
                diagnostic: Diagnostic::new(loaded.place(path), message, remedy),
            }),
        }
    }
}

/// What is wrong with an example and what to look at; nothing where it holds.
fn rule_example(
    cast: &Cast,
    rule: &Rule,
    number: usize,
    example: &Example,
    ui: Language,
    fires: bool,
) -> Option<(String, String)> {
    let draft = draft(example, ui);
    let checker = cast.checker(example, &draft);
    let id = &rule.id;
    let found = match checker.check_rule(&draft, number) {
        Ok(found) => found,
        Err(error) => return Some((error.to_string(), "Shorten the example.".to_owned())),
    };
    if !fires {
        let finding = found.first()?;
        let why = finding.why.join("; ");
        return Some((
            format!(
                "the rule `{id}` fires on \"{}\" at \"{}\"",
                draft.text, finding.text
            ),
            format!("It found: {why}. Narrow the rule (`near`, `unless`), or change the example."),
        ));
    }
    if found.is_empty() {
        return Some((
            format!("the rule `{id}` does not fire on \"{}\"", draft.text),
            why_silent(checker, rule, number, &draft),
        ));
    }
    let Example::InContext(ExampleInContext { mark, severity, .. }) = example else {
        return None;
    };
    if let Some(mark) = mark {
        let mark = &company::rule_example(mark);
        let marked: Vec<_> = found
            .iter()
            .map(|finding| slice(&draft.text, finding.start, finding.end))
            .collect();
        if !marked.iter().any(|text| text == mark) {
            return Some((
                format!(
                    "the rule `{id}` marks \"{}\" in \"{}\", not \"{mark}\"",
                    marked.join("\", \""),
                    draft.text
                ),
                "Change the `mark` of the example, or what the rule finds.".to_owned(),
            ));
        }
    }
    if let Some(severity) = severity
        && !found.iter().any(|finding| finding.severity == *severity)
    {
        return Some((
            format!(
                "the rule `{id}` is {:?} on \"{}\", not {severity:?}",
                found[0].severity, draft.text
            )
            .to_lowercase(),
            "Change the `severity` of the example, or `severity` and `raise` of the rule."
                .to_owned(),
        ));
    }
    None
}

/// A part of a text by UTF-16 offsets.
pub fn slice(text: &str, start: u32, end: u32) -> String {
    let units: Vec<u16> = text
        .encode_utf16()
        .skip(start as usize)
        .take(end.saturating_sub(start) as usize)
        .collect();
    String::from_utf16_lossy(&units)
}

/// Why a rule does not fire on a text, from what became of its candidates.
fn why_silent(checker: &Checker, rule: &Rule, number: usize, draft: &Draft) -> String {
    let Ok(explanation) = checker.explain(draft) else {
        return String::new();
    };
    let mut reasons: Vec<String> = explanation
        .candidates
        .iter()
        .filter(|candidate| candidate.rule_index == number)
        .map(|candidate| {
            let text = slice(&draft.text, candidate.start, candidate.end);
            format!("\"{text}\": {}", reason(&candidate.outcome, rule))
        })
        .collect();
    reasons.dedup();
    if reasons.is_empty() {
        "Nothing of its `find` is in the sentence.".to_owned()
    } else {
        format!("{}.", reasons.join("; "))
    }
}

/// What became of a candidate, in words.
pub fn reason(outcome: &Outcome, rule: &Rule) -> String {
    match outcome {
        Outcome::Reported(severity) => format!("reported as {severity:?}").to_lowercase(),
        Outcome::NotHere(condition) => format!("the rule does not apply here ({condition})"),
        Outcome::NotMissing(text) => format!("what should be missing is there: \"{text}\""),
        Outcome::NoEvidence(number) => match rule.near.get(*number) {
            Some(matcher) => format!(
                "`near` number {} is not there: {}",
                number + 1,
                crate::explain::describe(matcher)
            ),
            None => format!("`near` number {} is not there", number + 1),
        },
        Outcome::Excepted(text) => format!("`unless` found \"{text}\""),
        Outcome::TooFew(count) => {
            format!("{count} found, and the rule asks for {}", rule.count)
        }
        Outcome::Silenced(id) => format!("silenced by the protected speech `{id}`"),
        Outcome::Outweighed(other) => format!("outweighed by the rule `{other}`"),
    }
}
