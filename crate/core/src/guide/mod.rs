//! The guide: what a company wrote, checked before it is used.
//!
//! [`data`] is the form (plain data, one to one with the files). [`Guide`] is the same after
//! `validate` has found nothing wrong with it; a checker can be built from no other.

pub mod data;
#[cfg(feature = "authoring")]
pub mod source;
pub(crate) mod suggest;
pub(crate) mod validate;

use std::fmt;
use std::sync::Arc;

use crate::find::patterns::KnownPatterns;
use crate::model::Model;
pub use data::GuideData;

/// The largest bundle that is read, in bytes.
pub const MAX_BUNDLE: usize = 32 * 1024 * 1024;

/// One step on the way to a value in [`GuideData`]: a key, or a place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key of a table.
    Key(String),
    /// A place in a list, from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// A way as people write it: `rules[3].find[0].pattern`.
#[must_use]
pub fn path_of(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Step::Index(index) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
        }
    }
    path
}

/// Something in a guide that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideError {
    /// The way to the value, e.g. `rules`, 3, `find`, 0, `pattern`.
    pub path: Vec<Step>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub remedy: String,
}

impl fmt::Display for GuideError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&path_of(&self.path))?;
        let colon = if self.path.is_empty() { "" } else { ": " };
        write!(out, "{colon}{}. {}", self.message, self.remedy)
    }
}

/// Everything that is wrong with a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideErrors(pub Vec<GuideError>);

impl fmt::Display for GuideErrors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            write!(out, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for GuideErrors {}

/// A guide that has been checked.
#[derive(Debug, Clone)]
pub struct Guide {
    data: GuideData,
    patterns: KnownPatterns,
    model: Option<Arc<Model>>,
}

impl Guide {
    /// Checks a guide's meaning: topics and sections that exist, patterns that are linear and
    /// small, examples in both languages, lists that are defined, limits of size.
    ///
    /// It does not run the examples; `tacto test` and `tacto build` do.
    ///
    /// # Errors
    /// Everything that is wrong with it, not the first thing alone.
    pub fn new(data: GuideData) -> Result<Self, GuideErrors> {
        let (mut errors, patterns) = validate::validate(&data);
        let model = match data.model.as_ref().map(Model::new).transpose() {
            Ok(model) => model,
            Err(error) => {
                errors.push(GuideError {
                    path: vec!["model".into()],
                    message: error.to_string(),
                    remedy: "Write the bundle anew with this version's `tacto build`.".to_owned(),
                });
                None
            }
        };
        if errors.is_empty() {
            Ok(Self {
                data,
                patterns,
                model: model.map(Arc::new),
            })
        } else {
            Err(GuideErrors(errors))
        }
    }

    /// Of the patterns that were checked, what was learnt of them: reading one is dear.
    pub(crate) const fn patterns(&self) -> &KnownPatterns {
        &self.patterns
    }

    /// What it has learnt, ready to judge.
    pub(crate) const fn model(&self) -> Option<&Arc<Model>> {
        self.model.as_ref()
    }

    pub(crate) fn into_data(self) -> GuideData {
        self.data
    }

    /// Changes a checked guide; whoever calls it has checked what it puts in.
    pub(crate) fn amend(&mut self, change: impl FnOnce(&mut GuideData)) {
        change(&mut self.data);
    }

    /// Reads a bundle, as `tacto build` writes it, and checks everything again.
    ///
    /// # Errors
    /// A bundle over [`MAX_BUNDLE`] bytes, of another format or version, that is no JSON (with
    /// line and column), or whose meaning is wrong.
    pub fn from_bundle(json: &str) -> Result<Self, GuideErrors> {
        let refuse = |message: String, remedy: &str| {
            GuideErrors(vec![GuideError {
                path: Vec::new(),
                message,
                remedy: remedy.to_owned(),
            }])
        };
        if json.len() > MAX_BUNDLE {
            return Err(refuse(
                format!(
                    "the bundle has {} bytes, more than {MAX_BUNDLE}",
                    json.len()
                ),
                "Shorten its lists, or give them hashed.",
            ));
        }
        let data: GuideData = serde_json::from_str(json).map_err(|error| {
            refuse(
                format!("the bundle cannot be read: {error}"),
                "Write it anew with `tacto build`.",
            )
        })?;
        Self::new(data)
    }

    /// The bundle: one self-contained line of JSON.
    #[must_use]
    pub fn to_bundle(&self) -> String {
        // Serialising plain data of strings and numbers has no way to fail.
        serde_json::to_string(&self.data).unwrap_or_default()
    }

    /// What the guide says.
    #[must_use]
    pub const fn data(&self) -> &GuideData {
        &self.data
    }
}
