//! What is wrong with a guide, with the place and what to write instead.
//!
//! Guides are untrusted: a policy may deliver anything. Everything here is linear in the guide's
//! size, and everything that could make a check slow or large is bounded.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::data::{
    Bilingual, COMPANY_LISTS, Entry, Example, FORMAT, FixData, GuideData, HashedList, List,
    Matcher, Protected, Rule, VERSION, When, Within,
};
use super::{GuideError, Step};
#[cfg(feature = "authoring")]
use crate::Timestamp;
use crate::find::hashed::{MOST_WORDS as MOST_HASHED_WORDS, from_hex};
use crate::find::patterns::{self, KnownPatterns, Literals, PatternError};
use crate::find::shapes::Shape;
use crate::find::{spellings, terms};
use crate::time::Days;

/// The most entries in all lists together.
pub const MOST_ENTRIES: usize = 300_000;
/// The most hashes of a hashed list: one for each spelling of an entry.
const MOST_HASHES: usize = 2 * MOST_ENTRIES;
/// The most rules.
pub const MOST_RULES: usize = 2_000;
/// The longest entry or term, in bytes.
pub const LONGEST_TERM: usize = 200;
/// The most prose, in bytes, both languages together.
pub const MOST_PROSE: usize = 2 * 1024 * 1024;
/// The deepest nesting of `any` and `all`.
const DEEPEST: usize = 4;
/// The most matchers in one guide.
const MOST_MATCHERS: usize = 20_000;
/// After this many errors the rest is not told: nobody reads more.
const MOST_ERRORS: usize = 200;

/// Everything that is wrong with a guide; and of its patterns, what finding them needs to know.
pub(super) fn validate(data: &GuideData) -> (Vec<GuideError>, KnownPatterns) {
    let mut check = Validation::new(data);
    check.all();
    let known = check.patterns.into_iter();
    let known = known.filter_map(|(pattern, checked)| Some((pattern.to_owned(), checked.ok()?)));
    (check.errors, known.collect())
}

/// What is wrong with one entry of a list.
pub(crate) fn objection(data: &GuideData, entry: &str) -> Option<GuideError> {
    let mut check = Validation::new(data);
    check.term(entry);
    check.errors.pop()
}

/// What is wrong with a hashed list.
pub(crate) fn objections(data: &GuideData, list: &HashedList) -> Vec<GuideError> {
    let mut check = Validation::new(data);
    check.hashed(list);
    check.errors
}

struct Validation<'a> {
    data: &'a GuideData,
    errors: Vec<GuideError>,
    path: Vec<Step>,
    /// Patterns already checked: rules share them.
    patterns: HashMap<&'a str, Result<Option<Literals>, PatternError>>,
    matchers: usize,
}

impl<'a> Validation<'a> {
    fn new(data: &'a GuideData) -> Self {
        Self {
            data,
            errors: Vec::new(),
            path: Vec::new(),
            patterns: HashMap::new(),
            matchers: 0,
        }
    }

    fn all(&mut self) {
        let data = self.data;
        if data.format != FORMAT || data.version != VERSION {
            self.error(
                format!(
                    "this is `{}` version {}, not `{FORMAT}` version {VERSION}",
                    data.format, data.version
                ),
                "Write the bundle anew with this version's `tacto build`.",
            );
            return;
        }
        self.at("company", Self::company);
        self.at("sections", Self::sections);
        self.at("lists", |this| this.lists(&data.lists));
        self.at("hashed", |this| {
            for (name, list) in &data.hashed {
                this.at(name.as_str(), |this| this.hashed(list));
            }
        });
        self.at("rules", Self::rules);
        self.at("protected", |this| {
            for (at, protected) in data.protected.iter().enumerate() {
                this.at(at, |this| this.protected(protected));
            }
        });
    }

    fn at(&mut self, step: impl Into<Step>, inside: impl FnOnce(&mut Self)) {
        self.path.push(step.into());
        inside(self);
        self.path.pop();
    }

    fn error(&mut self, message: impl Into<String>, remedy: impl Into<String>) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(GuideError {
                path: self.path.clone(),
                message: message.into(),
                remedy: remedy.into(),
            });
        }
    }

    fn company(&mut self) {
        let company = &self.data.company;
        if company.name.trim().is_empty() {
            self.at("name", |this| {
                this.error("the company has no name", "Write its name.")
            });
        }
        self.at("contact", |this| {
            this.both(
                &company.contact,
                |text| !text.trim().is_empty(),
                "whom to ask is not said",
            );
        });
        if let Some(day) = &company.valid_until {
            self.at("valid_until", |this| this.day(day));
        }
        self.at("quiet_periods", |this| {
            for (at, period) in company.quiet_periods.iter().enumerate() {
                this.at(at, |this| {
                    if Days::new(Some(&period.from), Some(&period.until)).is_none() {
                        this.error(
                            format!("`{}` to `{}` is not a period", period.from, period.until),
                            "Write two days as YYYY-MM-DD, the first one first.",
                        );
                    }
                });
            }
        });
    }

    fn both(&mut self, texts: &Bilingual<String>, good: impl Fn(&str) -> bool, message: &str) {
        for (language, text) in [("es", &texts.es), ("en", &texts.en)] {
            if !good(text) {
                self.at(language, |this| {
                    this.error(message, "Write it in Spanish (es) and English (en).");
                });
            }
        }
    }

    fn day(&mut self, day: &str) {
        if crate::time::parse_day(day).is_none() {
            self.error(
                format!("`{day}` is not a day"),
                "Write it as YYYY-MM-DD, such as 2026-11-23.",
            );
        }
    }

    fn sections(&mut self) {
        let mut seen = HashSet::new();
        let mut prose = 0;
        for (at, section) in self.data.sections.iter().enumerate() {
            self.at(at, |this| {
                if !is_id(&section.id) {
                    this.at("id", |this| this.bad_id(&section.id));
                }
                if !seen.insert(section.id.as_str()) {
                    this.at("id", |this| {
                        this.error(
                            format!("there is a section `{}` already", section.id),
                            "Give each section an id of its own.",
                        );
                    });
                }
                for (key, texts) in [("title", &section.title), ("quote", &section.quote)] {
                    this.at(key, |this| {
                        this.both(
                            texts,
                            |text| !text.trim().is_empty(),
                            "the section has no text here",
                        );
                    });
                }
                prose += section.body.es.len() + section.body.en.len();
            });
        }
        if prose > MOST_PROSE {
            self.error(
                format!("the prose has {prose} bytes, more than {MOST_PROSE}"),
                "Shorten it, and link to the long version.",
            );
        }
    }

    fn bad_id(&mut self, id: &str) {
        self.error(
            format!("`{id}` is not an id"),
            "Use lower-case letters, digits and hyphens, such as `client-named`.",
        );
    }

    fn lists(&mut self, lists: &'a BTreeMap<String, List>) {
        let total: usize = lists.values().map(|list| list.entries.len()).sum();
        if total > MOST_ENTRIES {
            self.error(
                format!("the lists have {total} entries together, more than {MOST_ENTRIES}"),
                "Shorten them.",
            );
            return;
        }
        for (name, list) in lists {
            self.at(name.as_str(), |this| {
                if !is_id(name) {
                    this.bad_id(name);
                }
                this.at("include", |this| {
                    for (at, other) in list.include.iter().enumerate() {
                        if !this.has_list(other) {
                            this.at(at, |this| this.unknown_list(other));
                        }
                    }
                });
                this.at("entries", |this| {
                    for (at, entry) in list.entries.iter().enumerate() {
                        this.at(at, |this| this.entry(entry));
                    }
                });
            });
        }
    }

    fn entry(&mut self, entry: &Entry) {
        match entry {
            Entry::Plain(name) => self.term(name),
            Entry::Detailed(entry) => {
                self.at("name", |this| this.term(&entry.name));
                self.at("short", |this| {
                    for (at, short) in entry.short.iter().enumerate() {
                        this.at(at, |this| this.term(short));
                    }
                });
                if let Some(day) = &entry.public_from {
                    self.at("public_from", |this| this.day(day));
                }
            }
        }
    }

    fn term(&mut self, term: &str) {
        if term.len() > LONGEST_TERM {
            self.error(
                format!(
                    "this term has {} bytes, more than {LONGEST_TERM}",
                    term.len()
                ),
                "Use the words that matter.",
            );
            return;
        }
        // Most terms are plain words, which cannot be wrong; only the others are cut to see.
        let plain = term.len() <= 60
            && term.bytes().any(|byte| byte.is_ascii_alphanumeric())
            && !term.contains('*')
            && term
                .bytes()
                .filter(|byte| !byte.is_ascii_alphanumeric())
                .count()
                < terms::MOST_WORDS;
        if plain {
            return;
        }
        let words = spellings::Split::new(term);
        if words.is_empty() {
            self.error(
                format!("`{term}` holds no letter and no digit"),
                "Write a word, or use a pattern.",
            );
        } else if words.len() > terms::MOST_WORDS {
            self.error(
                format!(
                    "this term has {} words, more than {}",
                    words.len(),
                    terms::MOST_WORDS
                ),
                "Use the words that matter, or `all` with `within`.",
            );
        } else if words
            .iter()
            .any(|word| word.len() < 3 && word.ends_with('*'))
        {
            self.error(
                format!("`{term}` would fit too many words"),
                "Write at least two letters before `*`.",
            );
        }
    }

    fn hashed(&mut self, list: &HashedList) {
        let key = from_hex(&list.key).map(|key| key.len());
        if !key.is_some_and(|length| (16..=64).contains(&length)) {
            self.at("key", |this| {
                this.error(
                    "the key is not 16 to 64 bytes in hexadecimal",
                    "Make it with `tacto hash`.",
                );
            });
        }
        if !(1..=MOST_HASHED_WORDS).contains(&list.words) {
            self.at("words", |this| {
                this.error("`words` is not 1 to 5", "Make the list with `tacto hash`.");
            });
        }
        if list.hashes.len() > MOST_HASHES {
            self.error(
                format!("the list has more than {MOST_HASHES} hashes"),
                "Shorten it.",
            );
            return;
        }
        for (at, hash) in list.hashes.iter().enumerate() {
            if hash.len() != 16 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                self.at("hashes", |this| {
                    this.at(at, |this| {
                        this.error(
                            "this is not 16 hexadecimal digits",
                            "Make the list with `tacto hash`.",
                        );
                    });
                });
            }
        }
    }

    fn rules(&mut self) {
        let rules = &self.data.rules;
        if rules.len() > MOST_RULES {
            self.error(
                format!("there are {} rules, more than {MOST_RULES}", rules.len()),
                "Join rules that say the same.",
            );
            return;
        }
        let mut seen = HashSet::new();
        for (at, rule) in rules.iter().enumerate() {
            self.at(at, |this| {
                if !seen.insert(rule.id.as_str()) {
                    this.at("id", |this| {
                        this.error(
                            format!("there is a rule `{}` already", rule.id),
                            "Give each rule an id of its own.",
                        );
                    });
                }
                this.rule(rule);
            });
        }
    }

    fn rule(&mut self, rule: &'a Rule) {
        if !is_id(&rule.id) {
            self.at("id", |this| this.bad_id(&rule.id));
        }
        if !self
            .data
            .sections
            .iter()
            .any(|section| section.id == rule.section)
        {
            self.at("section", |this| {
                let known: Vec<_> = this
                    .data
                    .sections
                    .iter()
                    .map(|section| section.id.as_str())
                    .collect();
                this.error(
                    format!("the guide has no section `{}`", rule.section),
                    format!("Use one of: {}.", known.join(", ")),
                );
            });
        }
        if rule.find.is_empty() {
            self.at("find", |this| {
                this.error(
                    "the rule finds nothing",
                    "Say what is marked, such as {list = \"clients\"}.",
                );
            });
        }
        self.at("find", |this| {
            for (at, matcher) in rule.find.iter().enumerate() {
                this.at(at, |this| this.matcher(matcher, Position::Find, 0));
            }
        });
        self.evidence(&rule.near, &rule.unless);
        self.at("missing", |this| {
            for (at, matcher) in rule.missing.iter().enumerate() {
                this.at(at, |this| this.matcher(matcher, Position::Missing, 0));
            }
        });
        self.at("when", |this| this.when(&rule.when));
        if rule.count == 0 {
            self.at("count", |this| {
                this.error("nothing is counted", "Write 1 or more.")
            });
        }
        self.at("raise", |this| {
            for (at, raise) in rule.raise.iter().enumerate() {
                this.at(at, |this| {
                    if raise.count.is_none()
                        && raise.near.is_empty()
                        && raise.unless.is_empty()
                        && raise.when == When::default()
                    {
                        this.error(
                            "this would always hold",
                            "Give it a `count`, `near`, `unless` or `when`, or change `severity`.",
                        );
                    }
                    this.evidence(&raise.near, &raise.unless);
                    this.at("when", |this| this.when(&raise.when));
                });
            }
        });
        self.at("say", |this| {
            for (language, say) in [("es", &rule.say.es), ("en", &rule.say.en)] {
                if say.title.trim().is_empty() || say.message.trim().is_empty() {
                    this.at(language, |this| {
                        this.error(
                            "the title or the message is empty",
                            "Say what was found, and what to do.",
                        );
                    });
                }
            }
        });
        if let Some(fix) = &rule.fix {
            self.at("fix", |this| this.fix(fix));
        }
        self.examples("hits", &rule.hits, "a sentence that must fire");
        self.examples("misses", &rule.misses, "a sentence that must stay silent");
    }

    fn evidence(&mut self, near: &'a [Matcher], unless: &'a [Matcher]) {
        for (key, matchers) in [("near", near), ("unless", unless)] {
            self.at(key, |this| {
                for (at, matcher) in matchers.iter().enumerate() {
                    this.at(at, |this| this.matcher(matcher, Position::Evidence, 0));
                }
            });
        }
    }

    fn fix(&mut self, fix: &FixData) {
        let given = usize::from(fix.replace.is_some())
            + usize::from(fix.insert.is_some())
            + usize::from(fix.audience.is_some());
        if given != 1 {
            self.error(
                format!("{given} of `replace`, `insert` and `audience` are given"),
                "Give exactly one.",
            );
        }
    }

    fn examples(&mut self, key: &str, examples: &Bilingual<Vec<Example>>, what: &str) {
        self.at(key, |this| {
            for (language, examples) in [("es", &examples.es), ("en", &examples.en)] {
                this.at(language, |this| {
                    if examples.is_empty() {
                        this.error(
                            format!("`{key}` has no example in this language"),
                            format!("Add {what}."),
                        );
                    }
                    for (at, example) in examples.iter().enumerate() {
                        this.at(at, |this| this.example(example));
                    }
                });
            }
        });
    }

    /// Only where examples are read at all.
    #[cfg(not(feature = "authoring"))]
    fn example(&mut self, _: &Example) {}

    #[cfg(feature = "authoring")]
    fn example(&mut self, example: &Example) {
        let text = match example {
            Example::Plain(text) => text,
            Example::InContext(example) => {
                if let Some(at) = &example.at
                    && at != Example::QUIET
                    && Timestamp::parse(at).is_none()
                {
                    self.at("at", |this| {
                        this.error(
                            format!("`{at}` is not a time"),
                            "Write RFC 3339 (2026-11-23T09:30:00Z), a day (2026-11-23), or `quiet` for \
                             a day of a quiet period.",
                        );
                    });
                }
                if let Some(mark) = &example.mark
                    && !example.text.contains(mark)
                {
                    self.at("mark", |this| {
                        this.error(
                            "the sentence does not hold this",
                            "Copy it from the sentence.",
                        );
                    });
                }
                &example.text
            }
        };
        if text.trim().is_empty() {
            self.error("the example is empty", "Write a sentence.");
        }
    }

    fn when(&mut self, when: &When) {
        for (key, empty) in [
            (
                "platform",
                when.platform.as_ref().is_some_and(Vec::is_empty),
            ),
            ("surface", when.surface.as_ref().is_some_and(Vec::is_empty)),
            (
                "audience",
                when.audience.as_ref().is_some_and(Vec::is_empty),
            ),
            ("author", when.author.as_ref().is_some_and(Vec::is_empty)),
        ] {
            if empty {
                self.at(key, |this| {
                    this.error("this can never hold", "Name one or more, or leave it out.")
                });
            }
        }
        if Days::new(when.from.as_deref(), when.until.as_deref()).is_none() {
            self.error(
                "`from` and `until` are not a period",
                "Write days as YYYY-MM-DD, the first one first.",
            );
        }
    }

    fn protected(&mut self, protected: &'a Protected) {
        if !is_id(&protected.id) {
            self.at("id", |this| this.bad_id(&protected.id));
        }
        self.at("find", |this| {
            if protected.find.is_empty() {
                this.error("nothing is protected", "Say what makes speech free here.");
            }
            for (at, matcher) in protected.find.iter().enumerate() {
                this.at(at, |this| this.matcher(matcher, Position::Find, 0));
            }
        });
        self.evidence(&protected.near, &protected.unless);
        for (key, examples) in [("hits", &protected.hits), ("misses", &protected.misses)] {
            if let Some(examples) = examples {
                self.examples(key, examples, "a sentence");
            }
        }
    }

    fn matcher(&mut self, matcher: &'a Matcher, position: Position, depth: usize) {
        self.matchers += 1;
        if depth > DEEPEST || self.matchers > MOST_MATCHERS {
            self.error(
                "there are too many matchers, or they are nested too deeply",
                "Use a list instead of `any`, or split the rule.",
            );
            return;
        }
        let given = [
            ("terms", matcher.terms.is_some()),
            ("list", matcher.list.is_some()),
            ("hashed", matcher.hashed.is_some()),
            ("pattern", matcher.pattern.is_some()),
            (
                "shape",
                matcher.shape.is_some() && matcher.pattern.is_none(),
            ),
            ("tone", matcher.tone.is_some()),
            ("about", matcher.about.is_some()),
            ("any", matcher.any.is_some()),
            ("all", matcher.all.is_some()),
        ];
        let names: Vec<_> = given
            .iter()
            .filter(|(_, given)| *given)
            .map(|(name, _)| *name)
            .collect();
        if names.len() != 1 {
            self.error(
                if names.is_empty() {
                    "this looks for nothing".to_owned()
                } else {
                    format!(
                        "this looks for several things at once: {}",
                        names.join(", ")
                    )
                },
                "Give exactly one of terms, list, hashed, pattern, shape, tone, about, any, all; \
                 join several with `any` or `all`.",
            );
            return;
        }
        if position != Position::Evidence
            && (matcher.within.is_some() && matcher.all.is_none() || matcher.side.is_some())
        {
            self.error(
                "`within` and `side` mean nothing here",
                "Use them in `near`, `unless`, and in the parts of `all`.",
            );
        }
        if let Some(Within::Words(most)) = matcher.within
            && most > 200
        {
            self.at("within", |this| {
                this.error("this is too far", "Use \"sentence\" or \"draft\".")
            });
        }
        if let Some(terms) = &matcher.terms {
            self.at("terms", |this| {
                if terms.is_empty() {
                    this.error("there is no term", "Write one or more.");
                }
                for (at, term) in terms.iter().enumerate() {
                    this.at(at, |this| this.term(term));
                }
            });
        }
        for (key, names) in [("list", &matcher.list), ("hashed", &matcher.hashed)] {
            let Some(names) = names else { continue };
            self.at(key, |this| {
                if names.as_slice().is_empty() {
                    this.error("no list is named", "Name one or more.");
                }
                for name in names.as_slice() {
                    let known = match key {
                        "list" => this.has_list(name),
                        _ => this.data.hashed.contains_key(name),
                    };
                    if !known {
                        this.unknown_list(name);
                    }
                }
            });
        }
        if let Some(pattern) = &matcher.pattern {
            let checked = self
                .patterns
                .entry(pattern)
                .or_insert_with(|| patterns::check(pattern));
            if let Err(PatternError { message, remedy }) = checked.clone() {
                self.at("pattern", |this| this.error(message, remedy));
            }
        }
        if let Some(shape) = &matcher.shape {
            self.at("shape", |this| match Shape::from_name(shape) {
                None => {
                    let known: Vec<_> = Shape::ALL.iter().map(|shape| shape.name()).collect();
                    this.error(
                        format!("there is no shape `{shape}`"),
                        format!("Use one of: {}.", known.join(", ")),
                    );
                }
                Some(Shape::Entropy) if matcher.pattern.is_none() => this.error(
                    "`entropy` only checks what a pattern matched",
                    "Give it a pattern.",
                ),
                Some(_) => {}
            });
        }
        if matcher.tone.is_some() && position == Position::Find {
            self.at("tone", |this| {
                this.error(
                    "tone alone never fires",
                    "Find something else, and ask for the tone in `near`.",
                );
            });
        }
        if matcher.sure.is_some() && matcher.about.is_none() {
            self.at("sure", |this| {
                this.error(
                    "`sure` belongs to `about`",
                    "Say what the draft is about, or leave `sure` out.",
                );
            });
        }
        if let Some(any) = &matcher.any {
            self.at("any", |this| {
                if any.is_empty() {
                    this.error("there is nothing to choose from", "Give one or more.");
                }
                for (at, matcher) in any.iter().enumerate() {
                    this.at(at, |this| this.matcher(matcher, position, depth + 1));
                }
            });
        }
        if let Some(all) = &matcher.all {
            self.at("all", |this| {
                if all.len() < 2 {
                    this.error("`all` joins two or more", "Give at least two.");
                }
                for (at, matcher) in all.iter().enumerate() {
                    // The first is what is marked; the others stand near it.
                    let position = if at == 0 {
                        position
                    } else {
                        Position::Evidence
                    };
                    this.at(at, |this| this.matcher(matcher, position, depth + 1));
                }
            });
        }
    }

    fn has_list(&self, name: &str) -> bool {
        self.data.lists.contains_key(name) || COMPANY_LISTS.contains(&name)
    }

    fn unknown_list(&mut self, name: &str) {
        let mut known: Vec<_> = self.data.lists.keys().map(String::as_str).collect();
        crate::sort::by_key(&mut known, |other| {
            (common_letters(name, other), other.len(), *other)
        });
        known.reverse();
        known.truncate(3);
        let remedy = if known.is_empty() {
            "Define it under [lists].".to_owned()
        } else {
            format!(
                "Define it under [lists.{name}], or use one that is there, such as {}.",
                known.join(", ")
            )
        };
        self.error(format!("there is no list `{name}`"), remedy);
    }
}

/// Where a matcher stands, which decides what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Find,
    Evidence,
    Missing,
}

fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !id.starts_with('-')
        && !id.ends_with('-')
}

fn common_letters(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}
