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

use serde::{Deserialize, Serialize};
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

/// A guide, ready to check drafts.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    guide: Guide,
    checker: Checker,
}

#[wasm_bindgen]
impl Engine {
    /// Reads a bundle, as `tacto build` writes it, and checks everything again.
    ///
    /// # Errors
    /// Throws an [`EngineError`] with everything that is wrong with it.
    #[wasm_bindgen(constructor)]
    pub fn new(bundle: &str) -> Result<Self, JsValue> {
        let guide =
            Guide::from_bundle(bundle).map_err(|errors| EngineError::from(errors).into_js())?;
        let checker = Checker::new(&guide);
        Ok(Self { guide, checker })
    }

    /// Checks a draft.
    ///
    /// # Errors
    /// Throws an [`EngineError`]: the draft is not one, or too long.
    pub fn check(&self, draft: Ts<Draft>) -> Result<Ts<tacto_core::Report>, JsValue> {
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
        let draft = tacto_core::Draft {
            text: draft.text,
            platform: draft.platform,
            surface: draft.surface,
            audience: draft.audience,
            author: draft.author,
            at,
            ui: draft.ui,
        };
        let report = self
            .checker
            .check(&draft)
            .map_err(|error| EngineError::from(error).into_js())?;
        to_ts(&report)
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
