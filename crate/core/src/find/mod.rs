//! Everything that is found in a draft before anything is judged.
//!
//! Whoever wants something found asks the [`FinderBuilder`] for it and gets a [`Source`]; equal
//! wishes share one. A [`Finder`] then goes over a draft once for all of them: one automaton for
//! terms, one filter for patterns, one pass for each family of shapes.

mod forms;
pub(crate) mod hashed;
pub(crate) mod names;
pub(crate) mod patterns;
pub(crate) mod shapes;
mod slips;
pub(crate) mod spellings;
pub(crate) mod terms;
pub(crate) mod tone;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::Timestamp;
use crate::guide::data::{About, Entry, GuideData, List, ListKind, Tone};
use crate::model::{Opinion, Sureness};
use crate::own::OwnWords;
use crate::text::fold::fold;
use crate::text::words::Words;
use hashed::Hashed;
use names::{Context, Kinds, Surroundings};
use patterns::{KnownPatterns, Patterns};
use shapes::{Shape, ShapeSet};
use spellings::Split;
use terms::{Source, TermMatch, Vocabulary};

/// What is known of an entry beyond its name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// The moment from which it is public.
    pub public_from: Option<Timestamp>,
    /// The right name.
    pub right: Option<String>,
    /// Where there is a right name, the wrong ones.
    wrong: Vec<String>,
}

impl Facts {
    /// Whether what was found for an entry is its right name after all. A wrong name may differ from
    /// it in what makes no difference elsewhere ("NorVanta", "Nor Vanta" for "Norvanta"): then it is
    /// found only as it is listed.
    fn is_right(&self, written: &str) -> bool {
        let letters = |text: &str| fold(text).replace(|c: char| !c.is_alphanumeric(), "");
        let Some(right) = self.right.as_deref() else {
            return false;
        };
        let folded = fold(written);
        if letters(written) != letters(right) {
            return false;
        }
        !self
            .wrong
            .iter()
            .any(|wrong| written == wrong || fold(wrong) == folded && folded != fold(right))
    }
}

/// The entry has nothing beyond its name.
const PLAIN: u32 = u32::MAX;

/// Where a term stands in a draft: its words, and its bytes, which may be a part of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// First word.
    pub first: u32,
    /// Past the last word.
    pub last: u32,
    /// First byte.
    pub start: u32,
    /// Past the last byte.
    pub end: u32,
}

/// Something found in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What it was found for.
    pub source: Source,
    /// First byte in the draft.
    pub start: u32,
    /// Past the last byte.
    pub end: u32,
    /// First word.
    pub first: u32,
    /// Past the last word.
    pub last: u32,
    /// The sentence of its first word.
    pub sentence: u32,
    /// The sentence of its last word: in "J.P. Brix" the cut into sentences sees two.
    pub until: u32,
    /// The number of its entry's [`Facts`].
    facts: u32,
}

/// All that was found in a draft, by source and place.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    hits: Vec<Hit>,
    /// Where each source's hits start; one more for the end.
    starts: Vec<u32>,
}

impl Hits {
    fn new(mut hits: Vec<Hit>, sources: usize) -> Self {
        hits.sort_unstable_by_key(|hit| (hit.source, hit.start, hit.end));
        hits.dedup_by_key(|hit| (hit.source, hit.start, hit.end, hit.facts));
        let mut starts = Vec::with_capacity(sources + 1);
        let mut at = 0;
        for source in 0..=sources {
            while hits
                .get(at)
                .is_some_and(|hit| (hit.source.0 as usize) < source)
            {
                at += 1;
            }
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        Self { hits, starts }
    }

    /// What was found for a source, in the order of the text.
    pub(crate) fn of(&self, source: Source) -> &[Hit] {
        let at = source.0 as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        self.hits
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }
}

/// Finds everything that a guide asks for.
#[derive(Debug)]
pub(crate) struct Finder {
    vocabulary: Vocabulary,
    patterns: Patterns,
    /// For each pattern: its source, and the check on what it matches.
    pattern_sources: Vec<(Source, Option<Shape>)>,
    shapes: ShapeSet,
    shape_sources: HashMap<Shape, Source>,
    /// Each hashed list once, with all that look for it.
    hashed: Vec<(Hashed, Vec<Source>)>,
    tones: Vec<(Tone, Source)>,
    /// What the model is asked, and how sure it must be.
    about: Vec<(About, Sureness, Source)>,
    own: OwnSources,
    facts: Vec<Facts>,
    labels: Vec<String>,
    kinds: Kinds,
}

/// The engine's own word lists.
#[derive(Debug, Clone, Copy)]
struct OwnSources {
    negators: Source,
    intensifiers: Source,
    context: Context<Source>,
}

impl Finder {
    /// What is known of a hit's entry.
    pub(crate) fn facts(&self, hit: &Hit) -> Option<&Facts> {
        self.facts.get(hit.facts as usize)
    }

    /// The shape that everything found for a source has passed, if any.
    pub(crate) fn shape(&self, source: Source) -> Option<Shape> {
        let of_pattern = self
            .pattern_sources
            .iter()
            .find(|(own, _)| *own == source)
            .and_then(|(_, shape)| *shape);
        of_pattern.or_else(|| {
            self.shape_sources
                .iter()
                .find(|(_, own)| **own == source)
                .map(|(shape, _)| *shape)
        })
    }

    /// What a source is called in explanations: a list's name, a shape's, "words".
    pub(crate) fn label(&self, source: Source) -> &str {
        self.labels
            .get(source.0 as usize)
            .map_or("", String::as_str)
    }

    /// The number of terms, with their variants.
    pub(crate) fn term_count(&self) -> usize {
        self.vocabulary.len()
    }

    /// What the model thinks of a draft, beside what was found in it.
    pub(crate) fn add_opinions(&self, opinions: &[Opinion], words: &Words, hits: &mut Hits) {
        let found: Vec<Hit> = opinions
            .iter()
            .flat_map(|opinion| {
                self.about
                    .iter()
                    .filter(|(about, sureness, _)| {
                        *about == opinion.about && *sureness <= opinion.sureness
                    })
                    .filter_map(|(.., source)| {
                        of_words(
                            words,
                            *source,
                            opinion.carriers.mark.0,
                            opinion.carriers.mark.1,
                            PLAIN,
                        )
                    })
            })
            .collect();
        if !found.is_empty() {
            let mut all = std::mem::take(&mut hits.hits);
            all.extend(found);
            *hits = Hits::new(all, self.labels.len());
        }
    }

    /// What the model was asked where a hit is its answer.
    pub(crate) fn about(&self, source: Source) -> Option<About> {
        self.about
            .iter()
            .find(|(.., own)| *own == source)
            .map(|(about, ..)| *about)
    }

    /// Goes over a draft once.
    pub(crate) fn find(&self, text: &str, words: &Words) -> Hits {
        let mut hits = Vec::new();
        self.find_terms(text, words, &mut hits);
        let mut of_bytes = |source: Source, start: usize, end: usize| {
            let start = u32::try_from(start).unwrap_or(u32::MAX);
            let end = u32::try_from(end).unwrap_or(u32::MAX);
            let (first, last) = words.covering(start, end);
            let sentence = words
                .list
                .get(first as usize)
                .or(words.list.last())
                .map_or(0, |word| word.sentence);
            hits.push(Hit {
                source,
                start,
                end,
                first,
                last,
                sentence,
                until: sentence,
                facts: PLAIN,
            });
        };
        self.patterns.find(text, &mut |at, start, end| {
            let Some((source, shape)) = self.pattern_sources.get(at as usize) else {
                return;
            };
            let Some(matched) = text.get(start..end) else {
                return;
            };
            if shape.is_none_or(|shape| shape.accepts(matched)) {
                of_bytes(*source, start, end);
            }
        });
        shapes::find(text, self.shapes, &mut |shape, range| {
            if let Some(source) = self.shape_sources.get(&shape) {
                of_bytes(*source, range.start, range.end);
            }
        });
        Hits::new(hits, self.labels.len())
    }

    fn find_terms(&self, text: &str, words: &Words, hits: &mut Vec<Hit>) {
        let mut found: Vec<TermMatch> = Vec::new();
        self.vocabulary.find(words, &mut found);
        for (list, sources) in &self.hashed {
            list.find(words, &mut |at| {
                let run = words.list.get(at.first as usize..at.last as usize);
                let ordinary = run.is_some_and(|run| {
                    let mut keys = run.iter().map(|word| words.key(word));
                    keys.all(|key| self.kinds.may_be_a_word(key))
                });
                found.extend(sources.iter().map(|source| TermMatch {
                    source: *source,
                    owner: PLAIN,
                    at,
                    ordinary,
                }));
            });
        }
        // In the order of the text, so that what stands before is found by halving.
        crate::sort::by_key(&mut found, |found| {
            (found.at.first, found.at.last, found.source, found.owner)
        });
        let places = |source: Source| -> Vec<(u32, u32)> {
            found
                .iter()
                .filter(|found| found.source == source)
                .map(|found| (found.at.first, found.at.last))
                .collect()
        };
        let (negators, intensifiers) = (places(self.own.negators), places(self.own.intensifiers));
        let surroundings = if found.iter().any(|found| found.ordinary) {
            let own = self.own.context;
            Surroundings {
                naming: places(own.naming),
                business: places(own.business),
                people: places(own.people),
                private: places(own.private),
            }
        } else {
            Surroundings::default()
        };
        for found in &found {
            let mut source = found.source;
            if let Some((tone, _)) = self.tones.iter().find(|(_, own)| *own == source)
                && tone::is_negated(words, &negators, &intensifiers, found.at.first)
            {
                let turned = tone::negated(*tone)
                    .and_then(|tone| self.tones.iter().find(|(other, _)| *other == tone));
                let Some((_, turned)) = turned else { continue };
                source = *turned;
            }
            if found.ordinary
                && !names::looks_like_a_name(
                    text,
                    words,
                    (found.at.first, found.at.last),
                    &self.kinds,
                    &surroundings,
                )
            {
                continue;
            }
            let facts = self.facts.get(found.owner as usize);
            let written = text.get(found.at.start as usize..found.at.end as usize);
            if let (Some(facts), Some(written)) = (facts, written)
                && facts.is_right(written)
            {
                continue;
            }
            let sentence = |at: u32| {
                let word = words.list.get(at as usize);
                word.map_or(0, |word| word.sentence)
            };
            hits.push(Hit {
                source,
                start: found.at.start,
                end: found.at.end,
                first: found.at.first,
                last: found.at.last,
                sentence: sentence(found.at.first),
                until: sentence(found.at.last.saturating_sub(1)),
                facts: found.owner,
            });
        }
    }
}

fn of_words(words: &Words, source: Source, first: u32, last: u32, facts: u32) -> Option<Hit> {
    let head = words.list.get(first as usize)?;
    let tail = words.list.get((last as usize).checked_sub(1)?)?;
    Some(Hit {
        source,
        start: head.start,
        end: tail.end,
        first,
        last,
        sentence: head.sentence,
        until: tail.sentence,
        facts,
    })
}

/// Collects what a guide asks for.
pub(crate) struct FinderBuilder<'a> {
    data: &'a GuideData,
    /// The engine's own lists, where the guide's rules do not reach.
    own_lists: &'a BTreeMap<String, List>,
    vocabulary: Vocabulary,
    patterns: Vec<String>,
    pattern_sources: Vec<(Source, Option<Shape>)>,
    shapes: ShapeSet,
    shape_sources: HashMap<Shape, Source>,
    hashed: BTreeMap<&'a str, (Hashed, Vec<Source>)>,
    tones: Vec<(Tone, Source)>,
    about: Vec<(About, Sureness, Source)>,
    facts: Vec<Facts>,
    labels: Vec<String>,
    /// Sources by what they look for.
    known: HashMap<String, Source>,
    kinds: Kinds,
    own: &'a OwnWords<'a>,
    /// The name that is being added.
    split: Split,
}

impl<'a> FinderBuilder<'a> {
    /// With the engine's own words.
    pub(crate) fn new(data: &'a GuideData, own: &'a OwnWords<'a>) -> Self {
        Self {
            data,
            own_lists: &own.protected.lists,
            vocabulary: Vocabulary::default(),
            patterns: Vec::new(),
            pattern_sources: Vec::new(),
            shapes: ShapeSet::default(),
            shape_sources: HashMap::new(),
            hashed: BTreeMap::new(),
            tones: Vec::new(),
            about: Vec::new(),
            facts: Vec::new(),
            labels: Vec::new(),
            known: HashMap::new(),
            kinds: Kinds::new(own.frequent, own.first_names, own.ordinary),
            own,
            split: Split::default(),
        }
    }

    /// A new source, or the one that already looks for the same.
    fn source(&mut self, key: String, label: impl Into<String>) -> Result<Source, Source> {
        if let Some(known) = self.known.get(&key) {
            return Err(*known);
        }
        let source = Source(u32::try_from(self.labels.len()).unwrap_or(u32::MAX));
        self.labels.push(label.into());
        self.known.insert(key, source);
        Ok(source)
    }

    /// Words and phrases of a rule.
    pub(crate) fn terms(&mut self, terms: &[String]) -> Source {
        match self.source(format!("terms\0{}", terms.join("\0")), "words") {
            Err(known) => known,
            Ok(source) => {
                for term in terms {
                    self.vocabulary
                        .add(term, ListKind::Words, false, source, PLAIN);
                }
                source
            }
        }
    }

    /// A list of the guide, or of the engine. `own` says which comes first.
    pub(crate) fn list(&mut self, name: &str, own: bool) -> Source {
        match self.source(format!("list\0{own}\0{name}"), name) {
            Err(known) => known,
            Ok(source) => {
                let mut seen = HashSet::new();
                self.add_list(name, own, source, &mut seen);
                source
            }
        }
    }

    fn add_list<'b>(
        &mut self,
        name: &'b str,
        own: bool,
        source: Source,
        seen: &mut HashSet<&'b str>,
    ) where
        'a: 'b,
    {
        if !seen.insert(name) {
            return;
        }
        let (data, own_lists) = (self.data, self.own_lists);
        let first = if own { own_lists.get(name) } else { None };
        // A hashed list belongs to the list of its name.
        self.add_hashed(name, source);
        let Some(list) = first.or_else(|| data.lists.get(name)) else {
            return;
        };
        self.vocabulary.reserve(list.entries.len());
        for entry in &list.entries {
            self.add_entry(entry, list.kind, source);
        }
        for other in &list.include {
            self.add_list(other, own, source, seen);
        }
    }

    fn add_entry(&mut self, entry: &Entry, kind: ListKind, source: Source) {
        match entry {
            Entry::Plain(name) => {
                self.add_name(name, kind, None, source, PLAIN);
            }
            Entry::Detailed(entry) => {
                let owner = u32::try_from(self.facts.len()).unwrap_or(PLAIN);
                self.facts.push(Facts {
                    public_from: entry
                        .public_from
                        .as_deref()
                        .and_then(crate::time::parse_day),
                    right: entry.right.clone(),
                    wrong: if entry.right.is_some() {
                        let names = std::iter::once(&entry.name).chain(&entry.short);
                        names.cloned().collect()
                    } else {
                        Vec::new()
                    },
                });
                for name in std::iter::once(&entry.name).chain(&entry.short) {
                    self.add_name(name, kind, entry.ordinary, source, owner);
                }
            }
        }
    }

    /// Adds a name, and settles whether it must look like one. The guide may say so; else names
    /// made only of ordinary words, and names of three letters or fewer, must.
    fn add_name(
        &mut self,
        name: &str,
        kind: ListKind,
        said: Option<bool>,
        source: Source,
        owner: u32,
    ) {
        let mut words = std::mem::take(&mut self.split);
        words.read(name);
        let sign = name.starts_with(['@', '#']) || name.contains("://");
        let ordinary = kind == ListKind::Names
            && !sign
            && match said {
                // "Faro Distribución" is no word; "Proyecto Faro" may be a school's.
                Some(said) => {
                    said && (words.len() == 1
                        || words.len() == 2 && words.iter().next().is_some_and(names::is_project))
                }
                // "PowerQuill" is one word, and no ordinary one.
                None if !name.contains([' ', '&', '+']) && words.len() > 1 => {
                    self.kinds.of(words.joined()).is_some()
                        || words.iter().all(|word| word.len() <= 3)
                }
                None => words.iter().all(|word| self.kinds.may_be_a_word(word)),
            };
        self.vocabulary
            .add_words(&words, kind, ordinary, source, owner);
        self.split = words;
    }

    /// A hashed list of the guide.
    pub(crate) fn hashed(&mut self, name: &str) -> Source {
        match self.source(format!("hashed\0{name}"), name) {
            Err(known) => known,
            Ok(source) => {
                self.add_hashed(name, source);
                source
            }
        }
    }

    fn add_hashed(&mut self, name: &str, source: Source) {
        let Some((name, list)) = self.data.hashed.get_key_value(name) else {
            return;
        };
        if let Some((_, sources)) = self.hashed.get_mut(name.as_str()) {
            sources.push(source);
        } else if let Some(list) = Hashed::new(list) {
            self.hashed.insert(name, (list, vec![source]));
        }
    }

    /// A pattern, with the check on what it matches.
    pub(crate) fn pattern(&mut self, pattern: &str, shape: Option<Shape>) -> Source {
        let label = shape.map_or("pattern", Shape::name);
        match self.source(format!("pattern\0{pattern}\0{label}"), label) {
            Err(known) => known,
            Ok(source) => {
                self.patterns.push(pattern.to_owned());
                self.pattern_sources.push((source, shape));
                source
            }
        }
    }

    /// A shape by itself.
    pub(crate) fn shape(&mut self, shape: Shape) -> Source {
        match self.source(format!("shape\0{}", shape.name()), shape.name()) {
            Err(known) => known,
            Ok(source) => {
                self.shapes.insert(shape);
                self.shape_sources.insert(shape, source);
                source
            }
        }
    }

    /// Wording by its tone.
    pub(crate) fn tone(&mut self, tone: Tone) -> Source {
        let label = match tone {
            Tone::Negative => "negative wording",
            Tone::Positive => "praise",
            Tone::Promissory => "promise",
        };
        match self.source(format!("tone\0{label}"), label) {
            Err(known) => known,
            Ok(source) => {
                self.tones.push((tone, source));
                let own = self.own.tones.iter().filter(|(of, _)| *of == tone);
                self.words(own.flat_map(|(_, words)| names::lines(words)), source);
                if tone == Tone::Negative {
                    // Negated praise is a complaint, and so praise is looked for too.
                    self.tone(Tone::Positive);
                }
                source
            }
        }
    }

    /// What the draft is about.
    pub(crate) fn about(&mut self, about: About, sure: bool) -> Source {
        let name = about.name();
        match self.source(format!("about\0{name}\0{sure}"), format!("about {name}")) {
            Err(known) => known,
            Ok(source) => {
                let sureness = if sure {
                    Sureness::Sure
                } else {
                    Sureness::Likely
                };
                self.about.push((about, sureness, source));
                source
            }
        }
    }

    /// Whether the model is asked anything.
    pub(crate) const fn asks_about(&self) -> bool {
        !self.about.is_empty()
    }

    /// Whether the guide has a list of this name.
    pub(crate) fn has_list(&self, name: &str) -> bool {
        self.data.lists.contains_key(name) || self.data.hashed.contains_key(name)
    }

    fn words<'w>(&mut self, words: impl Iterator<Item = &'w str>, source: Source) {
        for word in words {
            self.vocabulary
                .add(word, ListKind::Words, false, source, PLAIN);
        }
    }

    fn own(&mut self, label: &str, words: impl Iterator<Item = &'a str>) -> Source {
        match self.source(format!("own\0{label}"), label) {
            Err(known) => known,
            Ok(source) => {
                self.words(words, source);
                source
            }
        }
    }

    /// Everything asked for so far, ready to search.
    pub(crate) fn build(mut self, known: &KnownPatterns) -> Finder {
        let words = self.own;
        let context = words.context;
        let own = OwnSources {
            negators: self.own("negation", names::lines(words.negators)),
            intensifiers: self.own("intensifiers", names::lines(words.intensifiers)),
            context: Context {
                naming: self.own("naming words", names::lines(context.naming)),
                business: self.own("business words", names::lines(context.business)),
                people: self.own("words for people", names::lines(context.people)),
                private: self.own("private words", names::lines(context.private)),
            },
        };
        let innocent = [words.ordinary, words.slip_neighbours];
        self.vocabulary
            .ready(innocent.into_iter().flat_map(names::lines));
        Finder {
            kinds: self.kinds,
            vocabulary: self.vocabulary,
            patterns: Patterns::new(self.patterns, known),
            pattern_sources: self.pattern_sources,
            shapes: self.shapes,
            shape_sources: self.shape_sources,
            hashed: self.hashed.into_values().collect(),
            tones: self.tones,
            about: self.about,
            own,
            facts: self.facts,
            labels: self.labels,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::data::FORMAT;
    use crate::text::fold::Folded;

    fn empty() -> GuideData {
        serde_json::from_value(serde_json::json!({
            "format": FORMAT, "version": 1,
            "company": {"name": "X", "contact": {"es": "", "en": ""}},
            "sections": [], "lists": {}, "rules": []
        }))
        .unwrap()
    }

    #[test]
    fn negation_turns_the_tone() {
        let data = empty();
        let own = OwnWords::inside();
        let mut builder = FinderBuilder::new(&data, &own);
        let negative = builder.tone(Tone::Negative);
        let finder = builder.build(&KnownPatterns::new());
        for (text, count) in [
            ("this is a disaster", 1),
            ("this is not a disaster", 0),
            ("esto no es ningún desastre", 0),
            ("un desastre", 1),
            ("no. un desastre", 1),
        ] {
            let words = Words::new(&Folded::new(text));
            assert_eq!(
                finder.find(text, &words).of(negative).len(),
                count,
                "{text}"
            );
        }
    }

    #[test]
    fn a_wrong_name_that_differs_little_is_found_as_listed_alone() {
        let mut data = empty();
        data.lists =
            serde_json::from_value(serde_json::json!({"wrong": {"kind": "names", "entries": [
                {"name": "NorVanta", "short": ["Nor Vanta", "Nór Vanta"], "right": "Norvanta"},
                {"name": "Norvantis", "right": "Norvanta"},
                {"name": "Solar Tejo", "right": "SolarTejo"},
            ]}}))
            .unwrap();
        let own = OwnWords::inside();
        let mut builder = FinderBuilder::new(&data, &own);
        let wrong = builder.list("wrong", false);
        let finder = builder.build(&KnownPatterns::new());
        for (text, marked) in [
            ("At NorVanta today", Some("NorVanta")),
            ("At Nor Vanta today", Some("Nor Vanta")),
            ("At nor vanta today", Some("nor vanta")),
            ("Norvantis", Some("Norvantis")),
            ("norvantis", Some("norvantis")),
            ("At Norvanta today", None),
            ("NORVANTA", None),
            ("#norvanta", None),
            ("Norvanta's", None),
            ("our SolarTejo", None),
            ("our #solartejo", None),
            ("our Solar Tejo", Some("Solar Tejo")),
        ] {
            let words = Words::new(&Folded::new(text));
            let hits = finder.find(text, &words);
            let found: Vec<_> = hits
                .of(wrong)
                .iter()
                .map(|hit| &text[hit.start as usize..hit.end as usize])
                .collect();
            assert_eq!(found.first().copied(), marked, "{text}");
        }
    }

    #[test]
    fn a_hashed_name_that_is_a_word_must_look_like_a_name() {
        let mut data = empty();
        let (hashes, words) = crate::hash_entry(&[7; 16], "Faro").unwrap();
        data.hashed = serde_json::from_value(serde_json::json!({"clients": {
            "key": "07".repeat(16), "words": words,
            "hashes": hashes.iter().map(|hash| format!("{hash:016x}")).collect::<Vec<_>>(),
        }}))
        .unwrap();
        let own = OwnWords::inside();
        let mut builder = FinderBuilder::new(&data, &own);
        let clients = builder.hashed("clients");
        let finder = builder.build(&KnownPatterns::new());
        for (text, count) in [("Subimos al faro", 0), ("Nuestro cliente Faro", 1)] {
            let words = Words::new(&Folded::new(text));
            assert_eq!(finder.find(text, &words).of(clients).len(), count, "{text}");
        }
    }
}
