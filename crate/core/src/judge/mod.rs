//! What was found, judged: evidence, exceptions, place, time, audience, role; then protected
//! speech; then overlaps.
//!
//! [`Judge::new`] turns the guide's rules into nodes over the finder's sources; [`Judge::judge`]
//! goes over a draft's hits. A rule costs nothing in a draft in which none of its `find` was
//! found.

pub(crate) mod evidence;
pub(crate) mod explain;
mod merge;
pub(crate) mod protected;

use std::collections::{BTreeMap, HashSet};

use crate::draft::{Audience, Author, Draft, Language, Platform, Surface};
use crate::find::shapes::Shape;
use crate::find::{Finder, FinderBuilder, Hit, Hits};
use crate::guide::data::{
    About, AtMost, Bilingual, Company, Entry, FixData, List, Matcher, Rule, Say, When,
};
use crate::model::Opinion;
use crate::report::{Finding, Fix, Report, Severity, Topic, Verdict};
use crate::text::fold::fold;
use crate::text::utf16;
use crate::text::words::Words;
use crate::time::Days;
use evidence::{Evidence, NodeId, Nodes};
use explain::{Notes, Outcome};
use protected::Shield;

/// A draft that asks for more findings than this is answered with its most serious ones.
pub(crate) const MOST_FINDINGS: usize = 200;

/// Where a rule applies, ready to compare.
#[derive(Debug, Clone, Default)]
struct Place {
    platform: Option<Vec<Platform>>,
    surface: Option<Vec<Surface>>,
    audience: Option<Vec<Audience>>,
    author: Option<Vec<Author>>,
    days: Days,
    quiet_period: Option<bool>,
    before_public: Option<bool>,
}

impl Place {
    fn new(when: &When) -> Self {
        Self {
            platform: when.platform.clone(),
            surface: when.surface.clone(),
            audience: when.audience.clone(),
            author: when.author.clone(),
            days: Days::new(when.from.as_deref(), when.until.as_deref()).unwrap_or_default(),
            quiet_period: when.quiet_period,
            before_public: when.before_public,
        }
    }

    /// The first condition that does not hold, for a draft as a whole.
    fn refuses(&self, draft: &Draft, quiet: &[Days]) -> Option<&'static str> {
        fn one_of<T: PartialEq>(allowed: Option<&Vec<T>>, actual: Option<T>) -> bool {
            allowed.is_none_or(|allowed| actual.is_some_and(|actual| allowed.contains(&actual)))
        }
        if !one_of(self.platform.as_ref(), draft.platform) {
            return Some("platform");
        }
        if !one_of(
            self.surface.as_ref(),
            Some(draft.surface.unwrap_or(Surface::Post)),
        ) {
            return Some("surface");
        }
        let audience = match draft.audience {
            Audience::Unknown => Audience::Public,
            known => known,
        };
        let listed_as_unknown = self
            .audience
            .as_ref()
            .is_some_and(|allowed| allowed.contains(&draft.audience));
        if !listed_as_unknown && !one_of(self.audience.as_ref(), Some(audience)) {
            return Some("audience");
        }
        if !one_of(self.author.as_ref(), Some(draft.author)) {
            return Some("author");
        }
        if draft.at.is_some_and(|at| !self.days.contains(at)) {
            return Some("date");
        }
        if let Some(wanted) = self.quiet_period {
            let is_quiet = !quiet.is_empty()
                && draft
                    .at
                    .is_none_or(|at| quiet.iter().any(|days| days.contains(at)));
            if wanted != is_quiet {
                return Some("quiet period");
            }
        }
        None
    }

    /// Whether an entry's own date suits.
    fn suits(&self, finder: &Finder, draft: &Draft, hit: &Hit) -> bool {
        self.before_public.is_none_or(|wanted| {
            let public_from = finder.facts(hit).and_then(|facts| facts.public_from);
            let public = public_from.is_some_and(|from| draft.at.is_some_and(|at| at >= from));
            wanted != public
        })
    }
}

/// A circumstance that changes a rule's severity.
#[derive(Debug)]
struct Raised {
    severity: Severity,
    count: usize,
    near: Vec<Evidence>,
    unless: Vec<Evidence>,
    place: Place,
}

/// How much of a finding's text may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mask {
    /// All of it.
    Nothing,
    /// The first and last two characters.
    Middle,
    /// Nothing of it.
    All,
}

/// A rule, ready to judge.
#[derive(Debug)]
struct Judged {
    id: String,
    topic: Topic,
    /// The highest severity that the company allows its topic; nothing where it wants none.
    at_most: Option<Severity>,
    section: String,
    severity: Severity,
    find: Vec<NodeId>,
    near: Vec<Evidence>,
    unless: Vec<Evidence>,
    missing: Vec<NodeId>,
    place: Place,
    count: usize,
    raise: Vec<Raised>,
    say: Bilingual<Say>,
    fix: Option<FixData>,
    silenced_by_protected: bool,
    /// Whether it finds what is told, not what has a name or a form.
    told: bool,
    mask: Mask,
}

/// A hit that a rule has accepted.
#[derive(Debug, Clone)]
pub(crate) struct Accepted {
    /// The rule's number.
    pub rule: usize,
    pub hit: Hit,
    pub severity: Severity,
    why: Vec<String>,
}

/// What a draft is judged by.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub draft: &'a Draft,
    pub finder: &'a Finder,
    pub hits: &'a Hits,
    pub words: &'a Words,
    /// What the model thinks of it.
    pub opinions: &'a [Opinion],
}

impl Case<'_> {
    fn text(&self, hit: &Hit) -> &str {
        self.draft
            .text
            .get(hit.start as usize..hit.end as usize)
            .unwrap_or_default()
    }
}

/// The guide's rules, ready to judge.
#[derive(Debug)]
pub(crate) struct Judge {
    nodes: Nodes,
    rules: Vec<Judged>,
    shields: Vec<Shield>,
    quiet: Vec<Days>,
}

/// A word of the company's own that texts and fixes may hold (`{hashtag}`): its name, and the word
/// where the company has one.
type OwnWord = (&'static str, Option<String>);

/// The words, and the lists of which they are the first entry.
const OWN_WORDS: [(&str, &str); 5] = [
    ("company", "company"),
    ("disclosure", "disclosure-tags"),
    ("hashtag", "official-hashtags"),
    ("link", "official-links"),
    ("spokesperson", "spokespeople"),
];

/// The first entries of the lists; of a person with the role.
fn own_words(lists: &BTreeMap<String, List>) -> Vec<OwnWord> {
    OWN_WORDS
        .into_iter()
        .map(|(word, list)| {
            let first = lists.get(list).and_then(|list| list.entries.first());
            let name = first.map(|entry| match entry {
                Entry::Plain(name) => name.clone(),
                Entry::Detailed(entry) => match &entry.role {
                    Some(role) => format!("{} ({role})", entry.name),
                    None => entry.name.clone(),
                },
            });
            (word, name)
        })
        .collect()
}

/// A text with the company's own words; where it asks for one that is not there, with `instead`, or
/// nothing at all.
fn with_own_words(text: &str, words: &[OwnWord], instead: Option<&str>) -> Option<String> {
    let mut filled = text.to_owned();
    for (name, word) in words {
        let place = format!("{{{name}}}");
        if filled.contains(&place) {
            filled = filled.replace(&place, word.as_deref().or(instead)?);
        }
    }
    Some(filled)
}

impl Judge {
    /// Readies a checked guide's rules and asks the finder for what they need.
    pub(crate) fn new(
        rules: &[Rule],
        guide_protected: &[crate::guide::data::Protected],
        own: &protected::Own,
        company: &Company,
        lists: &BTreeMap<String, List>,
        finder: &mut FinderBuilder<'_>,
    ) -> Self {
        let mut nodes = Nodes::default();
        let shields = own
            .protected
            .iter()
            .map(|entry| (entry, true))
            .chain(guide_protected.iter().map(|entry| (entry, false)))
            .map(|(entry, own)| Shield::new(entry, own, &mut nodes, finder))
            .collect();
        let words = own_words(lists);
        let rules = rules
            .iter()
            .map(|rule| judged(rule, &company.at_most, &words, &mut nodes, finder))
            .collect();
        let quiet = company
            .quiet_periods
            .iter()
            .filter_map(|period| Days::new(Some(&period.from), Some(&period.until)))
            .collect();
        Self {
            nodes,
            rules,
            shields,
            quiet,
        }
    }

    /// A rule's id.
    pub(crate) fn rule_id(&self, rule: usize) -> &str {
        self.rules.get(rule).map_or("", |rule| rule.id.as_str())
    }

    /// The protected speech that a draft holds, by id.
    pub(crate) fn protected(&self, case: Case<'_>) -> Vec<&str> {
        self.shields
            .iter()
            .filter(|shield| shield.holds(&self.nodes, case.hits))
            .map(|shield| shield.id.as_str())
            .collect()
    }

    /// Judges a draft.
    pub(crate) fn judge(&self, case: Case<'_>, trace: &mut Notes) -> Report {
        let mut accepted = Vec::new();
        // Worked out only if a rule that it would silence has fired.
        let mut protected: Option<Option<&str>> = None;
        for at in 0..self.rules.len() {
            self.rule(at, case, &mut protected, &mut accepted, trace);
        }
        let mut lost = |lost: &Accepted, winner: &Accepted| {
            trace.note(lost.rule, Some(&lost.hit), || {
                Outcome::Outweighed(self.rule_id(winner.rule).to_owned())
            });
        };
        let exact_first = merge::exact_before_told(
            accepted,
            |one| self.rules.get(one.rule).is_some_and(|rule| rule.told),
            |one, other| {
                let topic = |one: &Accepted| self.rules.get(one.rule).map(|rule| rule.topic);
                topic(one) == topic(other)
            },
            &mut lost,
        );
        let kept = merge::strongest(exact_first, &mut lost);
        for accepted in &kept {
            trace.note(accepted.rule, Some(&accepted.hit), || {
                Outcome::Reported(accepted.severity)
            });
        }
        let findings = self.findings(case, &kept);
        let verdict = findings
            .iter()
            .map(|finding| Verdict::from(finding.severity))
            .max()
            .unwrap_or(Verdict::Clear);
        Report { verdict, findings }
    }

    /// What one rule alone finds, before other rules outweigh it.
    pub(crate) fn judge_rule(&self, rule: usize, case: Case<'_>) -> Vec<Finding> {
        let mut accepted = Vec::new();
        self.rule(rule, case, &mut None, &mut accepted, &mut Notes::default());
        self.findings(case, &merge::strongest(accepted, &mut |_, _| {}))
    }

    fn rule<'a>(
        &'a self,
        at: usize,
        case: Case<'_>,
        protected: &mut Option<Option<&'a str>>,
        accepted: &mut Vec<Accepted>,
        trace: &mut Notes,
    ) {
        let Some(rule) = self.rules.get(at) else {
            return;
        };
        let mut candidates = Vec::new();
        for &node in &rule.find {
            self.nodes.collect(node, case.hits, &mut candidates);
        }
        if candidates.is_empty() {
            return;
        }
        crate::sort::by_key(&mut candidates, |hit: &Hit| {
            (hit.start, std::cmp::Reverse(hit.end))
        });
        candidates.dedup_by_key(|hit| (hit.start, hit.end));

        let Some(at_most) = rule.at_most else {
            trace.note(at, candidates.first(), || {
                Outcome::NotHere("at_most".to_owned())
            });
            return;
        };
        if let Some(condition) = rule.place.refuses(case.draft, &self.quiet) {
            trace.note(at, candidates.first(), || {
                Outcome::NotHere(condition.to_owned())
            });
            return;
        }
        if let Some(there) = rule
            .missing
            .iter()
            .find_map(|&node| self.nodes.first(node, case.hits))
        {
            trace.note(at, candidates.first(), || {
                Outcome::NotMissing(case.text(&there).to_owned())
            });
            return;
        }
        let mut fired: Vec<(Hit, Vec<Hit>)> = Vec::new();
        'candidates: for hit in candidates {
            if !rule.place.suits(case.finder, case.draft, &hit) {
                trace.note(at, Some(&hit), || {
                    Outcome::NotHere("public date".to_owned())
                });
                continue;
            }
            let mut support = Vec::new();
            for (number, evidence) in rule.near.iter().enumerate() {
                match self.nodes.near(evidence, &hit, case.hits) {
                    Some(found) => support.push(found),
                    None => {
                        trace.note(at, Some(&hit), || Outcome::NoEvidence(number));
                        continue 'candidates;
                    }
                }
            }
            if let Some(exception) = self.nodes.exception(&rule.unless, &hit, case.hits) {
                trace.note(at, Some(&hit), || {
                    Outcome::Excepted(case.text(&exception).to_owned())
                });
                continue;
            }
            fired.push((hit, support));
        }
        if fired.is_empty() {
            return;
        }
        let most = rule
            .raise
            .iter()
            .map(|raise| raise.count)
            .max()
            .unwrap_or(0)
            .max(rule.count);
        let different = if most > 1 {
            fired
                .iter()
                .map(|(hit, _)| fold(case.text(hit)))
                .collect::<HashSet<_>>()
                .len()
        } else {
            1
        };
        if different < rule.count {
            trace.note(at, fired.first().map(|(hit, _)| hit), || {
                Outcome::TooFew(different)
            });
            return;
        }
        let mut ceiling = at_most;
        if rule.silenced_by_protected || rule.topic == Topic::QuietPeriod {
            let shield = protected.get_or_insert_with(|| {
                self.shields
                    .iter()
                    .find(|shield| shield.holds(&self.nodes, case.hits))
                    .map(|shield| shield.id.as_str())
            });
            if let Some(id) = shield {
                if rule.silenced_by_protected {
                    for (hit, _) in &fired {
                        trace.note(at, Some(hit), || Outcome::Silenced((*id).to_owned()));
                    }
                    return;
                }
                // Figures of the company stay worth a look, but never hold protected speech back
                // (facts/guides-and-law.md, B, decision 3).
                ceiling = ceiling.min(Severity::Note);
            }
        }
        if !rule.missing.is_empty() {
            // What is missing is missing once, however often the product is named.
            fired.truncate(1);
        }
        for (hit, support) in fired {
            let severity = self.severity(rule, case, &hit, different).min(ceiling);
            let why = why(rule, case, &hit, &support);
            accepted.push(Accepted {
                rule: at,
                hit,
                severity,
                why,
            });
        }
    }

    fn severity(&self, rule: &Judged, case: Case<'_>, hit: &Hit, different: usize) -> Severity {
        rule.raise
            .iter()
            .rev()
            .find(|raise| {
                different >= raise.count
                    && raise.place.refuses(case.draft, &self.quiet).is_none()
                    && raise.place.suits(case.finder, case.draft, hit)
                    && raise
                        .near
                        .iter()
                        .all(|evidence| self.nodes.near(evidence, hit, case.hits).is_some())
                    && self
                        .nodes
                        .exception(&raise.unless, hit, case.hits)
                        .is_none()
            })
            .map_or(rule.severity, |raise| raise.severity)
    }

    fn findings(&self, case: Case<'_>, kept: &[Accepted]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = kept
            .iter()
            .filter_map(|accepted| {
                let rule = self.rules.get(accepted.rule)?;
                Some(finding(rule, case, accepted))
            })
            .collect();
        let mut offsets: Vec<(usize, &mut u32)> = Vec::with_capacity(findings.len() * 2);
        for (finding, accepted) in findings.iter_mut().zip(kept) {
            offsets.push((accepted.hit.start as usize, &mut finding.start));
            offsets.push((accepted.hit.end as usize, &mut finding.end));
        }
        utf16::from_bytes(&case.draft.text, &mut offsets);
        findings
    }
}

fn judged(
    rule: &Rule,
    at_most: &BTreeMap<Topic, AtMost>,
    words: &[OwnWord],
    nodes: &mut Nodes,
    finder: &mut FinderBuilder<'_>,
) -> Judged {
    let mut node = |matcher: &Matcher| nodes.add(matcher, false, finder);
    let find = rule.find.iter().map(&mut node).collect();
    let missing = rule.missing.iter().map(&mut node).collect();
    let mut evidence = |matchers: &[Matcher]| -> Vec<Evidence> {
        matchers
            .iter()
            .map(|matcher| nodes.evidence(matcher, false, finder))
            .collect()
    };
    let (near, unless) = (evidence(&rule.near), evidence(&rule.unless));
    let raise = rule
        .raise
        .iter()
        .map(|raise| Raised {
            severity: raise.severity,
            count: usize::from(raise.count.unwrap_or(1)),
            near: evidence(&raise.near),
            unless: evidence(&raise.unless),
            place: Place::new(&raise.when),
        })
        .collect();
    let told = rule.find.iter().any(is_told);
    Judged {
        id: rule.id.clone(),
        topic: rule.topic,
        at_most: at_most
            .get(&rule.topic)
            .map_or(Some(Severity::Stop), |most| most.severity()),
        section: rule.section.clone(),
        severity: rule.severity,
        find,
        near,
        unless,
        missing,
        place: Place::new(&rule.when),
        count: usize::from(rule.count),
        raise,
        say: Bilingual {
            es: own_say(&rule.say.es, words),
            en: own_say(&rule.say.en, words),
        },
        fix: rule.fix.as_ref().and_then(|fix| own_fix(fix, words)),
        silenced_by_protected: rule
            .silenced_by_protected
            .unwrap_or_else(|| protected::silences(rule.topic) || told),
        told,
        mask: match rule.topic {
            Topic::Credential => Mask::All,
            Topic::PersonalData => Mask::Middle,
            _ => Mask::Nothing,
        },
    }
}

/// What a rule says, in the company's own words. A word that is not there is left out.
fn own_say(say: &Say, words: &[OwnWord]) -> Say {
    let own = |text: &String| {
        let filled = with_own_words(text, words, Some("")).unwrap_or_default();
        // "Ask: " where there is nobody to ask.
        filled.trim_end_matches([' ', ':']).to_owned()
    };
    Say {
        title: own(&say.title),
        message: own(&say.message),
    }
}

/// What a rule offers, in the company's own words; nothing where one of them is not there.
fn own_fix(fix: &FixData, words: &[OwnWord]) -> Option<FixData> {
    let own = |both: &Bilingual<String>| {
        Some(Bilingual {
            es: with_own_words(&both.es, words, None)?,
            en: with_own_words(&both.en, words, None)?,
        })
    };
    Some(FixData {
        replace: match &fix.replace {
            Some(both) => Some(own(both)?),
            None => None,
        },
        insert: match &fix.insert {
            Some(both) => Some(own(both)?),
            None => None,
        },
        audience: fix.audience,
    })
}

/// Whether a matcher finds what is told, not what has a name or a form.
fn is_told(matcher: &Matcher) -> bool {
    matcher.about.is_some()
        || matcher.any.iter().flatten().any(is_told)
        || matcher.all.iter().flatten().any(is_told)
}

fn finding(rule: &Judged, case: Case<'_>, accepted: &Accepted) -> Finding {
    let text = masked(case.text(&accepted.hit), rule.mask);
    let facts = case.finder.facts(&accepted.hit);
    let right = facts
        .and_then(|facts| facts.right.as_deref())
        .unwrap_or_default();
    let say = match case.draft.ui {
        Language::Es => &rule.say.es,
        Language::En => &rule.say.en,
    };
    let fill = |template: &str| template.replace("{right}", right).replace("{text}", &text);
    let fix = rule.fix.as_ref().and_then(|fix| {
        let choose = |both: &Bilingual<String>| match case.draft.ui {
            Language::Es => both.es.clone(),
            Language::En => both.en.clone(),
        };
        if let Some(replace) = &fix.replace {
            let value = choose(replace);
            // Nothing to put in: an entry without a right name has no replacement.
            (!value.contains("{right}") || !right.is_empty())
                .then(|| Fix::Replace(value.replace("{right}", right)))
        } else if let Some(insert) = &fix.insert {
            Some(Fix::Insert(choose(insert)))
        } else {
            fix.audience.map(Fix::Audience)
        }
    });
    Finding {
        rule: rule.id.clone(),
        topic: rule.topic,
        section: rule.section.clone(),
        severity: accepted.severity,
        start: 0,
        end: 0,
        title: fill(&say.title),
        message: fill(&say.message),
        text,
        fix,
        why: accepted.why.clone(),
        verified: case
            .finder
            .shape(accepted.hit.source)
            .is_some_and(|shape| proves_itself(rule.topic, shape)),
    }
}

/// Whether a shape leaves no doubt about what it found. A telephone number or an address has no
/// check digits; a company's number is nobody's personal data.
fn proves_itself(topic: Topic, shape: Shape) -> bool {
    match topic {
        Topic::Credential => shape == Shape::Credential,
        Topic::PersonalData => matches!(
            shape,
            Shape::Iban | Shape::Card | Shape::Dni | Shape::NationalId
        ),
        _ => false,
    }
}

fn why(rule: &Judged, case: Case<'_>, hit: &Hit, support: &[Hit]) -> Vec<String> {
    let mut why = vec![match (rule.mask, case.finder.about(hit.source)) {
        (Mask::Nothing, Some(about)) => learnt(about, case),
        (Mask::Nothing, None) => {
            format!("{}: {}", case.finder.label(hit.source), case.text(hit))
        }
        _ => case.finder.label(hit.source).to_owned(),
    }];
    for found in support {
        let label = case.finder.label(found.source);
        // Beside what is masked, a shape may be a second half of the same secret.
        if rule.mask == Mask::Nothing || Shape::from_name(label).is_none() && label != "pattern" {
            why.push(format!("{label}: {}", case.text(found)));
        } else {
            why.push(label.to_owned());
        }
    }
    for condition in [
        (!rule.missing.is_empty()).then_some("missing"),
        (rule.place.quiet_period == Some(true)).then_some("quiet period"),
        (rule.place.before_public == Some(true)).then_some("not public yet"),
        (rule.place.audience.is_some()).then_some("audience"),
    ]
    .into_iter()
    .flatten()
    {
        why.push(condition.to_owned());
    }
    why
}

/// What the model goes by: `about meeting: shouted, room, we`.
fn learnt(about: About, case: Case<'_>) -> String {
    let mut why = format!("about {}", about.name());
    let opinion = case.opinions.iter().find(|opinion| opinion.about == about);
    let reasons = opinion.map_or(&[][..], |opinion| opinion.carriers.reasons.as_slice());
    for (at, (word, _)) in reasons.iter().take(3).enumerate() {
        why.push_str(if at == 0 { ": " } else { ", " });
        if let Some(word) = case.words.list.get(*word as usize)
            && let Some(text) = case.draft.text.get(word.start as usize..word.end as usize)
        {
            why.push_str(text);
        }
    }
    why
}

fn masked(text: &str, mask: Mask) -> String {
    const DOTS: &str = "••••";
    match mask {
        Mask::Nothing => text.to_owned(),
        Mask::All => DOTS.repeat(2),
        Mask::Middle => {
            let count = text.chars().count();
            if count < 8 {
                return DOTS.to_owned();
            }
            let head: String = text.chars().take(2).collect();
            let tail: String = text.chars().skip(count - 2).collect();
            format!("{head}{DOTS}{tail}")
        }
    }
}

/// The lists of the engine's own protected speech, for the finder.
pub(crate) type OwnLists = BTreeMap<String, List>;
