//! The guide as its authors write it: plain data, one to one with the TOML files and the bundle.
//!
//! Nothing here is checked beyond its form. [`crate::Guide::new`] checks the meaning; a checker
//! can be built from a checked guide alone.
//!
//! People may write a short form where there is one (`"Acme"` for `{"name": "Acme"}`); a bundle
//! always holds the long one. Browsers check a policy by a schema that knows no "or"
//! (`extension/managed_schema.json`), and a bundle must pass it as it is.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::ModelData;
use crate::{Audience, Author, Platform, Severity, Surface, Topic};

/// The format's name, first in every bundle.
pub const FORMAT: &str = "tacto-guide";
/// The format's version. A bundle of another version is refused.
pub const VERSION: u32 = 1;

/// A text in Spanish and English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual<T> {
    /// Spanish.
    pub es: T,
    /// English.
    pub en: T,
}

/// A whole guide: what `tacto build` writes and the extension loads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideData {
    /// Always [`FORMAT`].
    pub format: String,
    /// Always [`VERSION`].
    pub version: u32,
    /// What the company is and whom to ask.
    pub company: Company,
    /// The prose.
    pub sections: Vec<Section>,
    /// Every list of words: the company's vocabulary and the rules' own lists.
    pub lists: BTreeMap<String, List>,
    /// Hashed lists (`tacto hash`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hashed: BTreeMap<String, HashedList>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// Further speech that stays free, beyond what the engine protects by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protected: Vec<Protected>,
    /// What was learnt from the examples. Without it, nothing is `about` anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelData>,
}

/// `[company]` of `company.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// The company's name as it should be written.
    pub name: String,
    /// The guide's own version, free text ("2026-11").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide_version: Option<String>,
    /// Who wrote the guide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide_author: Option<String>,
    /// The last day on which the guide holds, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// Whom to ask, shown in cards.
    pub contact: Bilingual<String>,
    /// The days on which the company must be silent about results: `from`/`until` inclusive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quiet_periods: Vec<Period>,
    /// How serious findings of a topic may be at most, whatever the rules say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub at_most: BTreeMap<Topic, AtMost>,
}

/// How serious findings of a topic may be at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AtMost {
    /// Nothing is said of it.
    Off,
    /// See [`Severity::Tip`].
    Tip,
    /// See [`Severity::Note`].
    Note,
    /// See [`Severity::Warn`].
    Warn,
}

impl AtMost {
    /// The severity; nothing where nothing is said.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Tip => Some(Severity::Tip),
            Self::Note => Some(Severity::Note),
            Self::Warn => Some(Severity::Warn),
        }
    }
}

/// The lists of company.toml. A company fills those that it needs: one that is not there is empty.
pub const COMPANY_LISTS: [&str; 22] = [
    "clients",
    "colleagues",
    "company",
    "company-domains",
    "competitors",
    "disclosure-tags",
    "document-markings",
    "executives",
    "free-channels",
    "internal-tools",
    "official-hashtags",
    "official-links",
    "partners",
    "products",
    "projects",
    "public-facts",
    "public-references",
    "public-sites",
    "quiet-period-exceptions",
    "spokespeople",
    "unreleased-products",
    "wrong-names",
];

/// From the first day to the last, both included, `YYYY-MM-DD`, in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A section of the prose, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The id in the heading's braces: `## Clients {#clients}`.
    pub id: String,
    /// The heading.
    pub title: Bilingual<String>,
    /// The first paragraph: what a warning quotes.
    pub quote: Bilingual<String>,
    /// The whole section in Markdown, without its heading.
    pub body: Bilingual<String>,
}

/// A list of names or words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// What kind of words these are. Decides how they are found.
    #[serde(default)]
    pub kind: ListKind,
    /// The entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// Names of other lists whose entries belong here too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// Plain-text files beside the TOML file, one entry a line. Gone in a bundle, which holds
    /// the entries themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

/// How the words of a list are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ListKind {
    /// Words of the language: found with inflection (plural, Spanish gender).
    #[default]
    Words,
    /// Proper names: plural and possessive alone; a name that is also an ordinary word must
    /// look like a name.
    Names,
    /// Words that people disguise (profanity): also with letters masked, repeated or doubled.
    Disguised,
}

/// An entry of a list: a bare string, or a name with more to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A word, a phrase or a name. A final `*` on a word stands for any ending.
    Plain(String),
    /// A name with short forms, dates and notes.
    Detailed(Box<Detailed>),
}

impl Shorthand for Entry {
    type Long = Detailed;
    const FORMS: &'static str = "a name, or an object with a `name`";

    fn short(text: String) -> Self {
        Self::Plain(text)
    }

    fn long(mut long: Detailed) -> Self {
        let name = std::mem::take(&mut long.name);
        if long == Detailed::default() {
            return Self::Plain(name);
        }
        long.name = name;
        Self::Detailed(Box::new(long))
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(name) => one_field(to, "name", name),
            Self::Detailed(entry) => entry.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Either(PhantomData))
    }
}

/// What may be written as a text (the short form) or as an object (the long one).
trait Shorthand: Sized {
    type Long;
    /// Says both forms.
    const FORMS: &'static str;
    fn short(text: String) -> Self;
    fn long(long: Self::Long) -> Self;
}

struct Either<T>(PhantomData<T>);

impl<'de, T: Shorthand<Long: Deserialize<'de>>> Visitor<'de> for Either<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(T::FORMS)
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::short(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<T, E> {
        Ok(T::short(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::Long::deserialize(MapAccessDeserializer::new(map)).map(T::long)
    }
}

fn one_field<S: Serializer>(to: S, name: &'static str, text: &str) -> Result<S::Ok, S::Error> {
    let mut object = to.serialize_struct("", 1)?;
    object.serialize_field(name, text)?;
    object.end()
}

/// A name with more to say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detailed {
    /// The name.
    pub name: String,
    /// Short forms, aliases, handles, tickers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub short: Vec<String>,
    /// The day from which it is public, `YYYY-MM-DD`. Without it, it is not public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_from: Option<String>,
    /// The right name, for a wrong or outdated one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
    /// A role ("press office"), for people: texts show it beside the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Whether the name is also an ordinary word ("Summit", "Faro"), which must look like a name
    /// to be found. Guessed from a list of such words where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinary: Option<bool>,
    /// For people who read the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A list of which the file holds only keyed hashes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HashedList {
    /// The key, in hexadecimal (16 to 64 bytes).
    pub key: String,
    /// The longest entry, in words, 1 to 5.
    pub words: u8,
    /// Truncated HMAC-SHA-256 of each folded entry: 16 hexadecimal digits each.
    pub hashes: Vec<String>,
}

/// One or many; a list of one is the one.
#[derive(Debug, Clone, Eq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Many.
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

impl PartialEq for OneOrMany {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Serialize for OneOrMany {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(to)
    }
}

/// Something to look for. Exactly one of `terms`, `list`, `hashed`, `pattern`, `shape`, `tone`,
/// `about`, `any`, `all` is given (`pattern` may have a `shape` that checks what it matched).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matcher {
    /// Words and phrases, found like a list of kind `words`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Vec<String>>,
    /// The name of a list, or several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<OneOrMany>,
    /// The name of a hashed list, or several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hashed: Option<OneOrMany>,
    /// A linear-time regular expression over the text as written. A group named `mark` is what
    /// is marked, else the whole match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// A shape by its name. With `pattern`: the check on what the pattern matched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<String>,
    /// Wording by its tone. Never alone: only beside something else that is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<Tone>,
    /// What the draft is about, as learnt from the guide's examples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// With `about`: `true` asks that it be sure, where likely is enough else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<bool>,
    /// Any of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub any: Option<Vec<Matcher>>,
    /// All of these, within `within` of the first. The first is what is marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all: Option<Vec<Matcher>>,
    /// How far away the evidence may stand: a number of words, `"sentence"` or `"draft"`.
    /// Meaningful in `near`, `unless` and `all`; `"sentence"` where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    /// `"before"` or `"after"`: on which side of the marked text the evidence must stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
}

/// A distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// At most this many words between the two: 0 is "side by side".
    Words(u16),
    /// In one sentence, or in the whole draft.
    Scope(Scope),
}

impl Serialize for Within {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Words(words) => to.serialize_str(&words.to_string()),
            Self::Scope(scope) => scope.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Within {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Distance;

        impl Visitor<'_> for Distance {
            type Value = Within;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number of words, \"sentence\" or \"draft\"")
            }

            fn visit_u64<E: Error>(self, words: u64) -> Result<Within, E> {
                match u16::try_from(words) {
                    Ok(words) => Ok(Within::Words(words)),
                    Err(_) => Err(E::invalid_value(
                        serde::de::Unexpected::Unsigned(words),
                        &self,
                    )),
                }
            }

            fn visit_i64<E: Error>(self, words: i64) -> Result<Within, E> {
                match u64::try_from(words) {
                    Ok(words) => self.visit_u64(words),
                    Err(_) => Err(E::invalid_value(
                        serde::de::Unexpected::Signed(words),
                        &self,
                    )),
                }
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Within, E> {
                match text {
                    "sentence" => Ok(Within::Scope(Scope::Sentence)),
                    "draft" => Ok(Within::Scope(Scope::Draft)),
                    _ => match text.parse() {
                        Ok(words) => Ok(Within::Words(words)),
                        Err(_) => Err(E::invalid_value(serde::de::Unexpected::Str(text), &self)),
                    },
                }
            }
        }

        from.deserialize_any(Distance)
    }
}

/// What a draft can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum About {
    /// Something to be careful with: `"meeting"`.
    Topic(Topic),
    /// Speech that stays free: `"protected"`.
    Free(Free),
}

/// The one word of [`About::Free`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Free {
    /// `"protected"`.
    Protected,
}

impl About {
    /// The word that guides use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Topic(topic) => topic.as_str(),
            Self::Free(Free::Protected) => "protected",
        }
    }
}

/// A stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The sentence (or the line) of the marked text.
    Sentence,
    /// The whole draft.
    Draft,
}

/// A side of the marked text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Before it.
    Before,
    /// After it.
    After,
}

/// A tone, from the engine's own Spanish and English words, with negation and intensifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Complaint, contempt, disappointment; or negated praise.
    #[default]
    Negative,
    /// Praise, recommendation.
    Positive,
    /// "Guaranteed", "without risk", "we promise".
    Promissory,
}

/// Where a rule applies. Everything that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// On one of these platforms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Vec<Platform>>,
    /// On one of these surfaces. An unknown surface counts as a post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<Vec<Surface>>,
    /// For one of these audiences. An unknown audience counts as public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Vec<Audience>>,
    /// Written by one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Vec<Author>>,
    /// From this day on, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Until this day, included, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// `true`: only in one of the company's quiet periods; `false`: only outside them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_period: Option<bool>,
    /// `true`: only for entries that are not public yet (see [`Detailed::public_from`]);
    /// `false`: only for those that are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_public: Option<bool>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name: lower-case letters, digits, hyphens.
    pub id: String,
    /// What it is about.
    pub topic: Topic,
    /// The section of the guide that it belongs to.
    pub section: String,
    /// How serious it is.
    pub severity: Severity,
    /// What is marked: any of these.
    pub find: Vec<Matcher>,
    /// Evidence that must stand near: each of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Matcher>,
    /// Evidence that must not stand near: none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Matcher>,
    /// What should be somewhere in the draft: the rule fires only while none of these is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Matcher>,
    /// Where it applies.
    #[serde(default)]
    pub when: When,
    /// How many different texts must be found in the draft; 1 where it is not said.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u16,
    /// Circumstances that make it more, or less, serious: the last one that holds decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raise: Vec<Raise>,
    /// What is said.
    pub say: Bilingual<Say>,
    /// What is offered instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<FixData>,
    /// Whether protected speech silences the rule. Where it is not said, the topic decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silenced_by_protected: Option<bool>,
    /// Sentences that must fire.
    pub hits: Bilingual<Vec<Example>>,
    /// Sentences that must not.
    pub misses: Bilingual<Vec<Example>>,
}

const fn one() -> u16 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
const fn is_one(count: &u16) -> bool {
    *count == 1
}

/// A circumstance that changes a rule's severity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    /// The severity then.
    pub severity: Severity,
    /// At least this many different texts found in the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u16>,
    /// Evidence that must stand near: each of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Matcher>,
    /// Evidence that must not stand near: none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Matcher>,
    /// Where it applies.
    #[serde(default)]
    pub when: When,
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Say {
    /// A few words: what was found. `{text}` is the marked text, `{right}` an entry's right name.
    pub title: String,
    /// One or two sentences: what to do.
    pub message: String,
}

/// What a rule offers instead. Exactly one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixData {
    /// In place of the marked text; `{right}` is an entry's right name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replace: Option<Bilingual<String>>,
    /// At the end of the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insert: Option<Bilingual<String>>,
    /// A narrower audience.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
}

/// A sentence of a rule's own test: bare, or with a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Example {
    /// The sentence alone.
    Plain(String),
    /// The sentence in a context.
    InContext(ExampleInContext),
}

#[cfg(feature = "authoring")]
impl Example {
    /// Instead of a time: a day in one of the company's quiet periods, whichever they are.
    pub const QUIET: &str = "quiet";
}

#[cfg(feature = "authoring")]
impl Shorthand for Example {
    type Long = ExampleInContext;
    const FORMS: &'static str = "a sentence, or an object with a `text`";

    fn short(text: String) -> Self {
        Self::Plain(text)
    }

    fn long(mut long: ExampleInContext) -> Self {
        let text = std::mem::take(&mut long.text);
        if long == ExampleInContext::default() {
            return Self::Plain(text);
        }
        long.text = text;
        Self::InContext(long)
    }
}

impl Serialize for Example {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => one_field(to, "text", text),
            Self::InContext(example) => example.serialize(to),
        }
    }
}

#[cfg(feature = "authoring")]
impl<'de> Deserialize<'de> for Example {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Either(PhantomData))
    }
}

/// Who only checks drafts runs no examples: that there is one is enough, and what stands in it
/// would be a fiftieth of the wasm.
#[cfg(not(feature = "authoring"))]
impl<'de> Deserialize<'de> for Example {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(from).map(|_| Self::Plain("…".to_owned()))
    }
}

/// A sentence in a context. What is not said is unknown; the author is an employee.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleInContext {
    /// The sentence.
    pub text: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// What kind of text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<Surface>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    /// When, RFC 3339 or `YYYY-MM-DD`; `quiet` for a day of a quiet period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The text that must be marked (hits only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// The severity that must result (hits only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
}

/// Speech that stays free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protected {
    /// Its name: `own-pay`, `strike`.
    pub id: String,
    /// What makes it so: any of these.
    pub find: Vec<Matcher>,
    /// Evidence that must stand near: each of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Matcher>,
    /// Evidence that must not stand near: none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Matcher>,
    /// Sentences that are protected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hits: Option<Bilingual<Vec<Example>>>,
    /// Sentences that are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misses: Option<Bilingual<Vec<Example>>>,
}
