//! Tacto's engine: a company guide in, a checker out; a draft in, a report out.
//!
//! Pure Rust: no I/O, no clock, no globals, no unsafe code. The one obvious way in:
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let bundle = "";
//! let guide = tacto_core::Guide::from_bundle(bundle)?;
//! let checker = tacto_core::Checker::new(&guide);
//! let report = checker.check(&tacto_core::Draft::new("Hola"))?;
//! assert_eq!(report.verdict, tacto_core::Verdict::Clear);
//! # Ok(()) }
//! ```
//!
//! The modules follow the draft: [`guide`] (what the company wrote) -> `text` (fold, words,
//! offsets) -> `find` (terms, patterns, shapes, hashed terms, tone) -> `judge` (evidence,
//! exceptions, time, audience, protected speech, severity) -> [`report`].

mod checker;
pub mod draft;
mod find;
pub mod guide;
mod judge;
pub mod model;
mod own;
pub mod policy;
pub mod report;
mod sort;
mod text;
mod time;

pub use checker::{CheckError, Checker};
pub use draft::{Audience, Author, Draft, Language, Platform, Surface, Timestamp};
pub use find::hashed::hash_entry;
pub use guide::{Guide, GuideError, GuideErrors, Step};
pub use judge::explain::{Candidate, Explanation, Outcome};
#[cfg(feature = "own-words")]
pub use own::OWN_WORDS;
pub use report::{Finding, Fix, Report, Severity, Topic, Verdict};
pub use text::fold::fold;
