//! Classes: what stands in the place of a name for the model.
//!
//! What is learnt from "{client} signed today" must hold for every company's clients. So a name of
//! the company's lists is not the word that it is, but what it is to the company.

use crate::draft::Timestamp;
use crate::find::terms::Source;
use crate::find::{Finder, FinderBuilder, Hits};
use crate::text::words::{Place, Words};

/// What a name is to the company. The order is that of precedence: where two lists hold one name,
/// the first one here counts (a client who agreed to be named is a reference).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A tag or phrase by which the author says that they work there.
    Disclosure,
    /// An official hashtag.
    Hashtag,
    /// An official page.
    Link,
    /// A client who may be named.
    Reference,
    /// A client, partner or supplier.
    Client,
    /// A project's code name.
    Project,
    /// A product before its announcement.
    Product,
    /// A product on sale.
    Launched,
    /// A competitor.
    Competitor,
    /// An executive.
    Executive,
    /// A colleague.
    Colleague,
    /// An internal tool.
    Tool,
    /// A marking of documents.
    Marking,
    /// The company itself.
    Company,
}

impl Class {
    /// Every class, in the order of precedence.
    pub const ALL: [Self; 14] = [
        Self::Disclosure,
        Self::Hashtag,
        Self::Link,
        Self::Reference,
        Self::Client,
        Self::Project,
        Self::Product,
        Self::Launched,
        Self::Competitor,
        Self::Executive,
        Self::Colleague,
        Self::Tool,
        Self::Marking,
        Self::Company,
    ];

    /// What examples write between braces: `{client}`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disclosure => "disclosure",
            Self::Hashtag => "hashtag",
            Self::Link => "link",
            Self::Reference => "reference",
            Self::Client => "client",
            Self::Project => "project",
            Self::Product => "product",
            Self::Launched => "launched",
            Self::Competitor => "competitor",
            Self::Executive => "executive",
            Self::Colleague => "colleague",
            Self::Tool => "tool",
            Self::Marking => "marking",
            Self::Company => "company",
        }
    }

    /// The lists of a guide that hold such names; the first is the one that a company fills.
    #[must_use]
    pub const fn lists(self) -> &'static [&'static str] {
        match self {
            Self::Disclosure => &["disclosure-tags"],
            Self::Hashtag => &["official-hashtags"],
            Self::Link => &["official-links"],
            Self::Reference => &["public-references"],
            Self::Client => &["clients", "partners"],
            Self::Project => &["projects"],
            Self::Product => &["unreleased-products"],
            Self::Launched => &["products"],
            Self::Competitor => &["competitors"],
            Self::Executive => &["executives", "spokespeople"],
            Self::Colleague => &["colleagues"],
            Self::Tool => &["internal-tools"],
            Self::Marking => &["document-markings"],
            Self::Company => &["company"],
        }
    }
}

/// Words `first..last` are one name of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub first: u32,
    pub last: u32,
    pub class: Class,
}

/// Where the finder reports the names of each class.
#[derive(Debug, Default)]
pub(crate) struct Classes(Vec<(Class, Source)>);

impl Classes {
    /// Asks the finder for the names of every list that the guide has.
    pub(crate) fn new(finder: &mut FinderBuilder<'_>) -> Self {
        let mut sources = Vec::new();
        for class in Class::ALL {
            for name in class.lists() {
                if finder.has_list(name) {
                    sources.push((class, finder.list(name, false)));
                }
            }
        }
        Self(sources)
    }

    /// The names in a draft, in the order of the text, none inside another.
    pub(crate) fn spans(
        &self,
        finder: &Finder,
        hits: &Hits,
        words: &Words,
        at: Option<Timestamp>,
    ) -> Vec<Span> {
        let mut spans = Vec::new();
        for &(class, source) in &self.0 {
            for hit in hits.of(source) {
                let public = finder
                    .facts(hit)
                    .and_then(|facts| facts.public_from)
                    .is_some_and(|from| at.is_some_and(|at| at >= from));
                // A list of tags may hold everyday phrases as well ("I work there"); those are words.
                let tag = words
                    .list
                    .get(hit.first as usize)
                    .is_some_and(|word| word.place == Place::Tag);
                if matches!(class, Class::Disclosure | Class::Hashtag) && !tag {
                    continue;
                }
                let class = match class {
                    Class::Product if public => Class::Launched,
                    // What everybody may know is a word like others.
                    Class::Project if public => continue,
                    class => class,
                };
                spans.push(Span {
                    first: hit.first,
                    last: hit.last,
                    class,
                });
            }
        }
        if spans.len() > 1 {
            crate::sort::by_key(&mut spans, |span| {
                (span.first, std::cmp::Reverse(span.last), span.class)
            });
            let mut end = 0;
            spans.retain(|span| {
                let kept = span.first >= end;
                if kept {
                    end = span.last;
                }
                kept
            });
        }
        spans
    }
}
