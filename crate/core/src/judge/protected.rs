//! Speech that stays free, whatever a guide says.
//!
//! People may talk about their own pay, hours, conditions, safety, harassment, unions and
//! strikes, and report wrongdoing (facts/guides-and-law.md, B). Where a draft does, rules about
//! reputation, meetings and legal matters are silent, for the whole draft: what follows "nos
//! bajan el sueldo" is the same conversation. The words are the engine's own, in
//! `data/protected.json`; a guide can add to them and take nothing away.

use serde::Deserialize;

use super::OwnLists;
use super::evidence::{Evidence, NodeId, Nodes};
use crate::find::{FinderBuilder, Hit, Hits};
use crate::guide::data::Protected;
use crate::report::Topic;

/// The engine's own protected speech.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Own {
    pub lists: OwnLists,
    pub protected: Vec<Protected>,
}

/// Whether protected speech silences a topic's rules, where a rule does not say.
pub(crate) const fn silences(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Meeting
            | Topic::Legal
            | Topic::BrandNegative
            | Topic::Insult
            | Topic::Figures
            | Topic::PoliticalOnCorporate
            | Topic::Spokesperson
    )
}

/// One kind of protected speech, ready to judge.
#[derive(Debug)]
pub(crate) struct Shield {
    pub id: String,
    find: Vec<NodeId>,
    near: Vec<Evidence>,
    unless: Vec<Evidence>,
}

impl Shield {
    pub(crate) fn new(
        entry: &Protected,
        own: bool,
        nodes: &mut Nodes,
        finder: &mut FinderBuilder<'_>,
    ) -> Self {
        Self {
            id: entry.id.clone(),
            find: entry
                .find
                .iter()
                .map(|matcher| nodes.add(matcher, own, finder))
                .collect(),
            near: entry
                .near
                .iter()
                .map(|matcher| nodes.evidence(matcher, own, finder))
                .collect(),
            unless: entry
                .unless
                .iter()
                .map(|matcher| nodes.evidence(matcher, own, finder))
                .collect(),
        }
    }

    /// Whether a draft holds such speech.
    pub(crate) fn holds(&self, nodes: &Nodes, hits: &Hits) -> bool {
        let mut found: Vec<Hit> = Vec::new();
        for &node in &self.find {
            nodes.collect(node, hits, &mut found);
        }
        found.iter().any(|hit| {
            self.near
                .iter()
                .all(|evidence| nodes.near(evidence, hit, hits).is_some())
                && nodes.exception(&self.unless, hit, hits).is_none()
        })
    }
}
