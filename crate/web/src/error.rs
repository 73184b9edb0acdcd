//! What the engine throws: an object that says what is wrong, and what to do about it.

use serde::Serialize;
use tacto_core::guide::path_of;
use tacto_core::{CheckError, GuideErrors};
use tsify::Tsify;
use wasm_bindgen::JsValue;

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// The bundle was refused whole.
    Bundle,
    /// What was given is no draft.
    Draft,
    /// The text is longer than what is checked.
    TooLong,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, Tsify)]
pub struct Problem {
    /// Where in the bundle, e.g. `rules[3].find[0].pattern`; empty where it is the whole.
    path: String,
    /// What is wrong.
    message: String,
    /// What to write instead.
    remedy: String,
}

/// What is thrown.
#[derive(Debug, Serialize, Tsify)]
pub struct EngineError {
    /// The kind.
    code: ErrorCode,
    /// Everything that is wrong.
    problems: Vec<Problem>,
}

impl EngineError {
    /// The engine's own words are not what they should be: the package is damaged.
    pub(crate) fn words() -> Self {
        Self::one(
            ErrorCode::Bundle,
            "own-words.txt is not the whole text".to_owned(),
        )
    }

    /// What was given is no draft.
    pub(crate) fn draft(message: &str) -> Self {
        Self::one(ErrorCode::Draft, message.to_owned())
    }

    fn one(code: ErrorCode, message: String) -> Self {
        Self {
            code,
            problems: vec![Problem {
                path: String::new(),
                message,
                remedy: String::new(),
            }],
        }
    }

    /// As JavaScript catches it.
    pub(crate) fn into_js(self) -> JsValue {
        // Strings alone: writing them has no way to fail.
        serde_wasm_bindgen::to_value(&self).unwrap_or(JsValue::NULL)
    }
}

impl From<GuideErrors> for EngineError {
    fn from(errors: GuideErrors) -> Self {
        let problems = errors
            .0
            .into_iter()
            .map(|error| {
                let path = path_of(&error.path);
                Problem {
                    path,
                    message: error.message,
                    remedy: error.remedy,
                }
            })
            .collect();
        Self {
            code: ErrorCode::Bundle,
            problems,
        }
    }
}

impl From<CheckError> for EngineError {
    fn from(error: CheckError) -> Self {
        let message = error.to_string();
        match error {
            CheckError::TooLong(_) => Self::one(ErrorCode::TooLong, message),
        }
    }
}
