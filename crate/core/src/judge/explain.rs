//! What was found, judged and silenced, and why: for people who write guides.

use serde::Serialize;

use crate::find::Hit;
use crate::report::{Report, Severity};

/// What became of a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", content = "detail", rename_all = "kebab-case")]
pub enum Outcome {
    /// It is in the report, so serious.
    Reported(Severity),
    /// The rule does not apply here: the condition that does not hold.
    NotHere(String),
    /// What should be missing is there.
    NotMissing(String),
    /// The `near` of this number (from 0) found nothing.
    NoEvidence(usize),
    /// An `unless` found this.
    Excepted(String),
    /// So many different texts are too few.
    TooFew(usize),
    /// Protected speech of this id silenced it.
    Silenced(String),
    /// A finding of this rule stands in the same place and is more serious, or longer.
    Outweighed(String),
}

/// A place that a rule looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// The rule's number in the guide.
    pub rule_index: usize,
    /// The rule's id.
    pub rule: String,
    /// Where it starts, in UTF-16 code units.
    pub start: u32,
    /// Where it ends (exclusive).
    pub end: u32,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// Everything that happened to a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The report.
    pub report: Report,
    /// The protected speech that was found, by id.
    pub protected: Vec<String>,
    /// Every place that a rule looked at, in the order of the guide's rules.
    pub candidates: Vec<Candidate>,
}

/// Collects what happens to each candidate, where somebody wants to know.
///
/// Whether is asked at run time: it costs a branch for a candidate, and a second copy of the whole
/// judge would cost 10 KB of wasm.
#[derive(Debug, Default)]
pub(crate) struct Notes(Option<Vec<(usize, Hit, Outcome)>>);

impl Notes {
    /// Notes that are kept; the default keeps none.
    pub(crate) const fn kept() -> Self {
        Self(Some(Vec::new()))
    }

    pub(crate) fn note(
        &mut self,
        rule: usize,
        hit: Option<&Hit>,
        outcome: impl FnOnce() -> Outcome,
    ) {
        if let (Some(notes), Some(hit)) = (&mut self.0, hit) {
            notes.push((rule, *hit, outcome()));
        }
    }

    pub(crate) fn into_vec(self) -> Vec<(usize, Hit, Outcome)> {
        self.0.unwrap_or_default()
    }
}
