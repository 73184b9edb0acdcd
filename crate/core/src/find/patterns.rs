//! The guide's own regular expressions, all found in one pass.
//!
//! From each pattern the literals that every match must hold are worked out, and one
//! Aho-Corasick automaton looks for all of them at once; a pattern is compiled and run only over
//! a draft that holds one of its literals. A pattern without a literal runs over every draft.
//! Patterns run in time linear in the text (`regex` has no backtracking), and their size is
//! bounded before they are compiled. They run over [`Plain`] text, and are mapped like it.
//!
//! The engines are `regex`'s own, taken from `regex-automata`: the lazy DFA that finds a match,
//! and the simulation that finds the group `mark` in it. The `regex` crate adds several more and
//! chooses between them, which is a tenth of what the whole wasm may weigh.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use aho_corasick::automaton::{Automaton, OverlappingState};
use aho_corasick::nfa::noncontiguous::NFA;

use regex_automata::hybrid::{dfa, regex as hybrid};
use regex_automata::nfa::thompson::{self, pikevm};
use regex_automata::util::iter::Searcher;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, PatternID};
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::text::plain::{OTHER, Plain, ascii};

/// The largest compiled pattern, in bytes: more than the heaviest one takes.
const SIZE_LIMIT: usize = 8 * 1024 * 1024;
/// The memory of one lazy DFA, in bytes. When it is full it starts anew, which costs time in
/// hostile drafts alone.
const CACHE: usize = 256 * 1024;
/// The heaviest pattern, in states as `weight` counts them.
const HEAVIEST: u64 = 20_000;
/// The largest pattern as written, in bytes.
const LENGTH_LIMIT: usize = 2_000;
/// More alternatives than this make no good filter.
const MOST_LITERALS: usize = 256;

/// Why a pattern cannot be used, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PatternError {
    pub message: String,
    pub remedy: String,
}

/// A pattern, compiled when a draft first needs it.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    compiled: OnceLock<Option<Compiled>>,
}

fn parse(pattern: &str) -> Result<Hir, PatternError> {
    if pattern.len() > LENGTH_LIMIT {
        return Err(PatternError {
            message: format!(
                "the pattern has {} bytes, more than {LENGTH_LIMIT}",
                pattern.len()
            ),
            remedy: "Split it into several, or use a list.".into(),
        });
    }
    let parsed = regex_syntax::ParserBuilder::new()
        .nest_limit(50)
        .unicode(false)
        .utf8(false)
        .build()
        .parse(pattern);
    let hir = parsed.map_err(|error| PatternError {
        message: match &error {
            regex_syntax::Error::Parse(error) => format!(
                "the pattern is not valid at character {}: {}",
                error.span().start.offset + 1,
                error.kind()
            ),
            regex_syntax::Error::Translate(error) => format!(
                "the pattern is not valid at character {}: {}",
                error.span().start.offset + 1,
                error.kind()
            ),
            _ => "the pattern is not valid".to_owned(),
        },
        remedy: "Patterns are regular expressions without look-around, back-references and \
                     \\p classes."
            .into(),
    })?;
    if hir.properties().minimum_len().unwrap_or(0) == 0 {
        return Err(PatternError {
            message: "the pattern matches an empty text".into(),
            remedy: "Make at least one character of it obligatory.".into(),
        });
    }
    Ok(hir)
}

/// A pattern ready to run. A search needs memory of its own, which is kept for the next.
#[derive(Debug)]
struct Compiled {
    regex: hybrid::Regex,
    cache: Mutex<hybrid::Cache>,
    mark: Option<Mark>,
}

/// Finds the group `mark` of a match.
#[derive(Debug)]
struct Mark {
    engine: pikevm::PikeVM,
    cache: Mutex<pikevm::Cache>,
    group: usize,
}

impl Compiled {
    fn new(pattern: &str) -> Option<Self> {
        let syntax = syntax::Config::new().unicode(false).utf8(false);
        let limits = thompson::Config::new()
            .utf8(false)
            .nfa_size_limit(Some(SIZE_LIMIT));
        let regex = hybrid::Builder::new()
            .syntax(syntax)
            .thompson(limits.clone())
            .dfa(
                dfa::Config::new()
                    .cache_capacity(CACHE)
                    .skip_cache_capacity_check(true),
            )
            .build(pattern)
            .ok()?;
        let mark = if pattern.contains("<mark>") {
            let engine = pikevm::Builder::new()
                .syntax(syntax)
                .thompson(limits)
                .build(pattern)
                .ok()?;
            let group = engine
                .get_nfa()
                .group_info()
                .to_index(PatternID::ZERO, "mark")?;
            Some(Mark {
                cache: Mutex::new(engine.create_cache()),
                engine,
                group,
            })
        } else {
            None
        };
        Some(Self {
            cache: Mutex::new(regex.create_cache()),
            regex,
            mark,
        })
    }

    fn find(&self, text: &[u8], found: &mut impl FnMut(usize, usize)) {
        // A search never panics, so no lock is poisoned; if it were, nothing would be found.
        let Ok(mut cache) = self.cache.lock() else {
            return;
        };
        let mut matches = Searcher::new(Input::new(text));
        while let Ok(Some(matched)) =
            matches.try_advance(|input| self.regex.try_search(&mut cache, input))
        {
            let Some(mark) = &self.mark else {
                found(matched.start(), matched.end());
                continue;
            };
            let Ok(mut cache) = mark.cache.lock() else {
                return;
            };
            let input = Input::new(text)
                .range(matched.start()..)
                .anchored(Anchored::Yes);
            let mut slots = vec![None; mark.engine.get_nfa().group_info().slot_len()];
            mark.engine.search_slots(&mut cache, &input, &mut slots);
            let slot = |at: usize| slots.get(at).copied().flatten().map(|slot| slot.get());
            if let (Some(start), Some(end)) = (slot(2 * mark.group), slot(2 * mark.group + 1))
                && start < end
            {
                found(start, end);
            }
        }
    }
}

/// A pattern as it runs: mapped like the text it runs on.
fn mapped(pattern: &str) -> String {
    pattern.chars().map(ascii).collect()
}

/// Literals of which every match of a pattern holds at least one, in lower case.
pub(crate) type Literals = Vec<String>;

/// The literals of patterns, as [`check`] gives them, by the pattern as it is written.
pub(crate) type KnownPatterns = HashMap<String, Option<Literals>>;

/// Checks that a pattern can be used, without the cost of compiling it. Gives its literals, if it
/// has a useful set.
pub(crate) fn check(pattern: &str) -> Result<Option<Literals>, PatternError> {
    // Arrows, stars, emoji: nobody expects one to stand for all, as is harmless for "¿".
    let is_symbol = |sign: char| sign >= '\u{2190}' && ascii(sign) == OTHER;
    if let Some(sign) = pattern.chars().find(|&sign| is_symbol(sign)) {
        return Err(PatternError {
            message: format!("patterns cannot tell {sign} from another sign"),
            remedy: "Leave it out: emoji and the like are all the same to them.".into(),
        });
    }
    let hir = parse(&mapped(pattern))?;
    let weight = weight(&hir);
    if weight > HEAVIEST {
        return Err(PatternError {
            message: format!("the pattern is too large: it weighs {weight}, more than {HEAVIEST}"),
            remedy: "Use smaller repetition counts such as {2,40}, and [a-z0-9] instead of \\w."
                .into(),
        });
    }
    Ok(required(&hir))
}

/// About how many states a pattern compiles to.
fn weight(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(_) => 1,
        HirKind::Repetition(repetition) => {
            let times = u64::from(repetition.max.unwrap_or(repetition.min.saturating_add(1)));
            weight(&repetition.sub)
                .saturating_mul(times.max(1))
                .saturating_add(1)
        }
        HirKind::Capture(capture) => weight(&capture.sub).saturating_add(2),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(weight).fold(1, u64::saturating_add)
        }
    }
}

/// All patterns of a guide.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    patterns: Vec<Pattern>,
    filter: Option<NFA>,
    /// Which pattern each literal of the filter belongs to.
    wanted_by: Vec<u32>,
    /// Patterns without a literal.
    always: Vec<u32>,
}

impl Patterns {
    /// Readies patterns that [`check`] has accepted, or would: one that it would not is never found.
    pub(crate) fn new(sources: Vec<String>, known: &KnownPatterns) -> Self {
        let mut literals: Vec<String> = Vec::new();
        let mut all = Self::default();
        for (at, source) in sources.into_iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let required = match known.get(&source) {
                Some(required) => required.clone(),
                None => check(&source).ok().flatten(),
            };
            let source = mapped(&source);
            match required {
                Some(required) => {
                    all.wanted_by
                        .extend(std::iter::repeat_n(at, required.len()));
                    literals.extend(required);
                }
                None => all.always.push(at),
            }
            all.patterns.push(Pattern {
                source,
                compiled: OnceLock::new(),
            });
        }
        // The plainest of the automata: the faster ones save a microsecond in a draft, and cost
        // milliseconds to build and 40 KB of wasm.
        all.filter = NFA::builder()
            .ascii_case_insensitive(true)
            .build(&literals)
            .ok();
        if all.filter.is_none() {
            all.always = (0..u32::try_from(all.patterns.len()).unwrap_or(u32::MAX)).collect();
        }
        all
    }

    /// Finds every match: pattern number, and the bytes of the match, or of its group `mark`.
    pub(crate) fn find(&self, text: &str, found: &mut impl FnMut(u32, usize, usize)) {
        if self.patterns.is_empty() {
            return;
        }
        let plain = Plain::new(text);
        let text = plain.text.as_bytes();
        let mut wanted = vec![false; self.patterns.len()];
        let mut want = |at: u32| {
            if let Some(wanted) = wanted.get_mut(at as usize) {
                *wanted = true;
            }
        };
        self.always.iter().for_each(|&at| want(at));
        if let Some(filter) = &self.filter {
            let (input, mut state) = (aho_corasick::Input::new(text), OverlappingState::start());
            while filter.try_find_overlapping(&input, &mut state).is_ok()
                && let Some(hit) = state.get_match()
            {
                if let Some(&at) = self.wanted_by.get(hit.pattern().as_usize()) {
                    want(at);
                }
            }
        }
        for (at, (pattern, _)) in self
            .patterns
            .iter()
            .zip(wanted)
            .enumerate()
            .filter(|(_, (_, wanted))| *wanted)
        {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let compiled = pattern
                .compiled
                .get_or_init(|| Compiled::new(&pattern.source));
            if let Some(compiled) = compiled {
                compiled.find(text, &mut |start, end| {
                    found(at, plain.original(start), plain.original(end));
                });
            }
        }
    }
}

/// The [`Literals`] of `hir`; `None` if there is no useful set.
fn required(hir: &Hir) -> Option<Literals> {
    let best = match hir.kind() {
        HirKind::Literal(literal) => lower(&literal.0),
        HirKind::Capture(capture) => return required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => return required(&repetition.sub),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(required(branch)?);
            }
            all
        }
        HirKind::Concat(parts) => {
            let mut best: Option<Vec<String>> = None;
            let mut consider = |candidate: Option<Vec<String>>| {
                if let Some(candidate) = candidate
                    && worth(&candidate) > best.as_deref().map_or(0, worth)
                {
                    best = Some(candidate);
                }
            };
            let mut run = Vec::new();
            for part in parts {
                if exact(part, &mut run) {
                    continue;
                }
                consider(Some(lower(&run)));
                run.clear();
                consider(required(part));
            }
            consider(Some(lower(&run)));
            best?
        }
        HirKind::Class(Class::Bytes(class)) => signs(class)?,
        _ => return None,
    };
    (worth(&best) > 0 && best.len() <= MOST_LITERALS).then_some(best)
}

/// How good a filter literals make: their shortest length. One letter is in every draft and no
/// filter; a digit or a quotation mark is one.
fn worth(literals: &[String]) -> usize {
    let common = |literal: &String| {
        literal
            .bytes()
            .all(|b| b.is_ascii_alphabetic() || b == b' ')
    };
    literals
        .iter()
        .map(|literal| {
            if literal.len() == 1 && common(literal) {
                0
            } else {
                literal.len()
            }
        })
        .min()
        .unwrap_or(0)
}

/// The members of a small class that holds no letter: digits, quotation marks.
fn signs(class: &regex_syntax::hir::ClassBytes) -> Option<Vec<String>> {
    let members: Vec<u8> = class
        .iter()
        .flat_map(|range| range.start()..=range.end())
        .take(17)
        .collect();
    let rare = members.len() <= 16
        && members.iter().all(|byte| {
            byte.is_ascii() && !byte.is_ascii_alphabetic() && !byte.is_ascii_whitespace()
        });
    rare.then(|| {
        members
            .into_iter()
            .map(|byte| char::from(byte).to_string())
            .collect()
    })
}

/// A literal in lower case, unless it is empty.
fn lower(literal: &[u8]) -> Vec<String> {
    match std::str::from_utf8(literal) {
        Ok(text) if !text.is_empty() => vec![text.to_ascii_lowercase()],
        _ => Vec::new(),
    }
}

/// Adds what `hir` matches if it matches one text only, but for case.
fn exact(hir: &Hir, run: &mut Vec<u8>) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => {
            run.extend_from_slice(&literal.0);
            true
        }
        HirKind::Class(Class::Bytes(class)) => {
            let mut members = class.iter().flat_map(|range| range.start()..=range.end());
            let Some(first) = members.next().map(|byte| byte.to_ascii_lowercase()) else {
                return false;
            };
            let same = members.all(|byte| byte.to_ascii_lowercase() == first);
            if same {
                run.push(first);
            }
            same
        }
        HirKind::Capture(capture) => exact(&capture.sub, run),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(patterns: &[&str], text: &str) -> Vec<String> {
        let patterns = Patterns::new(
            patterns.iter().map(|&pattern| pattern.to_owned()).collect(),
            &KnownPatterns::new(),
        );
        let mut found = Vec::new();
        patterns.find(text, &mut |at, start, end| {
            found.push(format!("{at}:{}", &text[start..end]))
        });
        found
    }

    #[test]
    fn patterns_are_found_with_and_without_literals() {
        for (pattern, text, found) in [
            (r"ghp_[a-z]{4}", "a ghp_abcd", Some("0:ghp_abcd")),
            (
                r"(?i)\bour client (?P<mark>[A-Z]\w+)",
                "Our Client Faro",
                Some("0:Faro"),
            ),
            (r"(?i)(?:kick|task) ?off", "Kickoff", Some("0:Kickoff")),
            (r"\d{4}", "in 2026", Some("0:2026")),
            (r"(?i)información\b", "¡INFORMACIÓN!", Some("0:INFORMACIÓN")),
            (r"(?i)\búltimo", "el ultimo", Some("0:ultimo")),
            (r"\d+ ?€", "son 5 €", Some("0:5 €")),
            (r"(?:abc|de)+x?", "dede", Some("0:dede")),
            (r"(?:abc)?zz", "yzz", Some("0:zz")),
            (r"abc", "ab", None),
        ] {
            assert_eq!(
                find(&[pattern], text),
                found.into_iter().collect::<Vec<_>>(),
                "{pattern}"
            );
        }
    }

    #[test]
    fn literals_are_what_every_match_holds() {
        for (pattern, literals) in [
            (r"(?i)abc\d", Some("abc")),
            (r"\d+ (?:foo|barn)", Some("foo barn")),
            (r"[ab]c?", None),
            (r"['’;].+", Some("' ;")),
            (r"(?i)\bx\d", Some("0 1 2 3 4 5 6 7 8 9")),
            (r"(?:foo|\w)", None),
        ] {
            let required = required(&parse(&mapped(pattern)).unwrap()).map(|all| all.join(" "));
            assert_eq!(required.as_deref(), literals, "{pattern}");
        }
    }

    #[test]
    fn bombs_and_mistakes_are_refused() {
        for pattern in [
            r"(?:a{1000}){1000}",
            r"(?=a)",
            r"(a",
            r"a*",
            r"(a)\1",
            r"\p{Greek}",
            "⭐",
        ] {
            assert!(check(pattern).is_err(), "{pattern}");
        }
        assert!(check(&"(".repeat(5000)).is_err());
        for pattern in [r"(?i)\bkey\s?=\s?[a-z0-9]{20,40}", r"\w{2,20}\s\w+"] {
            assert!(check(pattern).is_ok(), "{pattern}");
            assert!(Compiled::new(&mapped(pattern)).is_some(), "{pattern}");
        }
    }
}
