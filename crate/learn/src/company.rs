//! The company that examples are about: nobody's, with one name of every class, so that a model is
//! the same whoever learns it.

use std::collections::BTreeMap;

use tacto_core::guide::GuideData;
use tacto_core::guide::data::{Detailed, Entry, List, ListKind, Period};
use tacto_core::model::Class;

/// The names, which nobody bears. An entry of the lists is what stands here; a placeholder becomes
/// one of them.
const NAMES: &[(Class, &[&str])] = &[
    (Class::Company, &["Quintavexa"]),
    (Class::Client, &["Zorblatten", "Umbrowick"]),
    (Class::Reference, &["Keldramont"]),
    (Class::Project, &["Vostrium"]),
    (Class::Product, &["Plimmerox"]),
    (Class::Launched, &["Drovantis"]),
    (Class::Competitor, &["Wexlumar"]),
    (Class::Executive, &["Ardith Qualdrane"]),
    (Class::Colleague, &["Maren Tolvik"]),
    (Class::Tool, &["Snirvana"]),
    (
        Class::Marking,
        &[
            "for internal use only",
            "uso interno",
            "confidential",
            "confidencial",
        ],
    ),
    (Class::Disclosure, &["#QuintavexaEmployee"]),
    (Class::Hashtag, &["#LifeAtQuintavexa"]),
    (Class::Link, &["quintavexa.example"]),
];

/// The name of a placeholder that examples of drafts do not need, and those of rules do; with the
/// lists that it is of.
const FOR_RULES: &[(&str, &[&str], &str)] = &[
    ("partner", &["partners"], "Trellimond"),
    ("wrong-name", &["wrong-names"], "Drovantiss"),
    ("free-channel", &["free-channels"], "Quintavexa Voices"),
    ("public-fact", &["public-facts"], "640 people"),
    ("public-site", &["public-sites"], "the Aberlowe plant"),
    (
        "quiet-period-exception",
        &["quiet-period-exceptions"],
        "Vexa Open Day",
    ),
    ("company-domain", &["company-domains"], "quintavexa.example"),
    // A client who has agreed to be named, and what was under wraps until `PUBLIC_FROM`.
    (
        "agreed-client",
        &["clients", "public-references"],
        "Halvenmoor",
    ),
    (
        "announced",
        &["projects", "unreleased-products"],
        "Sorvelline",
    ),
];
/// The day from which `{announced}` is public: before the quiet day.
const PUBLIC_FROM: &str = "2001-01-15";
/// A day of that company's one quiet period.
pub const QUIET_DAY: &str = "2001-02-01";

/// A guide with that company in the place of its own: what rules say must hold for everybody.
pub fn put_into(data: &mut GuideData) {
    for class in Class::ALL {
        for name in class.lists() {
            // A list that is not the first holds further names of the class.
            data.lists
                .entry((*name).to_owned())
                .or_default()
                .entries
                .clear();
            data.hashed.remove(*name);
        }
    }
    for name in FOR_RULES.iter().flat_map(|(_, lists, _)| *lists) {
        data.lists
            .entry((*name).to_owned())
            .or_default()
            .entries
            .clear();
    }
    data.lists.extend(lists());
    for (placeholder, lists, name) in FOR_RULES {
        let entry = Entry::Detailed(Box::new(Detailed {
            name: (*name).to_owned(),
            right: (*placeholder == "wrong-name").then(|| "Drovantis".to_owned()),
            public_from: (*placeholder == "announced").then(|| PUBLIC_FROM.to_owned()),
            ..Detailed::default()
        }));
        for name in *lists {
            let list = data.lists.entry((*name).to_owned()).or_default();
            list.entries.push(entry.clone());
            list.kind = match *name {
                "partners"
                | "wrong-names"
                | "clients"
                | "public-references"
                | "projects"
                | "unreleased-products" => ListKind::Names,
                _ => ListKind::Words,
            };
        }
    }
    data.company.quiet_periods = vec![Period {
        from: "2001-01-01".to_owned(),
        until: "2001-02-28".to_owned(),
        note: None,
    }];
}

/// The text of a rule's example about that company.
#[must_use]
pub fn rule_example(text: &str) -> String {
    let of_rules = |placeholder: &str| {
        FOR_RULES
            .iter()
            .find(|(name, ..)| *name == placeholder)
            .map(|(.., name)| *name)
    };
    example(&fill(text, of_rules), 0, false)
}

/// The lists of that company, for the extractor.
#[must_use]
pub fn lists() -> BTreeMap<String, List> {
    NAMES
        .iter()
        .filter_map(|(class, names)| {
            let list = List {
                kind: match class {
                    Class::Marking | Class::Disclosure | Class::Hashtag | Class::Link => {
                        ListKind::Words
                    }
                    _ => ListKind::Names,
                },
                entries: names
                    .iter()
                    .map(|name| Entry::Plain((*name).to_owned()))
                    .collect(),
                ..List::default()
            };
            Some(((*class.lists().first()?).to_owned(), list))
        })
        .collect()
}

/// The class of a placeholder's name: `client`, and `client2` for another one.
#[must_use]
pub fn class(placeholder: &str) -> Option<Class> {
    let name = placeholder.strip_suffix('2').unwrap_or(placeholder);
    Class::ALL.into_iter().find(|class| class.name() == name)
}

/// The placeholders of a text, with the byte at which their brace stands.
pub fn placeholders(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('{').filter_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let name = rest.get(..rest.find('}')?)?;
        let plausible = (1..=24).contains(&name.len())
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        plausible.then_some((at, name))
    })
}

/// A text with names in the place of its placeholders. `name` says which; what it does not know
/// stays as it is.
pub fn fill<'n>(text: &str, mut name: impl FnMut(&str) -> Option<&'n str>) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for (at, placeholder) in placeholders(text) {
        if let Some(name) = name(placeholder) {
            filled.push_str(text.get(from..at).unwrap_or_default());
            filled.push_str(name);
            from = at + placeholder.len() + 2;
        }
    }
    filled.push_str(text.get(from..).unwrap_or_default());
    filled
}

/// An example's text about that company. `number` varies what may be said in more than one way:
/// few colleagues stand in a list, and people say where they work in words as well.
#[must_use]
pub fn example(text: &str, number: usize, spanish: bool) -> String {
    fill(text, |placeholder| {
        let class = class(placeholder)?;
        let names = NAMES.iter().find(|(other, _)| *other == class)?.1;
        Some(match class {
            Class::Link => "https://quintavexa.example/news",
            Class::Colleague if number % 2 == 1 => "Brisa Ollendar",
            Class::Disclosure if number % 3 == 1 => {
                if spanish {
                    "(trabajo en Quintavexa)"
                } else {
                    "(I work at Quintavexa)"
                }
            }
            Class::Marking if spanish => "uso interno",
            _ if placeholder.ends_with('2') => names.get(1).or(names.first())?,
            _ => names.first()?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_names_and_other_braces_stay() {
        assert_eq!(
            example("{client} and {client2}, {not} {a b} {", 0, false),
            "Zorblatten and Umbrowick, {not} {a b} {"
        );
    }

    #[test]
    fn what_only_rules_say_has_names_too() {
        for (placeholder, _, name) in FOR_RULES {
            assert_eq!(
                rule_example(&format!("With {{{placeholder}}}.")),
                format!("With {name}.")
            );
        }
    }

    #[test]
    fn every_class_has_a_list_and_a_name() {
        let lists = lists();
        for class in Class::ALL {
            assert!(lists.contains_key(class.lists()[0]), "{}", class.name());
            let placeholder = format!("{{{}}}", class.name());
            assert_ne!(example(&placeholder, 0, true), placeholder);
        }
    }
}
