//! One automaton for all terms of all lists.
//!
//! Terms are sequences of words, and so the automaton's alphabet is words, not bytes: a trie
//! whose edges are word numbers, kept in one hash table. Against a byte automaton
//! (`aho-corasick`) over the same 100,000 company names this loads several times faster, takes a
//! fraction of the memory, never matches inside a word, and lets a word be looked up through its
//! other readings (disguises, plural). The cost of a search is the number of words and readings,
//! whatever the number of terms.

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use std::hash::BuildHasher;

use crate::find::Stretch;
use crate::find::forms::{self, singulars};
use crate::find::slips::{Slips, apart};
use crate::find::spellings::{AND, Split, is_and};
use crate::guide::data::ListKind;
use crate::text::words::{How, Place, Words};

/// Who asked for a term: a list, or a rule's own terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Source(pub u32);

const NONE: u32 = u32::MAX;
const ROOT: u32 = 0;
/// A term of more words than this is a text, not a term.
pub(crate) const MOST_WORDS: usize = 12;

#[derive(Debug, Clone)]
struct Entry {
    source: Source,
    /// The caller's number for what the term belongs to.
    owner: u32,
    /// The next entry that ends in the same state.
    next: u32,
    kind: ListKind,
    /// Whether the match must look like a name.
    ordinary: bool,
}

/// The automaton. Built once, never changed.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    hasher: DefaultHashBuilder,
    /// All words, one after the other.
    arena: String,
    /// Where each word lies in the arena.
    spans: Vec<(u32, u32)>,
    /// Word number by word. A word that ends in `*` is a prefix.
    numbers: HashTable<u32>,
    /// Which lengths prefixes have, one bit for each, so that others are not looked up.
    prefix_lengths: u64,
    /// State by state and word.
    edges: HashMap<(u32, u32), u32>,
    /// The first entry that ends in each state.
    ends: Vec<u32>,
    entries: Vec<Entry>,
    /// Single words that people disguise, for masked readings: word number and final state.
    disguised: Vec<(u32, u32)>,
    /// All words of terms that people disguise, for [`Self::ready`].
    misspelt: Vec<u32>,
    slips: Slips,
}

/// A term found in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TermMatch {
    /// Who asked for it.
    pub source: Source,
    /// What the term belongs to.
    pub owner: u32,
    /// Where it stands.
    pub at: Stretch,
    /// Whether the term is also an ordinary word, and must look like a name.
    pub ordinary: bool,
}

impl Vocabulary {
    /// Adds a term. Returns false if it holds no word, or too many.
    pub(crate) fn add(
        &mut self,
        term: &str,
        kind: ListKind,
        ordinary: bool,
        source: Source,
        owner: u32,
    ) -> bool {
        self.add_words(&Split::new(term), kind, ordinary, source, owner)
    }

    /// Makes room for so many further terms: growing step by step costs twice the time.
    pub(crate) fn reserve(&mut self, terms: usize) {
        let words = terms * 2;
        self.spans.reserve(words);
        let (arena, spans, hasher) = (&self.arena, &self.spans, &self.hasher);
        self.numbers.reserve(words, |number| {
            hasher.hash_one(lookup(arena, spans, *number))
        });
        self.edges.reserve(terms * 3);
        self.ends.reserve(terms * 3);
        self.entries.reserve(words);
    }

    /// Adds a term that is already cut into words.
    pub(crate) fn add_words(
        &mut self,
        words: &Split,
        kind: ListKind,
        ordinary: bool,
        source: Source,
        owner: u32,
    ) -> bool {
        if self.ends.is_empty() {
            self.ends.push(NONE);
        }
        if words.is_empty() || words.len() > MOST_WORDS {
            return false;
        }
        let entry = Entry {
            source,
            owner,
            next: NONE,
            kind,
            ordinary,
        };
        words.spellings(kind, &mut |spelling| {
            let state = self.path(spelling.iter().map(AsRef::as_ref));
            // "E.ON" as "eon", "I.T." as "it".
            let short = spelling.len() == 1 && spelling.iter().all(|word| word.len() <= 3);
            let ordinary = ordinary || kind == ListKind::Names && words.len() > 1 && short;
            let entry = entry.clone();
            self.end(state, Entry { ordinary, ..entry });
        });
        if kind == ListKind::Disguised {
            for word in words.iter() {
                let number = self.number(word);
                self.misspelt.push(number);
            }
        }
        let joined = words.joined();
        if kind == ListKind::Disguised
            && words.len() == 1
            && !joined.ends_with('*')
            && joined.len() >= 4
        {
            let number = self.number(joined);
            let state = self.path(std::iter::once(joined));
            self.disguised.push((number, state));
        }
        // Spanish gender: tonto, tonta. (Plurals are undone when looking up.)
        if kind != ListKind::Names
            && let Some(last) = words.last()
            && last.len() >= 4
            && let Some(stem) = last.strip_suffix('o')
        {
            let other = format!("{stem}a");
            let before = words.iter().take(words.len() - 1);
            let state = self.path(before.chain(std::iter::once(other.as_str())));
            self.end(state, entry.clone());
            if kind == ListKind::Disguised {
                let number = self.number(&other);
                self.misspelt.push(number);
            }
        }
        true
    }

    /// Readies the slips of the keyboard, once all terms are there. `ordinary`: words that are
    /// nobody's slip.
    pub(crate) fn ready<'a>(&mut self, ordinary: impl Iterator<Item = &'a str>) {
        let mut numbers = std::mem::take(&mut self.misspelt);
        crate::sort::by_key(&mut numbers, |number| *number);
        numbers.dedup();
        let words = numbers
            .iter()
            .map(|&number| (number, lookup(&self.arena, &self.spans, number)));
        self.slips = Slips::new(words, ordinary);
    }

    /// The number of terms, with their variants.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    fn path<'a>(&mut self, words: impl Iterator<Item = &'a str>) -> u32 {
        let mut state = ROOT;
        for word in words {
            let number = self.number(word);
            let fresh = u32::try_from(self.ends.len()).unwrap_or(NONE);
            state = *self.edges.entry((state, number)).or_insert_with(|| {
                self.ends.push(NONE);
                fresh
            });
        }
        state
    }

    fn end(&mut self, state: u32, mut entry: Entry) {
        let Some(first) = self.ends.get_mut(state as usize) else {
            return;
        };
        let mut at = *first;
        while let Some(other) = self.entries.get(at as usize) {
            if other.source == entry.source && other.owner == entry.owner {
                return;
            }
            at = other.next;
        }
        entry.next = *first;
        *first = u32::try_from(self.entries.len()).unwrap_or(NONE);
        self.entries.push(entry);
    }

    /// The word's number; a new one if it has none.
    fn number(&mut self, word: &str) -> u32 {
        let hash = self.hasher.hash_one(word);
        let (arena, spans) = (&self.arena, &self.spans);
        if let Some(number) = self
            .numbers
            .find(hash, |number| lookup(arena, spans, *number) == word)
        {
            return *number;
        }
        let start = u32::try_from(self.arena.len()).unwrap_or(NONE);
        self.arena.push_str(word);
        let end = u32::try_from(self.arena.len()).unwrap_or(NONE);
        let number = u32::try_from(self.spans.len()).unwrap_or(NONE);
        self.spans.push((start, end));
        if let Some(prefix) = word.strip_suffix('*') {
            self.prefix_lengths |= 1 << prefix.len().min(63);
        }
        let (arena, spans, hasher) = (&self.arena, &self.spans, &self.hasher);
        self.numbers.insert_unique(hash, number, |number| {
            hasher.hash_one(lookup(arena, spans, *number))
        });
        number
    }

    fn word(&self, number: u32) -> &str {
        lookup(&self.arena, &self.spans, number)
    }

    fn known(&self, word: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(word);
        self.numbers
            .find(hash, |number| {
                lookup(&self.arena, &self.spans, *number) == word
            })
            .copied()
    }

    /// The numbers under which a word may be found: itself, its singular, its prefixes.
    fn numbers_of(&self, word: &str, scratch: &mut String, out: &mut Vec<u32>) {
        let mut push = |number: Option<u32>| {
            if let Some(number) = number {
                out.push(number);
            }
        };
        push(self.known(word));
        if is_and(word) {
            push(self.known(AND));
        }
        singulars(word, scratch, &mut |singular| push(self.known(singular)));
        let mut lengths = self.prefix_lengths;
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            let Some(prefix) = word.get(..length) else {
                if length > word.len() {
                    break;
                }
                continue;
            };
            scratch.clear();
            scratch.push_str(prefix);
            scratch.push('*');
            push(self.known(scratch));
        }
    }

    /// Finds every term in a draft's words.
    pub(crate) fn find(&self, words: &Words, found: &mut Vec<TermMatch>) {
        if self.ends.is_empty() {
            return;
        }
        let steps = Steps::new(self, words);
        let mut sign = [0; 4];
        let mut open: Vec<Open> = Vec::new();
        for first in 0..words.list.len() {
            let first = u32::try_from(first).unwrap_or(NONE);
            open.clear();
            open.push(Open::at(first));
            while let Some(here) = open.pop() {
                let mut states = [Some(here.state), None];
                if here.state != ROOT {
                    self.report(&here, first, words, found);
                    let Some(word) = words.list.get(here.at as usize).filter(|_| here.tail) else {
                        continue;
                    };
                    // A phrase does not cross punctuation that is not its own.
                    if word.gap && !word.goes_on {
                        states[0] = None;
                    }
                    states[1] = word
                        .sign
                        .and_then(|own| self.known(own.encode_utf8(&mut sign)))
                        .and_then(|sign| self.edges.get(&(here.state, sign)).copied());
                }
                for state in states.into_iter().flatten() {
                    for step in steps.from(here.at) {
                        let next = self.edges.get(&(state, step.number));
                        if let Some(&next) = next.filter(|_| here.state == ROOT || step.head) {
                            open.push(here.then(next, step));
                        }
                    }
                }
            }
        }
        self.find_masked(words, found);
    }

    fn report(&self, here: &Open, first: u32, words: &Words, found: &mut Vec<TermMatch>) {
        let mut at = self.ends.get(here.state as usize).copied().unwrap_or(NONE);
        while let Some(entry) = self.entries.get(at as usize) {
            at = entry.next;
            let suits = match entry.kind {
                ListKind::Disguised => words
                    .list
                    .get(first as usize)
                    .is_none_or(|word| word.place != Place::Link),
                // A number for a letter is a disguise; in a name or a common word it is a typo
                // for something else ("b2b", "4th").
                ListKind::Words => !matches!(
                    here.how,
                    Some(How::Leet | How::Repeated | How::Slip | How::Initials)
                ),
                ListKind::Names => !matches!(here.how, Some(How::Repeated | How::Slip)),
            };
            if suits {
                found.push(TermMatch {
                    source: entry.source,
                    owner: entry.owner,
                    at: Stretch {
                        first,
                        last: here.at,
                        start: here.start,
                        end: here.end,
                    },
                    ordinary: entry.ordinary,
                });
            }
        }
    }

    /// `f*ck`: compared letter by letter with the words that people disguise.
    fn find_masked(&self, words: &Words, found: &mut Vec<TermMatch>) {
        for reading in words
            .readings
            .iter()
            .filter(|reading| reading.how == How::Masked)
        {
            let mask = words.reading_key(reading);
            for &(number, state) in &self.disguised {
                let word = lookup(&self.arena, &self.spans, number);
                let fits = word.len() == mask.len()
                    && word
                        .bytes()
                        .zip(mask.bytes())
                        .all(|(w, m)| w == m || m == b'*');
                if fits {
                    let last = (reading.last as usize).saturating_sub(1);
                    let end = words.list.get(last).map_or(0, |word| word.end);
                    let first = words.list.get(reading.first as usize);
                    let here = Open {
                        state,
                        at: reading.last,
                        how: Some(How::Masked),
                        start: first.map_or(end, |word| word.start),
                        end,
                        tail: true,
                    };
                    self.report(&here, reading.first, words, found);
                }
            }
        }
    }
}

fn lookup<'a>(arena: &'a str, spans: &[(u32, u32)], number: u32) -> &'a str {
    spans
        .get(number as usize)
        .and_then(|&(start, end)| arena.get(start as usize..end as usize))
        .unwrap_or_default()
}

/// A way through the automaton that is still open.
#[derive(Debug, Clone, Copy)]
struct Open {
    state: u32,
    /// The word that comes next.
    at: u32,
    how: Option<How>,
    /// Where it begins in the draft.
    start: u32,
    /// Where it ends so far.
    end: u32,
    /// Whether it may go on with the next word.
    tail: bool,
}

impl Open {
    const fn at(first: u32) -> Self {
        Self {
            state: ROOT,
            at: first,
            how: None,
            start: 0,
            end: 0,
            tail: true,
        }
    }

    fn then(&self, state: u32, step: &Step) -> Self {
        // A slip anywhere makes the whole a disguise.
        let slip = step.how.filter(|&how| how == How::Slip);
        Self {
            state,
            at: step.last,
            how: slip.or(self.how).or(step.how),
            start: if self.state == ROOT {
                step.start
            } else {
                self.start
            },
            end: step.end,
            tail: step.tail,
        }
    }
}

/// A step of the automaton over a draft: from a word, over one reading or part, to another word.
#[derive(Debug, Clone, Copy)]
struct Step {
    number: u32,
    last: u32,
    how: Option<How>,
    /// Where it begins and ends in the draft.
    start: u32,
    end: u32,
    /// Whether that is where words begin and end.
    head: bool,
    tail: bool,
}

/// Every step of a draft, by the word from which it starts.
struct Steps {
    steps: Vec<Step>,
    /// Where the steps of each word start; one more for the end.
    starts: Vec<u32>,
}

impl Steps {
    fn new(vocabulary: &Vocabulary, words: &Words) -> Self {
        let mut steps = Vec::with_capacity(words.list.len() * 2);
        let mut starts = Vec::with_capacity(words.list.len() + 1);
        let mut scratch = String::new();
        let mut numbers = Vec::new();
        for (at, word) in words.list.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(NONE);
            starts.push(u32::try_from(steps.len()).unwrap_or(NONE));
            forms::each(words, at, &mut |form| {
                if form.how == Some(How::Masked) {
                    return;
                }
                vocabulary.numbers_of(form.key, &mut scratch, &mut numbers);
                // A prefix ("kill*") knows all that begins so, "killd" too.
                let is_new = form.how.is_none()
                    && (form.start, form.end) == (word.start, word.end)
                    && numbers
                        .iter()
                        .all(|&number| vocabulary.word(number).ends_with('*'));
                let step = Step {
                    number: NONE,
                    last: form.last,
                    how: form.how,
                    start: form.start,
                    end: form.end,
                    head: form.head,
                    tail: form.tail,
                };
                steps.extend(numbers.drain(..).map(|number| Step { number, ..step }));
                if is_new && word.may_be_a_slip() {
                    let word_of = |number| vocabulary.word(number);
                    vocabulary.slips.of(form.key, word_of, &mut numbers);
                    if numbers.is_empty() && !vocabulary.slips.is_innocent(form.key) {
                        numbers.extend(apart(form.key).filter_map(|word| vocabulary.known(word)));
                    }
                    let how = Some(How::Slip);
                    steps.extend(numbers.drain(..).map(|number| Step {
                        number,
                        how,
                        ..step
                    }));
                }
            });
        }
        starts.push(u32::try_from(steps.len()).unwrap_or(NONE));
        Self { steps, starts }
    }

    fn from(&self, at: u32) -> &[Step] {
        let at = at as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        self.steps
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folded;

    fn find(kind: ListKind, terms: &[&str], text: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        for (owner, term) in terms.iter().enumerate() {
            assert!(
                vocabulary.add(term, kind, false, Source(0), owner as u32),
                "{term}"
            );
        }
        let neighbours = include_str!("../../data/slip-neighbours.txt");
        vocabulary.ready(["bitty"].into_iter().chain(neighbours.lines()));
        let words = Words::new(&Folded::new(text));
        let mut found = Vec::new();
        vocabulary.find(&words, &mut found);
        let mut marked: Vec<_> = found
            .iter()
            .map(|found| text[found.at.start as usize..found.at.end as usize].to_owned())
            .collect();
        marked.sort();
        marked.dedup();
        marked
    }

    #[test]
    fn terms_are_found_however_they_are_written() {
        use ListKind::{Disguised, Names, Words};
        for (kind, term, text, marked) in [
            (Words, "reunión", "La REUNION de hoy", Some("REUNION")),
            (Words, "cliente", "dos clientes", Some("clientes")),
            (Words, "company", "companies", Some("companies")),
            (Words, "tonto", "unas tontas", Some("tontas")),
            (Words, "despid*", "nos despiden hoy", Some("despiden")),
            (Words, "despid*", "despedida", None),
            (
                Words,
                "we're about to",
                "We’re about to win",
                Some("We’re about to"),
            ),
            (Words, "our client", "our, client", None),
            (Words, "art", "smart start", None),
            (Words, "ano", "feliz año", None),
            (Words, "año", "feliz ano", None),
            (Words, "España", "en espana", Some("espana")),
            (Disguised, "coño", "El Cono Sur crece", None),
            (Disguised, "coño", "qué coño", Some("coño")),
            (Words, "tell", "t3ll", None),
            (
                Names,
                "Project Bluebird",
                "the project\nBluebird team",
                Some("project\nBluebird"),
            ),
            (
                Names,
                "Project Bluebird",
                "#ProjectBluebird",
                Some("ProjectBluebird"),
            ),
            (
                Names,
                "Project Bluebird",
                "#projectbluebird",
                Some("projectbluebird"),
            ),
            (Names, "Bluebird", "Blue🐦bird!", Some("Blue🐦bird")),
            (
                Names,
                "Bluebird",
                "B l u e b i r d",
                Some("B l u e b i r d"),
            ),
            (Names, "Bluebird", "Blu3b1rd", Some("Blu3b1rd")),
            (Names, "Bluebird", "Bluebird's", Some("Bluebird")),
            (Names, "Bluebird", "#BluebirdLaunch", Some("Bluebird")),
            (Names, "Bluebird", "bluebirds", Some("bluebirds")),
            (Disguised, "fuck", "what the f*ck", Some("f*ck")),
            (Disguised, "fuck", "fuuuuck", Some("fuuuuck")),
            (Disguised, "mierda", "m1erda", Some("m1erda")),
            (Disguised, "mierda", "https://x.com/mierda", None),
            // Slips of the keyboard; more of them in `find/slips`.
            (Disguised, "bitch", "a bicth", Some("bicth")),
            (
                Disguised,
                "piece of shit",
                "you peice of shit",
                Some("peice of shit"),
            ),
            (Disguised, "tontito", "unas tonttitas", Some("tonttitas")),
            (Disguised, "bitch", "Mrs Bicth called", None),
            (Disguised, "bitch", "BICTH OFF", Some("BICTH")),
            (Disguised, "bitch", "#bicth and https://x.com/bicth", None),
            (Disguised, "bitchy", "a bitty", None),
            (Disguised, "rapist", "my therapist", None),
            (Disguised, "stab", "stabthose", Some("stabthose")),
            (Words, "bitch", "a bicth", None),
            (Words, "stab", "stabthose", None),
            (Names, "Bluebird", "blubeird", None),
        ] {
            let found = find(kind, &[term], text);
            assert_eq!(
                found,
                marked.into_iter().collect::<Vec<_>>(),
                "{term} in {text}"
            );
        }
    }

    #[test]
    fn the_longest_and_the_shortest_are_both_found() {
        assert_eq!(
            find(ListKind::Names, &["Lumen", "Banco Lumen"], "Banco Lumen"),
            ["Banco Lumen", "Lumen"]
        );
    }
}
