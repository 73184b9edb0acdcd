//! Tacto's engine for the browser: [`Engine`] is `tacto_core::Checker` behind wasm-bindgen, and
//! nothing more is decided here.
//!
//! [`Draft`] mirrors `tacto_core::Draft` in the form that JavaScript gives it; a report crosses as
//! it is. TypeScript's types of both come from these definitions, through tsify.
//!
//! No call panics. Should the engine trap all the same (out of memory), the instance must not be
//! used again: the extension's background starts a fresh one.

mod error;

pub use error::{EngineError, ErrorCode, Problem};
// The popup is a part of the same wasm: what it exports to JavaScript goes out from here.
pub use tacto_popup::{settings_page, start_popup, tick_item};

use serde::{Deserialize, Serialize};
use tacto_core::policy::{self, PolicyProblem, Settings};
use tacto_core::{Audience, Author, Checker, Guide, Language, Platform, Surface, Timestamp};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

/// A text to check, with its context. Only `text` is required.
#[derive(Debug, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[tsify(missing_as_null)]
pub struct Draft {
    /// The text as the author sees it.
    text: String,
    /// Where it will be posted.
    #[serde(default)]
    #[tsify(optional)]
    platform: Option<Platform>,
    /// What kind of text it is.
    #[serde(default)]
    #[tsify(optional)]
    surface: Option<Surface>,
    /// Who will be able to read it.
    #[serde(default)]
    audience: Audience,
    /// In which role the author writes.
    #[serde(default)]
    author: Author,
    /// When it will be posted: RFC 3339, or milliseconds since 1970.
    #[serde(default)]
    #[tsify(optional)]
    at: Option<Moment>,
    /// The language of titles and messages.
    #[serde(default)]
    ui: Language,
}

/// A moment as JavaScript has it.
#[derive(Debug, Deserialize, Tsify)]
#[serde(untagged)]
pub enum Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z, as `Date.now()` gives them.
    Milliseconds(f64),
    /// RFC 3339.
    Text(String),
}

impl Moment {
    fn timestamp(&self) -> Option<Timestamp> {
        match self {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "`as` saturates, and NaN is 0"
            )]
            Self::Milliseconds(milliseconds) => Some(Timestamp((milliseconds / 1000.0) as i64)),
            Self::Text(text) => Timestamp::parse(text),
        }
    }
}

/// Everything that happened to a draft.
#[derive(Debug, Serialize, Tsify)]
pub struct Explanation {
    /// The report.
    report: tacto_core::Report,
    /// The protected speech that was found, by id.
    protected: Vec<String>,
    /// Every place that a rule looked at, in the order of the guide's rules.
    candidates: Vec<Candidate>,
}

/// A place that a rule looked at, and what became of it.
#[derive(Debug, Serialize, Tsify)]
pub struct Candidate {
    /// The rule's id.
    rule: String,
    /// Where it starts, in UTF-16 code units.
    start: u32,
    /// Where it ends (exclusive).
    end: u32,
    /// What became of it.
    outcome: Outcome,
    /// What decided: a text that was found, a number, the id of a rule or of protected speech.
    detail: String,
}

/// What became of a place; see `tacto_core::Outcome`.
#[derive(Debug, Clone, Copy, Serialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is in the report.
    Reported,
    /// The rule does not apply here.
    NotHere,
    /// What should be missing is there.
    NotMissing,
    /// There is no evidence near it.
    NoEvidence,
    /// An exception holds.
    Excepted,
    /// Too few different texts.
    TooFew,
    /// Protected speech silenced it.
    Silenced,
    /// A finding in the same place is more serious, or longer.
    Outweighed,
}

impl From<tacto_core::Explanation> for Explanation {
    fn from(explanation: tacto_core::Explanation) -> Self {
        use tacto_core::Outcome as Told;
        let candidates = explanation.candidates.into_iter().map(|candidate| {
            let (outcome, detail) = match candidate.outcome {
                Told::Reported(_) => (Outcome::Reported, String::new()),
                Told::NotHere(what) => (Outcome::NotHere, what),
                Told::NotMissing(text) => (Outcome::NotMissing, text),
                Told::NoEvidence(number) => (Outcome::NoEvidence, number.to_string()),
                Told::Excepted(text) => (Outcome::Excepted, text),
                Told::TooFew(number) => (Outcome::TooFew, number.to_string()),
                Told::Silenced(id) => (Outcome::Silenced, id),
                Told::Outweighed(rule) => (Outcome::Outweighed, rule),
            };
            Candidate {
                rule: candidate.rule,
                start: candidate.start,
                end: candidate.end,
                outcome,
                detail,
            }
        });
        Self {
            candidates: candidates.collect(),
            report: explanation.report,
            protected: explanation.protected,
        }
    }
}

/// A section of the guide, in one language.
#[derive(Debug, Serialize, Tsify)]
pub struct Section {
    /// What rules call it.
    id: String,
    /// The heading.
    title: String,
    /// The first paragraph: what a warning quotes.
    quote: String,
    /// The whole section in Markdown, without its heading.
    body: String,
}

/// What a guide is, for those who want to know which one is loaded.
#[derive(Debug, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// The company's name.
    company: String,
    /// The guide's own version.
    guide_version: Option<String>,
    /// Who wrote it.
    guide_author: Option<String>,
    /// The last day on which it holds, `YYYY-MM-DD`.
    valid_until: Option<String>,
    /// Whom to ask, in each language.
    contact: Contact,
    /// The ids of its sections, in the order of the guide.
    sections: Vec<String>,
    /// How many rules it has.
    rules: usize,
}

/// Whom to ask.
#[derive(Debug, Serialize, Tsify)]
pub struct Contact {
    /// In Spanish.
    es: String,
    /// In English.
    en: String,
}

fn to_ts<T: Tsify + Serialize>(value: &T) -> Result<Ts<T>, JsValue> {
    value
        .into_ts()
        .map_err(|error| JsError::new(&error.to_string()).into())
}

/// A draft as JavaScript gives it.
fn read_draft(draft: &Ts<Draft>) -> Result<tacto_core::Draft, JsValue> {
    let draft = draft
        .to_rust()
        .map_err(|error| EngineError::draft(&error.to_string()).into_js())?;
    let at = match draft.at {
        None => None,
        Some(moment) => match moment.timestamp() {
            Some(timestamp) => Some(timestamp),
            None => return Err(EngineError::draft("`at` is no RFC 3339 moment").into_js()),
        },
    };
    Ok(tacto_core::Draft {
        text: draft.text,
        platform: draft.platform,
        surface: draft.surface,
        audience: draft.audience,
        author: draft.author,
        at,
        ui: draft.ui,
    })
}

/// What a policy has settled, and what of it cannot be used.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PolicyReading {
    /// What it settles beside the guide.
    settings: Settings,
    /// What cannot be used.
    problems: Vec<PolicyProblem>,
    /// The keys of which nothing is in force, without `Json` behind them.
    refused: Vec<&'static str>,
    /// Whether anything of the guide is the policy's.
    is_own: bool,
}

/// A guide, ready to check drafts.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    guide: Guide,
    checker: Checker,
    policy: PolicyReading,
}

#[wasm_bindgen]
impl Engine {
    /// Reads the shipped bundle, as `tacto build` writes it, and puts the company's policy (a JSON
    /// object; `{}` where there is none) on top of it. `words` is what the extension ships as
    /// `own-words.txt`, as `tacto build --words` writes it. Checks everything again. What of the policy
    /// cannot be used is told by [`Engine::policy`].
    ///
    /// # Errors
    /// Throws an [`EngineError`] with everything that is wrong with the bundle.
    #[wasm_bindgen(constructor)]
    pub fn new(bundle: &str, policy: &str, words: &str) -> Result<Self, JsValue> {
        let mut read = policy::read(policy);
        let guide = read
            .guide(bundle)
            .map_err(|errors| EngineError::from(errors).into_js())?;
        let checker =
            Checker::with_own_words(&guide, words).ok_or_else(|| EngineError::words().into_js())?;
        let policy = PolicyReading {
            refused: read.refused().collect(),
            settings: read.settings,
            problems: read.problems,
            is_own: read.is_own,
        };
        Ok(Self {
            guide,
            checker,
            policy,
        })
    }

    /// What the policy has settled, and what of it cannot be used: a [`PolicyReading`] as JSON,
    /// since parts of it are whatever the policy says.
    #[must_use]
    pub fn policy(&self) -> String {
        // Plain data has no way to fail.
        serde_json::to_string(&self.policy).unwrap_or_default()
    }

    /// Checks a draft.
    ///
    /// # Errors
    /// Throws an [`EngineError`]: the draft is not one, or too long.
    pub fn check(&self, draft: Ts<Draft>) -> Result<Ts<tacto_core::Report>, JsValue> {
        let report = self
            .checker
            .check(&read_draft(&draft)?)
            .map_err(|error| EngineError::from(error).into_js())?;
        to_ts(&report)
    }

    /// What was found, judged and silenced in a draft, and why. A few times the cost of a check.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn explain(&self, draft: Ts<Draft>) -> Result<Ts<Explanation>, JsValue> {
        let explanation = self
            .checker
            .explain(&read_draft(&draft)?)
            .map_err(|error| EngineError::from(error).into_js())?;
        to_ts(&Explanation::from(explanation))
    }

    /// What the loaded guide is.
    ///
    /// # Errors
    /// None in practice: what is written has no way to fail.
    pub fn info(&self) -> Result<Ts<Info>, JsValue> {
        let data = self.guide.data();
        let company = data.company.clone();
        let info = Info {
            company: company.name,
            guide_version: company.guide_version,
            guide_author: company.guide_author,
            valid_until: company.valid_until,
            contact: Contact {
                es: company.contact.es,
                en: company.contact.en,
            },
            sections: data
                .sections
                .iter()
                .map(|section| section.id.clone())
                .collect(),
            rules: data.rules.len(),
        };
        to_ts(&info)
    }

    /// A section of the guide by its id, or nothing where there is none.
    ///
    /// # Errors
    /// Throws an [`EngineError`] where `language` is neither `es` nor `en`.
    pub fn section(
        &self,
        id: &str,
        language: Ts<Language>,
    ) -> Result<Option<Ts<Section>>, JsValue> {
        let language = language
            .to_rust()
            .map_err(|error| EngineError::draft(&error.to_string()).into_js())?;
        let Some(found) = self
            .guide
            .data()
            .sections
            .iter()
            .find(|section| section.id == id)
        else {
            return Ok(None);
        };
        let section = match language {
            Language::Es => Section {
                id: found.id.clone(),
                title: found.title.es.clone(),
                quote: found.quote.es.clone(),
                body: found.body.es.clone(),
            },
            Language::En => Section {
                id: found.id.clone(),
                title: found.title.en.clone(),
                quote: found.quote.en.clone(),
                body: found.body.en.clone(),
            },
        };
        to_ts(&section).map(Some)
    }
}
