//! The one obvious way in.

use std::fmt;
use std::sync::Arc;

use crate::draft::Draft;
use crate::find::{Finder, FinderBuilder};
use crate::guide::Guide;
use crate::judge::explain::{Candidate, Explanation, Notes};
use crate::judge::{Case, Judge};
#[cfg(feature = "authoring")]
use crate::model::Weighed;
use crate::model::{Classes, Model};
use crate::own::OwnWords;
use crate::report::{Finding, Report};
use crate::text::code::is_code;
use crate::text::fold::Folded;
use crate::text::utf16;
use crate::text::words::Words;

/// A draft that cannot be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckError {
    /// The text has this many UTF-16 code units, more than [`Draft::MAX_UTF16`].
    TooLong(usize),
}

impl fmt::Display for CheckError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(length) => write!(
                out,
                "the text has {length} UTF-16 code units; at most {} are checked",
                Draft::MAX_UTF16
            ),
        }
    }
}

impl std::error::Error for CheckError {}

/// A guide, ready to check drafts.
///
/// Building one costs time and memory in proportion to the guide; a check costs time in
/// proportion to the draft and to what is found in it.
#[derive(Debug)]
pub struct Checker {
    finder: Finder,
    judge: Judge,
    /// What was learnt, and where the finder reports the names that it needs. Nothing where no
    /// rule asks what a draft is about.
    model: Option<(Arc<Model>, Classes)>,
}

impl Checker {
    /// Readies a checked guide.
    #[cfg(feature = "own-words")]
    #[must_use]
    pub fn new(guide: &Guide) -> Self {
        Self::with(guide, &OwnWords::inside())
    }

    /// Readies a checked guide, with the engine's own words from elsewhere: the text that
    /// `tacto build --words` writes. Nothing where that is not the whole text, since it holds the
    /// speech that no guide can take away.
    #[must_use]
    pub fn with_own_words(guide: &Guide, words: &str) -> Option<Self> {
        Some(Self::with(guide, &OwnWords::read(words)?))
    }

    fn with(guide: &Guide, own: &OwnWords<'_>) -> Self {
        let data = guide.data();
        let mut finder = FinderBuilder::new(data, own);
        let judge = Judge::new(
            &data.rules,
            &data.protected,
            &own.protected,
            &data.company,
            &data.lists,
            &mut finder,
        );
        let model = guide
            .model()
            .filter(|_| finder.asks_about())
            .map(|model| (Arc::clone(model), Classes::new(&mut finder)));
        Self {
            finder: finder.build(guide.patterns()),
            judge,
            model,
        }
    }

    /// Checks a draft. The same draft gives the same report.
    ///
    /// # Errors
    /// A text longer than [`Draft::MAX_UTF16`].
    pub fn check(&self, draft: &Draft) -> Result<Report, CheckError> {
        self.with_case(draft, |case| self.judge.judge(case, &mut Notes::default()))
    }

    /// What one rule (by its number in the guide) finds by itself, before other rules outweigh
    /// it: for the rule's own examples.
    ///
    /// # Errors
    /// A text longer than [`Draft::MAX_UTF16`].
    pub fn check_rule(&self, draft: &Draft, rule: usize) -> Result<Vec<Finding>, CheckError> {
        self.with_case(draft, |case| self.judge.judge_rule(rule, case))
    }

    /// The protected speech in a draft, by id.
    ///
    /// # Errors
    /// A text longer than [`Draft::MAX_UTF16`].
    pub fn protected(&self, draft: &Draft) -> Result<Vec<String>, CheckError> {
        self.with_case(draft, |case| {
            self.judge
                .protected(case)
                .into_iter()
                .map(str::to_owned)
                .collect()
        })
    }

    /// Checks a draft and tells what happened to everything that was found.
    ///
    /// # Errors
    /// A text longer than [`Draft::MAX_UTF16`].
    pub fn explain(&self, draft: &Draft) -> Result<Explanation, CheckError> {
        self.with_case(draft, |case| {
            let mut notes = Notes::kept();
            let report = self.judge.judge(case, &mut notes);
            let notes = notes.into_vec();
            let mut offsets = vec![(0_u32, 0_u32); notes.len()];
            let mut targets: Vec<(usize, &mut u32)> = Vec::new();
            for ((start, end), (_, hit, _)) in offsets.iter_mut().zip(&notes) {
                targets.push((hit.start as usize, start));
                targets.push((hit.end as usize, end));
            }
            utf16::from_bytes(&draft.text, &mut targets);
            let mut candidates: Vec<_> = notes
                .into_iter()
                .zip(offsets)
                .map(|((rule, _, outcome), (start, end))| Candidate {
                    rule_index: rule,
                    rule: self.judge.rule_id(rule).to_owned(),
                    start,
                    end,
                    outcome,
                })
                .collect();
            crate::sort::by_key(&mut candidates, |one: &Candidate| {
                (one.rule_index, one.start, one.end)
            });
            let protected = self
                .judge
                .protected(case)
                .into_iter()
                .map(str::to_owned)
                .collect();
            Explanation {
                report,
                protected,
                candidates,
            }
        })
    }

    /// What the guide has learnt about drafts like this one, with weights; nothing where it has
    /// learnt nothing, and for code, of which it says nothing.
    ///
    /// # Errors
    /// As [`Self::check`].
    #[cfg(feature = "authoring")]
    pub fn weigh(&self, draft: &Draft) -> Result<Option<Weighed>, CheckError> {
        self.with_case(draft, |case| {
            let (model, classes) = self.model.as_ref()?;
            let names = classes.spans(&self.finder, case.hits, case.words, draft.at);
            (!is_code(&draft.text)).then(|| model.weigh(&draft.text, case.words, &names))
        })
    }

    /// The number of terms that are looked for, with their variants.
    #[must_use]
    pub fn term_count(&self) -> usize {
        self.finder.term_count()
    }

    fn with_case<T>(&self, draft: &Draft, judge: impl Fn(Case<'_>) -> T) -> Result<T, CheckError> {
        let mut judged = None;
        self.prepare(draft, &mut |case| judged = Some(judge(case)))?;
        // It was called: `prepare` either fails or hands the case over.
        judged.ok_or(CheckError::TooLong(0))
    }

    /// Folds and finds, once for whoever judges.
    fn prepare(&self, draft: &Draft, judge: &mut dyn FnMut(Case<'_>)) -> Result<(), CheckError> {
        let length = utf16::length(&draft.text);
        if length > Draft::MAX_UTF16 {
            return Err(CheckError::TooLong(length));
        }
        let folded = Folded::new(&draft.text);
        let words = Words::new(&folded);
        let mut hits = self.finder.find(&draft.text, &words);
        let mut opinions = Vec::new();
        if let Some((model, classes)) = &self.model
            && !is_code(&draft.text)
        {
            let names = classes.spans(&self.finder, &hits, &words, draft.at);
            opinions = model.judge(&draft.text, &words, &names);
            self.finder.add_opinions(&opinions, &words, &mut hits);
        }
        judge(Case {
            draft,
            finder: &self.finder,
            hits: &hits,
            words: &words,
            opinions: &opinions,
        });
        Ok(())
    }
}
