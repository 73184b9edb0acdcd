//! Matchers as nodes over the finder's sources, and what stands near what.

use crate::find::shapes::Shape;
use crate::find::terms::Source;
use crate::find::{FinderBuilder, Hit, Hits};
use crate::guide::data::{Matcher, Scope, Side, Within};

/// A node's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

/// What a matcher became.
#[derive(Debug)]
enum Node {
    /// Anything found for one of these.
    Found(Vec<Source>),
    /// Any of these.
    Any(Vec<NodeId>),
    /// The first, with all the others near it.
    All(NodeId, Vec<Evidence>),
}

/// Something that must, or must not, stand near.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence {
    node: NodeId,
    within: Within,
    side: Option<Side>,
    /// Whether it may lie over the mark: what a draft is about is no other stretch of it.
    over: bool,
}

/// All nodes of a guide.
#[derive(Debug, Default)]
pub(crate) struct Nodes(Vec<Node>);

impl Nodes {
    /// Turns a checked matcher into a node. `own`: its lists are the engine's.
    pub(crate) fn add(
        &mut self,
        matcher: &Matcher,
        own: bool,
        finder: &mut FinderBuilder<'_>,
    ) -> NodeId {
        let node = if let Some(any) = &matcher.any {
            Node::Any(
                any.iter()
                    .map(|matcher| self.add(matcher, own, finder))
                    .collect(),
            )
        } else if let Some((first, others)) = matcher.all.as_deref().and_then(<[_]>::split_first) {
            let first = self.add(first, own, finder);
            let others = others
                .iter()
                .map(|other| {
                    let evidence = self.evidence(other, own, finder);
                    Evidence {
                        within: other.within.or(matcher.within).unwrap_or(SENTENCE),
                        ..evidence
                    }
                })
                .collect();
            Node::All(first, others)
        } else {
            Node::Found(sources(matcher, own, finder))
        };
        let id = NodeId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(node);
        id
    }

    /// Turns a checked matcher into evidence.
    pub(crate) fn evidence(
        &mut self,
        matcher: &Matcher,
        own: bool,
        finder: &mut FinderBuilder<'_>,
    ) -> Evidence {
        let about = matcher.about.is_some();
        let usual = if about {
            Within::Scope(Scope::Draft)
        } else {
            SENTENCE
        };
        Evidence {
            node: self.add(matcher, own, finder),
            within: matcher.within.unwrap_or(usual),
            side: matcher.side,
            over: about || matcher.any.iter().flatten().any(|one| one.about.is_some()),
        }
    }

    /// Everything that a node stands for in a draft.
    pub(crate) fn collect(&self, node: NodeId, hits: &Hits, out: &mut Vec<Hit>) {
        match self.0.get(node.0 as usize) {
            None => {}
            Some(Node::Found(sources)) => {
                for &source in sources {
                    out.extend_from_slice(hits.of(source));
                }
            }
            Some(Node::Any(nodes)) => {
                for &node in nodes {
                    self.collect(node, hits, out);
                }
            }
            Some(Node::All(first, others)) => {
                let mut firsts = Vec::new();
                self.collect(*first, hits, &mut firsts);
                out.extend(firsts.into_iter().filter(|hit| {
                    others
                        .iter()
                        .all(|evidence| self.near(evidence, hit, hits).is_some())
                }));
            }
        }
    }

    /// The first place that a node stands for, if there is one.
    pub(crate) fn first(&self, node: NodeId, hits: &Hits) -> Option<Hit> {
        match self.0.get(node.0 as usize)? {
            Node::Found(sources) => sources
                .iter()
                .find_map(|&source| hits.of(source).first())
                .copied(),
            Node::Any(nodes) => nodes.iter().find_map(|&node| self.first(node, hits)),
            Node::All(..) => {
                let mut found = Vec::new();
                self.collect(node, hits, &mut found);
                found.first().copied()
            }
        }
    }

    /// Evidence near a hit, but not the hit itself.
    pub(crate) fn near(&self, evidence: &Evidence, hit: &Hit, hits: &Hits) -> Option<Hit> {
        self.search(evidence.node, evidence, hit, evidence.over, hits)
    }

    /// An exception near a hit, or over it.
    pub(crate) fn exception(&self, unless: &[Evidence], hit: &Hit, hits: &Hits) -> Option<Hit> {
        unless
            .iter()
            .find_map(|evidence| self.search(evidence.node, evidence, hit, true, hits))
    }

    fn search(
        &self,
        node: NodeId,
        evidence: &Evidence,
        hit: &Hit,
        over: bool,
        hits: &Hits,
    ) -> Option<Hit> {
        match self.0.get(node.0 as usize)? {
            Node::Found(sources) => sources
                .iter()
                .find_map(|&source| nearest(hits.of(source), evidence, hit, over))
                .copied(),
            Node::Any(nodes) => nodes
                .iter()
                .find_map(|&node| self.search(node, evidence, hit, over, hits)),
            Node::All(..) => {
                let mut found = Vec::new();
                self.collect(node, hits, &mut found);
                crate::sort::by_key(&mut found, |hit| (hit.start, hit.end));
                nearest(&found, evidence, hit, over).copied()
            }
        }
    }
}

/// How far evidence may stand where it is not said.
const SENTENCE: Within = Within::Scope(Scope::Sentence);

/// Hits may overlap, so the nearest one before a place is not quite the last that starts before
/// it. So many are looked at, which bounds the cost of hostile drafts.
const LOOK_BACK: usize = 16;

/// The evidence nearest to `anchor` among `hits`, which are in the order of the text.
fn nearest<'h>(hits: &'h [Hit], evidence: &Evidence, anchor: &Hit, over: bool) -> Option<&'h Hit> {
    if hits.is_empty() {
        return None;
    }
    let fits = |hit: &Hit| {
        let before = hit.end <= anchor.start;
        let after = hit.start >= anchor.end;
        if !before && !after {
            // What lies over the mark is on neither side of it.
            return over && evidence.side.is_none();
        }
        match evidence.side {
            Some(Side::Before) if !before => return false,
            Some(Side::After) if !after => return false,
            _ => {}
        }
        match evidence.within {
            Within::Scope(Scope::Draft) => true,
            Within::Scope(Scope::Sentence) => {
                hit.sentence <= anchor.until && anchor.sentence <= hit.until
            }
            Within::Words(most) => {
                let distance = if before {
                    anchor.first.saturating_sub(hit.last)
                } else {
                    hit.first.saturating_sub(anchor.last)
                };
                distance <= u32::from(most)
            }
        }
    };
    let start = hits.partition_point(|hit| hit.start < anchor.start);
    let end = hits.partition_point(|hit| hit.start < anchor.end);
    let (before, rest) = hits.split_at(start);
    let (inside, after) = rest.split_at(end - start);
    before
        .iter()
        .rev()
        .take(LOOK_BACK)
        .find(|hit| fits(hit))
        .or_else(|| inside.iter().take(LOOK_BACK).find(|hit| fits(hit)))
        .or_else(|| after.first().filter(|hit| fits(hit)))
        // Anywhere in the draft: the first one may be farther away than was looked.
        .or_else(|| before.first().filter(|hit| fits(hit)))
}

fn sources(matcher: &Matcher, own: bool, finder: &mut FinderBuilder<'_>) -> Vec<Source> {
    if let Some(terms) = &matcher.terms {
        vec![finder.terms(terms)]
    } else if let Some(lists) = &matcher.list {
        lists
            .as_slice()
            .iter()
            .map(|name| finder.list(name, own))
            .collect()
    } else if let Some(lists) = &matcher.hashed {
        lists
            .as_slice()
            .iter()
            .map(|name| finder.hashed(name))
            .collect()
    } else if let Some(pattern) = &matcher.pattern {
        vec![finder.pattern(pattern, matcher.shape.as_deref().and_then(Shape::from_name))]
    } else if let Some(shape) = matcher.shape.as_deref().and_then(Shape::from_name) {
        vec![finder.shape(shape)]
    } else if let Some(tone) = matcher.tone {
        vec![finder.tone(tone)]
    } else if let Some(about) = matcher.about {
        vec![finder.about(about, matcher.sure == Some(true))]
    } else {
        Vec::new()
    }
}
