//! What is checked: a text and what is known about where it is going.
//!
//! Unknown stays unknown: a missing platform, surface, audience or author never relaxes a rule,
//! it only keeps a rule that *asks* for one of them from firing.

use serde::{Deserialize, Serialize};

/// A social network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// x.com, twitter.com
    X,
    /// facebook.com
    Facebook,
    /// linkedin.com
    Linkedin,
}

/// The kind of text that is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Surface {
    /// A post, a thread, a share, a poll.
    Post,
    /// A comment or a reply.
    Comment,
    /// A direct message.
    Message,
    /// A bio, a headline, an "about".
    Profile,
    /// A long article.
    Article,
}

/// Who will be able to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Anybody.
    Public,
    /// Professional connections.
    Connections,
    /// Friends.
    Friends,
    /// The members of a group.
    Group,
    /// The author alone, or named people.
    Private,
    /// Not known: treated like `Public` by every rule.
    #[default]
    Unknown,
}

/// In which role the author writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    /// An employee, as a person.
    #[default]
    Employee,
    /// A person who may speak for the company.
    Spokesperson,
    /// The company's own account.
    CorporateAccount,
}

/// The language in which the author reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Spanish.
    Es,
    /// English.
    #[default]
    En,
}

/// A moment: seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// A text to check, with its context. Only `text` is required.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The text as the author sees it.
    pub text: String,
    /// Where it will be posted.
    pub platform: Option<Platform>,
    /// What kind of text it is.
    pub surface: Option<Surface>,
    /// Who will be able to read it.
    pub audience: Audience,
    /// In which role the author writes.
    pub author: Author,
    /// When it will be posted. `None`: dates and quiet periods count as if they were in force,
    /// since the core reads no clock.
    pub at: Option<Timestamp>,
    /// The language of titles and messages.
    pub ui: Language,
}

impl Draft {
    /// The longest text that is checked, in UTF-16 code units. A longer one is declined
    /// ([`crate::CheckError::TooLong`]) rather than half checked.
    pub const MAX_UTF16: usize = 100_000;

    /// A draft of which nothing but the text is known.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}
