//! What Tacto learns: labelled drafts in, the guide's model out.
//!
//! Pure Rust: no I/O, no clock; the same bytes on every machine. The rooms, in the order that
//! drafts walk through them: `examples` (plain text to labelled drafts), `company` (names in the
//! place of placeholders), `strangers` (posts as numbers), `corpus` (drafts to features), `train`
//! (features to weights), `measure` (how weights judge authors whom they have not seen),
//! `calibrate` (sums to probabilities), `model` (weights made small).

mod calibrate;
pub mod company;
mod corpus;
pub mod examples;
mod measure;
mod model;
pub mod strangers;
mod train;

pub use calibrate::{Head, calibrate, careful, exceeded_by};
pub use corpus::{BEFORE_TOPICS, Corpus, FEWEST, Row};
pub use examples::{Example, ExampleError};
pub use measure::{Measured, leave_authors_out};
pub use model::{Size, model};
pub use train::{STRIDE, Settings, Trained, sigmoid, train};

use tacto_core::model::{Extractor, ModelData};

/// In how many groups authors are left out to learn how sure sums are.
const GROUPS: usize = 6;

/// What is being done, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Drafts are read for their features.
    Reading,
    /// So many of so many trainings are done.
    Learning(usize, usize),
}

/// Learns a model from examples and the strangers' posts of this repository. Nothing where no
/// topic has examples enough ([`FEWEST`]).
#[must_use]
pub fn learn(
    examples: &[Example],
    extractor: &Extractor,
    watch: &(dyn Fn(Progress) + Sync),
) -> Option<ModelData> {
    watch(Progress::Reading);
    let corpus = Corpus::new(examples, &strangers::shipped(), extractor);
    if corpus.topics.is_empty() {
        return None;
    }
    let settings = Settings::default();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let measured = leave_authors_out(&corpus, settings, GROUPS, &|_| {
        let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        watch(Progress::Learning(done, GROUPS + 1));
    });
    let calibrated = calibrate(&corpus, &measured, &|_| true);
    let trained = train(&corpus, settings, &|_| true);
    watch(Progress::Learning(GROUPS + 1, GROUPS + 1));
    Some(model(&corpus, &trained, &calibrated, Size::default()))
}

/// The extractor of every learner: the company of the examples and the engine's ordinary words.
#[must_use]
pub fn extractor() -> Extractor {
    Extractor::new(company::lists())
}
