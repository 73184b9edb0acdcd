//! The features of texts, for whoever learns a model from them.

use std::collections::BTreeMap;

use super::{Classes, each};
use crate::find::{Finder, FinderBuilder};
use crate::guide::data::{Company, FORMAT, GuideData, List, VERSION};
use crate::own::OwnWords;
use crate::text::fold::Folded;
use crate::text::words::Words;

/// Makes features of texts as a [`crate::Checker`] does, with no more of a guide than the lists of
/// names: what is learnt must not depend on a guide's rules.
#[derive(Debug)]
pub struct Extractor {
    finder: Finder,
    classes: Classes,
}

impl Extractor {
    /// Readies the lists of [`super::Class::lists`]; others do nothing.
    #[must_use]
    pub fn new(lists: BTreeMap<String, List>) -> Self {
        let data = GuideData {
            format: FORMAT.to_owned(),
            version: VERSION,
            company: Company::default(),
            sections: Vec::new(),
            lists,
            hashed: BTreeMap::new(),
            rules: Vec::new(),
            protected: Vec::new(),
            model: None,
        };
        let own = OwnWords::inside();
        let mut finder = FinderBuilder::new(&data, &own);
        let classes = Classes::new(&mut finder);
        Self {
            finder: finder.build(&std::collections::HashMap::new()),
            classes,
        }
    }

    /// Whether a text names anybody of the lists.
    #[must_use]
    pub fn names_somebody(&self, text: &str) -> bool {
        let words = Words::new(&Folded::new(text));
        let hits = self.finder.find(text, &words);
        !self
            .classes
            .spans(&self.finder, &hits, &words, None)
            .is_empty()
    }

    /// The hashes of a text's features, each once, in rising order; and the number of its steps.
    #[must_use]
    pub fn features(&self, text: &str) -> (Vec<u32>, usize) {
        let words = Words::new(&Folded::new(text));
        let hits = self.finder.find(text, &words);
        let names = self.classes.spans(&self.finder, &hits, &words, None);
        let mut hashes = Vec::new();
        let steps = each(text, &words, &names, &mut |feature| {
            hashes.push(feature.hash);
        });
        hashes.sort_unstable();
        hashes.dedup();
        (hashes, steps)
    }
}
