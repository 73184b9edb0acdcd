//! The form of the TOML files: which keys there are, what each may hold, and what to write where
//! something else stands.
//!
//! The same as [`super::super::data`], said for people: serde's own messages stop at the first
//! error and cannot explain a value that may be a text or a table. A test keeps the two together.

use serde_json::{Map, Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Fault, Place, nearest};
use crate::Topic;

/// What a value may be.
pub(super) enum Form {
    Text,
    /// A text, or a day written bare as TOML allows.
    Date,
    Flag,
    Number(u64, u64),
    /// One of these words.
    Word(&'static [&'static str]),
    List(&'static Form),
    Table(&'static Table),
    /// A table whose keys are names, e.g. of lists.
    Named(&'static Table),
    /// The first that the value's type fits.
    Either(&'static Form, &'static Form),
}

/// A table with known keys.
pub(super) struct Table {
    /// What it is, for messages: "a rule".
    what: &'static str,
    fields: &'static [Field],
}

struct Field {
    key: &'static str,
    form: Form,
    /// What to write where it is missing; `None` where it need not be there.
    example: Option<&'static str>,
}

const fn must(key: &'static str, form: Form, example: &'static str) -> Field {
    Field {
        key,
        form,
        example: Some(example),
    }
}

const fn may(key: &'static str, form: Form) -> Field {
    Field {
        key,
        form,
        example: None,
    }
}

const TOPICS: [&str; Topic::ALL.len()] = {
    let mut words = [""; Topic::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = Topic::ALL[at].as_str();
        at += 1;
    }
    words
};
const SUBJECTS: [&str; Topic::ALL.len() + 1] = {
    let mut words = ["protected"; Topic::ALL.len() + 1];
    let mut at = 0;
    while at < Topic::ALL.len() {
        words[at] = TOPICS[at];
        at += 1;
    }
    words
};
const SEVERITIES: Form = Form::Word(&["tip", "note", "warn", "stop"]);
const PLATFORM: Form = Form::Word(&["x", "facebook", "linkedin"]);
const SURFACE: Form = Form::Word(&["post", "comment", "message", "profile", "article"]);
const AUDIENCE: Form = Form::Word(&[
    "public",
    "connections",
    "friends",
    "group",
    "private",
    "unknown",
]);
const AUTHOR: Form = Form::Word(&["employee", "spokesperson", "corporate-account"]);

/// A whole file.
pub(super) static FILE: Table = Table {
    what: "a file of the guide",
    fields: &[
        may("company", Form::Table(&COMPANY)),
        may("lists", Form::Named(&LIST)),
        may("hashed", Form::Named(&HASHED)),
        may("rule", Form::List(&Form::Table(&RULE))),
        may("protected", Form::List(&Form::Table(&PROTECTED))),
    ],
};

static COMPANY: Table = Table {
    what: "`[company]`",
    fields: &[
        must("name", Form::Text, "name = \"Acme\""),
        may("guide_version", Form::Date),
        may("guide_author", Form::Text),
        may("valid_until", Form::Date),
        must(
            "contact",
            Form::Table(&TEXTS),
            "contact = { es = \"comunicacion@acme.example\", en = \"communications@acme.example\" }",
        ),
        may("quiet_periods", Form::List(&Form::Table(&PERIOD))),
        may("at_most", Form::Table(&AT_MOST)),
    ],
};

/// The whole checklist.toml.
pub(super) static CHECKLIST: Table = Table {
    what: "the checklist",
    fields: &[
        must(
            "checklist",
            Form::Table(&CHECKLIST_HEAD),
            "[checklist] with version, checked, remind_after_days and later_after_days",
        ),
        must(
            "platform",
            Form::List(&Form::Table(&CHECKLIST_PLATFORM)),
            "[[platform]] with id, name and hub, for each platform",
        ),
        may("habit", Form::List(&Form::Table(&HABIT))),
        must(
            "item",
            Form::List(&Form::Table(&ITEM)),
            "[[item]] with id, platform, habit, setting, you, company, url and fallback",
        ),
    ],
};

static CHECKLIST_HEAD: Table = Table {
    what: "`[checklist]`",
    fields: &[
        must("version", Form::Date, "version = \"2026-11\""),
        must("checked", Form::Date, "checked = \"2026-11-23\""),
        must(
            "remind_after_days",
            Form::Number(0, 3650),
            "remind_after_days = 180, or 0 for never",
        ),
        must(
            "later_after_days",
            Form::Number(1, 3650),
            "later_after_days = 7",
        ),
    ],
};

static CHECKLIST_PLATFORM: Table = Table {
    what: "a platform",
    fields: &[
        must("id", PLATFORM, "id = \"x\""),
        must("name", Form::Text, "name = \"X\""),
        must("hub", Form::Text, "hub = \"https://x.com/settings\""),
    ],
};

static HABIT: Table = Table {
    what: "a habit",
    fields: &[
        must("id", Form::Text, "id = \"contacts\""),
        must(
            "section",
            Form::Text,
            "section = \"privacy\", the id of a heading of the guide",
        ),
        must(
            "title",
            Form::Table(&TEXTS),
            "title = { es = \"...\", en = \"...\" }",
        ),
        must(
            "text",
            Form::Table(&TEXTS),
            "text = { es = \"...\", en = \"...\" }",
        ),
    ],
};

static ITEM: Table = Table {
    what: "an item",
    fields: &[
        must("id", Form::Text, "id = \"x-protect-posts\""),
        must("platform", PLATFORM, "platform = \"x\""),
        must("habit", Form::Text, "habit = \"options\""),
        must(
            "setting",
            Form::Table(&TEXTS),
            "setting = { es = \"...\", en = \"...\" }",
        ),
        must(
            "you",
            Form::Table(&TEXTS),
            "you = { es = \"...\", en = \"...\" }",
        ),
        must(
            "company",
            Form::Table(&TEXTS),
            "company = { es = \"...\", en = \"...\" }",
        ),
        must(
            "url",
            Form::Text,
            "url = \"https://x.com/settings/...\", the page of the setting",
        ),
        must(
            "fallback",
            Form::Text,
            "fallback = \"https://x.com/settings\", where to start if the link has moved",
        ),
        must(
            "confidence",
            Form::Word(&["high", "medium", "low"]),
            "confidence = \"low\"",
        ),
        must("checked", Form::Date, "checked = \"2026-11-23\""),
        may("again_after_days", Form::Number(0, 3650)),
        may("audience", Form::Word(&["personal"])),
    ],
};

static AT_MOST: Table = Table {
    what: "what is said of topics at most",
    fields: &{
        const ANY: Field = may("", Form::Word(&["off", "tip", "note", "warn"]));
        let mut fields = [ANY; Topic::ALL.len()];
        let mut at = 0;
        while at < fields.len() {
            fields[at].key = TOPICS[at];
            at += 1;
        }
        fields
    },
};

static PERIOD: Table = Table {
    what: "a quiet period",
    fields: &[
        must("from", Form::Date, "from = \"2027-01-15\""),
        must("until", Form::Date, "until = \"2027-02-02\""),
        may("note", Form::Text),
    ],
};

static TEXTS: Table = Table {
    what: "a text in both languages",
    fields: &[
        must("es", Form::Text, "es = \"...\""),
        must("en", Form::Text, "en = \"...\""),
    ],
};

static LIST: Table = Table {
    what: "a list",
    fields: &[
        may("kind", Form::Word(&["words", "names", "disguised"])),
        may(
            "entries",
            Form::List(&Form::Either(&Form::Text, &Form::Table(&ENTRY))),
        ),
        may("include", TEXT_LIST),
        may("files", TEXT_LIST),
    ],
};

const TEXT_LIST: Form = Form::List(&Form::Text);
const ONE_OR_MANY: Form = Form::Either(&Form::Text, &TEXT_LIST);
const MATCHERS: Form = Form::List(&Form::Table(&MATCHER));
const EXAMPLES: Form = Form::Table(&EXAMPLE_LISTS);

static ENTRY: Table = Table {
    what: "an entry",
    fields: &[
        must("name", Form::Text, "name = \"Acme\""),
        may("short", TEXT_LIST),
        may("public_from", Form::Date),
        may("right", Form::Text),
        may("role", Form::Text),
        may("ordinary", Form::Flag),
        may("note", Form::Text),
    ],
};

static HASHED: Table = Table {
    what: "a hashed list",
    fields: &[
        must("key", Form::Text, "it as `tacto hash` wrote it"),
        must("words", Form::Number(1, 5), "it as `tacto hash` wrote it"),
        must("hashes", TEXT_LIST, "it as `tacto hash` wrote it"),
    ],
};

static MATCHER: Table = Table {
    what: "something to look for",
    fields: &[
        may("terms", TEXT_LIST),
        may("list", ONE_OR_MANY),
        may("hashed", ONE_OR_MANY),
        may("pattern", Form::Text),
        may("shape", Form::Text),
        may("tone", Form::Word(&["negative", "positive", "promissory"])),
        may("about", Form::Word(&SUBJECTS)),
        may("sure", Form::Flag),
        // Not the constant: a static may name itself, a constant inside it may not.
        may("any", Form::List(&Form::Table(&MATCHER))),
        may("all", Form::List(&Form::Table(&MATCHER))),
        may(
            "within",
            Form::Either(
                &Form::Number(0, u16::MAX as u64),
                &Form::Word(&["sentence", "draft"]),
            ),
        ),
        may("side", Form::Word(&["before", "after"])),
    ],
};

static WHEN: Table = Table {
    what: "`when`",
    fields: &[
        may("platform", Form::List(&PLATFORM)),
        may("surface", Form::List(&SURFACE)),
        may("audience", Form::List(&AUDIENCE)),
        may("author", Form::List(&AUTHOR)),
        may("from", Form::Date),
        may("until", Form::Date),
        may("quiet_period", Form::Flag),
        may("before_public", Form::Flag),
    ],
};

static RULE: Table = Table {
    what: "a rule",
    fields: &[
        must("id", Form::Text, "id = \"client-named\""),
        must("topic", Form::Word(&TOPICS), "topic = \"client\""),
        must(
            "section",
            Form::Text,
            "section = \"clients\", an id of guide.es.md",
        ),
        must("severity", SEVERITIES, "severity = \"warn\""),
        must("find", MATCHERS, "find = [{ terms = [\"...\"] }]"),
        may("near", MATCHERS),
        may("unless", MATCHERS),
        may("missing", MATCHERS),
        may("when", Form::Table(&WHEN)),
        may("count", Form::Number(1, u16::MAX as u64)),
        may("raise", Form::List(&Form::Table(&RAISE))),
        must(
            "say",
            Form::Table(&SAY),
            "say.es = { title = \"...\", message = \"...\" } and say.en",
        ),
        may("fix", Form::Table(&FIX)),
        may("silenced_by_protected", Form::Flag),
        must(
            "hits",
            EXAMPLES,
            "hits = { es = [\"...\"], en = [\"...\"] }: sentences that must fire",
        ),
        must(
            "misses",
            EXAMPLES,
            "misses = { es = [\"...\"], en = [\"...\"] }: sentences that must stay silent",
        ),
    ],
};

static RAISE: Table = Table {
    what: "`raise`",
    fields: &[
        must("severity", SEVERITIES, "severity = \"stop\""),
        may("count", Form::Number(1, u16::MAX as u64)),
        may("near", MATCHERS),
        may("unless", MATCHERS),
        may("when", Form::Table(&WHEN)),
    ],
};

static SAY: Table = Table {
    what: "`say`",
    fields: &[
        must(
            "es",
            Form::Table(&SAYING),
            "es = { title = \"...\", message = \"...\" }",
        ),
        must(
            "en",
            Form::Table(&SAYING),
            "en = { title = \"...\", message = \"...\" }",
        ),
    ],
};

static SAYING: Table = Table {
    what: "what a rule says in one language",
    fields: &[
        must(
            "title",
            Form::Text,
            "title = \"...\": a few words, what was found",
        ),
        must(
            "message",
            Form::Text,
            "message = \"...\": one or two sentences, what to do",
        ),
    ],
};

static FIX: Table = Table {
    what: "`fix`",
    fields: &[
        may("replace", Form::Table(&TEXTS)),
        may("insert", Form::Table(&TEXTS)),
        may("audience", AUDIENCE),
    ],
};

static EXAMPLE_LISTS: Table = Table {
    what: "examples in both languages",
    fields: &[
        must("es", EXAMPLE_LIST, "es = [\"...\"]"),
        must("en", EXAMPLE_LIST, "en = [\"...\"]"),
    ],
};

const EXAMPLE_LIST: Form = Form::List(&Form::Either(&Form::Text, &Form::Table(&EXAMPLE)));

static EXAMPLE: Table = Table {
    what: "an example",
    fields: &[
        must("text", Form::Text, "text = \"...\""),
        may("platform", PLATFORM),
        may("surface", SURFACE),
        may("audience", AUDIENCE),
        may("author", AUTHOR),
        may("at", Form::Date),
        may("mark", Form::Text),
        may("severity", SEVERITIES),
    ],
};

static PROTECTED: Table = Table {
    what: "protected speech",
    fields: &[
        must("id", Form::Text, "id = \"own-pay\""),
        must("find", MATCHERS, "find = [{ terms = [\"...\"] }]"),
        may("near", MATCHERS),
        may("unless", MATCHERS),
        may("hits", EXAMPLES),
        may("misses", EXAMPLES),
    ],
};

impl Form {
    /// Whether a value is of the right type, whatever is in it.
    fn fits(&self, value: &DeValue<'_>) -> bool {
        match self {
            Self::Text | Self::Word(_) => value.is_str(),
            Self::Date => value.is_str() || value.is_datetime(),
            Self::Flag => value.is_bool(),
            Self::Number(..) => value.is_integer(),
            Self::List(_) => value.is_array(),
            Self::Table(_) | Self::Named(_) => value.is_table(),
            Self::Either(one, other) => one.fits(value) || other.fits(value),
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Text => "a text in quotation marks".to_owned(),
            Self::Date => "a day in quotation marks, such as \"2026-11-23\"".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Number(least, most) => format!("a number from {least} to {most}"),
            Self::Word(words) => format!("one of {}", quoted(words)),
            Self::List(of) => format!("a list in brackets, each item {}", of.describe()),
            Self::Table(table) => {
                let keys: Vec<_> = table.fields.iter().map(|field| field.key).collect();
                format!("{{ ... }} with {}", keys.join(", "))
            }
            Self::Named(table) => format!("tables with names, each {}", table.what),
            Self::Either(one, other) => format!("{}, or {}", one.describe(), other.describe()),
        }
    }
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
    words.join(", ")
}

fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a day or a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Walks through one file, collecting values, places and errors.
pub(super) struct Walk<'w> {
    pub(super) file: usize,
    pub(super) faults: &'w mut Vec<Fault>,
}

impl Walk<'_> {
    fn fault(&mut self, at: usize, message: String, remedy: String) {
        self.faults.push(Fault {
            file: self.file,
            at,
            message,
            remedy,
        });
    }

    /// A table with known keys. `at` is where it starts; `name` is its name, if it has one.
    pub(super) fn table(
        &mut self,
        form: &'static Table,
        table: &DeTable<'_>,
        at: usize,
        name: &str,
    ) -> (Value, Place) {
        let what = title(form, table, name);
        // A mistyped key is one error, not an unknown and a missing one.
        let mut mistyped = Vec::new();
        let mut values = Map::new();
        let mut places = Vec::new();
        for (key, value) in table {
            let (key_at, key) = (key.span().start, key.get_ref().as_ref());
            let Some(field) = form.fields.iter().find(|field| field.key == key) else {
                let known = || form.fields.iter().map(|field| field.key);
                let all: Vec<_> = known().collect();
                let remedy = nearest(key, known()).map_or_else(
                    || format!("There are: {}.", all.join(", ")),
                    |meant| {
                        mistyped.push(meant);
                        format!("Did you mean `{meant}`?")
                    },
                );
                self.fault(key_at, format!("`{key}` is no key of {what}"), remedy);
                continue;
            };
            let (value, place) = self.value(&field.form, value, key);
            values.insert(key.to_owned(), value);
            places.push((key.to_owned(), place));
        }
        for field in form.fields {
            if let Some(example) = field.example
                && !table.iter().any(|(key, _)| key.get_ref() == field.key)
                && !mistyped.contains(&field.key)
            {
                self.fault(
                    at,
                    format!("{what} has no `{}`", field.key),
                    format!("Write {example}."),
                );
            }
        }
        (Value::Object(values), Place::table(self.file, at, places))
    }

    fn value(
        &mut self,
        form: &'static Form,
        spanned: &Spanned<DeValue<'_>>,
        key: &str,
    ) -> (Value, Place) {
        let (at, value) = (spanned.span().start, spanned.get_ref());
        let leaf = Place::leaf(self.file, at);
        match (form, value) {
            (Form::Either(one, other), _) if form.fits(value) => {
                self.value(if one.fits(value) { one } else { other }, spanned, key)
            }
            (Form::Text | Form::Date, DeValue::String(text)) => {
                (Value::String(text.as_ref().to_owned()), leaf)
            }
            (Form::Date, DeValue::Datetime(day)) => (Value::String(day.to_string()), leaf),
            (Form::Flag, DeValue::Boolean(flag)) => (Value::Bool(*flag), leaf),
            (Form::Number(least, most), DeValue::Integer(digits)) => {
                let number = u64::from_str_radix(digits.as_str(), digits.radix()).ok();
                match number.filter(|number| (*least..=*most).contains(number)) {
                    Some(number) => (Value::Number(Number::from(number)), leaf),
                    None => {
                        self.fault(
                            at,
                            format!("`{key}` cannot be {digits}"),
                            format!("Write {}.", form.describe()),
                        );
                        (Value::Null, leaf)
                    }
                }
            }
            (Form::Word(words), DeValue::String(text)) => {
                if !words.contains(&text.as_ref()) {
                    let all = format!("Write {}.", form.describe());
                    let remedy = nearest(text, words.iter().copied())
                        .map_or(all, |meant| format!("Did you mean \"{meant}\"?"));
                    self.fault(at, format!("`{key}` cannot be \"{text}\""), remedy);
                }
                (Value::String(text.as_ref().to_owned()), leaf)
            }
            (Form::List(of), DeValue::Array(items)) => {
                let mut values = Vec::with_capacity(items.len());
                let mut places = Vec::with_capacity(items.len());
                for item in items {
                    let (value, place) = self.value(of, item, key);
                    values.push(value);
                    places.push(place);
                }
                (Value::Array(values), Place::list(places, (self.file, at)))
            }
            (Form::Table(table), DeValue::Table(inner)) => self.table(table, inner, at, ""),
            (Form::Named(table), DeValue::Table(inner)) => {
                let mut values = Map::new();
                let mut places = Vec::new();
                for (name, value) in inner {
                    let (at, name) = (value.span().start, name.get_ref().as_ref());
                    if let DeValue::Table(inner) = value.get_ref() {
                        let (value, place) = self.table(table, inner, at, name);
                        values.insert(name.to_owned(), value);
                        places.push((name.to_owned(), place));
                    } else {
                        self.fault(
                            at,
                            format!("`{name}` is {}", type_of(value.get_ref())),
                            format!("Write `[{key}.{name}]` on a line of its own."),
                        );
                    }
                }
                (Value::Object(values), Place::table(self.file, at, places))
            }
            _ => {
                let remedy = match (form, value) {
                    (Form::List(Form::Table(_)), DeValue::Table(_))
                        if ["rule", "protected", "platform", "habit", "item"].contains(&key) =>
                    {
                        format!("Write `[[{key}]]`, with two brackets on each side.")
                    }
                    (Form::List(of), _) if of.fits(value) => {
                        format!("Put it in brackets: {key} = [ ... ].")
                    }
                    _ => format!("Write {}.", form.describe()),
                };
                self.fault(at, format!("`{key}` cannot be {}", type_of(value)), remedy);
                (Value::Null, leaf)
            }
        }
    }
}

/// What a table is called in messages: "the rule `client-named`", "the list `clients`".
fn title(form: &Table, table: &DeTable<'_>, name: &str) -> String {
    let own = |key: &str| {
        let value = table
            .iter()
            .find(|(candidate, _)| candidate.get_ref() == key)?
            .1;
        value.get_ref().as_str().map(str::to_owned)
    };
    let name = if name.is_empty() {
        own("id")
    } else {
        Some(name.to_owned())
    };
    match (name, form.what.strip_prefix("a ")) {
        (Some(name), Some(kind)) => format!("the {kind} `{name}`"),
        _ => form.what.to_owned(),
    }
}

/// The parser's message for people, and what to write instead.
pub(super) fn syntax(message: &str) -> (String, String) {
    let remedy = if message.contains("duplicate key") {
        "The same key, or the same [table], stands above already: join the two, or rename one."
    } else if message.contains("comma") {
        "Separate the items of a list, and of a { ... }, with commas. A text with quotation marks \
         inside ends at the first of them: write \\\" there, or put it between single ones."
    } else if message.contains("must be quoted") {
        "Put texts between straight quotation marks: \"...\". Days too: \"2026-11-23\". \
         Separate the items of a list with commas."
    } else if message.contains("escape") {
        "Between \"...\" a backslash starts an escape: write \\\\ for a backslash and \\\" for a \
         quotation mark, or put the text between single ones: '...'."
    } else if message.contains("string") {
        "A text starts and ends with the same quotation mark, on one line. For a text on several \
         lines use \"\"\" before and after it."
    } else if message.contains("array") {
        "Close the list with ] and separate its items with commas."
    } else if message.contains("inline table") {
        "Close the table with } and separate its items with commas."
    } else if message.contains("table") {
        "Close the brackets: `[lists.name]`, `[[rule]]`."
    } else if message.contains("key with no value") {
        "Write `key = value`. A comment starts with #; a text that goes on over several lines \
         stands between \"\"\" and \"\"\"."
    } else if message.contains("unexpected key or value") {
        "One `key = value` a line. Where a text holds the quotation mark that surrounds it, \
         surround it with the other one (\"it's\")."
    } else {
        "Compare with a rule that works, or with rules/README.md."
    };
    (format!("this cannot be read: {message}"), remedy.to_owned())
}
