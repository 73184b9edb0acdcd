//! What a check answers.

use serde::{Deserialize, Serialize};

/// What a rule is about. Every rule has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// A client, partner or supplier.
    Client,
    /// A project or its code name.
    Project,
    /// A product or feature before its announcement.
    UnreleasedProduct,
    /// What was said in a meeting.
    Meeting,
    /// A document or a tool for internal use.
    InternalDocument,
    /// Figures that are not public.
    Figures,
    /// Mergers, acquisitions, rounds.
    Deal,
    /// Passwords, keys, tokens.
    Credential,
    /// E-mail addresses, phone numbers, identity numbers, bank data.
    PersonalData,
    /// What is nobody's business about a colleague.
    Colleague,
    /// Laughing at a customer.
    CustomerMockery,
    /// Insults and hatred; swearing.
    Insult,
    /// Negative words about the own brand.
    BrandNegative,
    /// Competitors.
    Competitor,
    /// Praise of the own product without saying who is speaking.
    DisclosureMissing,
    /// Speaking for the company.
    Spokesperson,
    /// Results and share price while the company must be silent.
    QuietPeriod,
    /// Lawsuits and investigations.
    Legal,
    /// Promises to customers.
    Promise,
    /// Where the author or a colleague is.
    Location,
    /// Party politics on a company account.
    PoliticalOnCorporate,
    /// The company's and its products' names.
    BrandName,
    /// Tips for good ambassadors.
    Advocacy,
}

impl Topic {
    /// Every topic, in the order of the contract.
    pub const ALL: [Self; 23] = [
        Self::Client,
        Self::Project,
        Self::UnreleasedProduct,
        Self::Meeting,
        Self::InternalDocument,
        Self::Figures,
        Self::Deal,
        Self::Credential,
        Self::PersonalData,
        Self::Colleague,
        Self::CustomerMockery,
        Self::Insult,
        Self::BrandNegative,
        Self::Competitor,
        Self::DisclosureMissing,
        Self::Spokesperson,
        Self::QuietPeriod,
        Self::Legal,
        Self::Promise,
        Self::Location,
        Self::PoliticalOnCorporate,
        Self::BrandName,
        Self::Advocacy,
    ];

    /// The word of the contract, e.g. `unreleased-product`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Project => "project",
            Self::UnreleasedProduct => "unreleased-product",
            Self::Meeting => "meeting",
            Self::InternalDocument => "internal-document",
            Self::Figures => "figures",
            Self::Deal => "deal",
            Self::Credential => "credential",
            Self::PersonalData => "personal-data",
            Self::Colleague => "colleague",
            Self::CustomerMockery => "customer-mockery",
            Self::Insult => "insult",
            Self::BrandNegative => "brand-negative",
            Self::Competitor => "competitor",
            Self::DisclosureMissing => "disclosure-missing",
            Self::Spokesperson => "spokesperson",
            Self::QuietPeriod => "quiet-period",
            Self::Legal => "legal",
            Self::Promise => "promise",
            Self::Location => "location",
            Self::PoliticalOnCorporate => "political-on-corporate",
            Self::BrandName => "brand-name",
            Self::Advocacy => "advocacy",
        }
    }
}

/// How serious a finding is, rising.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// An idea. Never interrupts.
    Tip,
    /// Worth a second look. Never interrupts.
    Note,
    /// Shown beside the box.
    Warn,
    /// Holds the post, once.
    Stop,
}

/// The highest severity of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing was found.
    Clear,
    /// At most a tip.
    Tip,
    /// At most a note.
    Note,
    /// At most a warning.
    Warn,
    /// Something that cannot be taken back.
    Stop,
}

impl From<Severity> for Verdict {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Tip => Self::Tip,
            Severity::Note => Self::Note,
            Severity::Warn => Self::Warn,
            Severity::Stop => Self::Stop,
        }
    }
}

/// What a finding offers instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(tag = "kind", content = "value", rename_all = "lowercase")]
pub enum Fix {
    /// Put this in the place of the marked text.
    Replace(String),
    /// Add this at the end of the draft.
    Insert(String),
    /// Choose this narrower audience.
    Audience(crate::Audience),
}

/// One place in a draft that the guide asks to be careful with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The rule's topic.
    pub topic: Topic,
    /// The id of the guide's section that the rule belongs to.
    pub section: String,
    /// How serious it is.
    pub severity: Severity,
    /// Where the marked text starts, in UTF-16 code units of the draft's text.
    pub start: u32,
    /// Where it ends (exclusive), in UTF-16 code units.
    pub end: u32,
    /// The marked text; masked for credentials and personal data.
    pub text: String,
    /// A few words: what was found.
    pub title: String,
    /// One or two sentences: what to do.
    pub message: String,
    /// What the finding offers instead, if anything.
    pub fix: Option<Fix>,
    /// The evidence. Never holds what `text` masks.
    pub why: Vec<String>,
    /// Whether what was found proves itself: personal data that passes the check digits of its
    /// issuer, or a text in the form of a secret. Nothing else may ever be blocked, whatever a
    /// guide calls it.
    #[serde(default)]
    pub verified: bool,
}

/// What a check answers: findings sorted by place, never overlapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Report {
    /// The highest severity, or clear.
    pub verdict: Verdict,
    /// What was found.
    pub findings: Vec<Finding>,
}
