//! What a policy puts on top of a guide: the company's own vocabulary in place of the invented
//! company's, further entries, hashed lists, whom to ask.

use super::{Policy, Vocabulary, nearest};
use crate::Guide;
use crate::find::{spellings, terms};
use crate::guide::data::{Entry, GuideData, ListKind, Matcher};
use crate::guide::validate::{self, MOST_ENTRIES};
use crate::guide::{GuideErrors, path_of};

impl Policy {
    /// The guide in force: the policy's own, else `shipped` (a bundle), with what the policy brings
    /// on top of it. Each part is in force whole or not at all; what is wrong with it becomes a
    /// [`super::PolicyProblem`]. The parts are used up.
    ///
    /// # Errors
    /// The shipped bundle cannot be used either.
    pub fn guide(&mut self, shipped: &str) -> Result<Guide, GuideErrors> {
        let mut own = None;
        if let Some((data, text)) = self.guide.take() {
            match Guide::new(data) {
                Ok(guide) => own = Some((guide, text)),
                Err(errors) => self.refuse("guide", &errors),
            }
        }
        self.is_own = own.is_some();
        let (mut guide, bundle) = match own {
            Some(own) => own,
            None => (Guide::from_bundle(shipped)?, String::new()),
        };
        if let Some(mut vocabulary) = self.vocabulary.take() {
            self.forget_unknown_lists(&mut vocabulary, guide.data());
            match Guide::new(with_vocabulary(guide.into_data(), vocabulary)) {
                Ok(with) => {
                    self.is_own = true;
                    guide = with;
                }
                Err(errors) => {
                    self.refuse("vocabulary", &errors);
                    // Read again, rather than keep a copy for the rare day on which it is needed.
                    let bundle = if bundle.is_empty() { shipped } else { &bundle };
                    guide = Guide::from_bundle(bundle)?;
                }
            }
        }
        // Every part is checked before it is put in, so the whole need not be checked again.
        guide.amend(|data| {
            self.add_entries(data);
            self.add_hashed(data);
            if let Some(contact) = self.contact.take() {
                data.company.contact = contact;
                self.is_own = true;
            }
        });
        Ok(guide)
    }

    fn written_as(&self, key: &str) -> String {
        let written = self.written.iter().find(|(known, _)| *known == key);
        written.map_or_else(|| key.to_owned(), |(_, name)| name.clone())
    }

    fn refuse(&mut self, key: &str, errors: &GuideErrors) {
        let name = self.written_as(key);
        for error in &errors.0 {
            let place = path_of(&error.path);
            self.whole(&name, &place, error.message.clone(), error.remedy.clone());
        }
    }

    /// A list that no rule looks for is a mistyped one: the right one would be empty unsaid.
    fn forget_unknown_lists(&mut self, vocabulary: &mut Vocabulary, data: &GuideData) {
        let name = self.written_as("vocabulary");
        let lists = std::mem::take(&mut vocabulary.data.lists);
        for (list, value) in lists {
            if data.lists.contains_key(&list) {
                vocabulary.data.lists.insert(list, value);
            } else {
                self.no_list(&name, &format!("lists.{list}"), &list, data);
            }
        }
    }

    fn add_entries(&mut self, data: &mut GuideData) {
        let name = self.written_as("lists");
        let mut room = room(data);
        for (list, entries) in std::mem::take(&mut self.lists) {
            if !data.lists.contains_key(&list) {
                self.no_list(&name, &list, &list, data);
                continue;
            }
            if entries.len() > room {
                let message = format!("the lists would have more than {MOST_ENTRIES} entries");
                self.part(&name, &list, message, "Shorten it.");
                continue;
            }
            room -= entries.len();
            let mut good = Vec::with_capacity(entries.len());
            for (at, entry) in entries {
                match validate::objection(data, &entry) {
                    None => good.push(Entry::Plain(entry)),
                    Some(error) => {
                        self.part(&name, &format!("{list}[{at}]"), error.message, error.remedy);
                    }
                }
            }
            self.is_own |= !good.is_empty();
            if let Some(known) = data.lists.get_mut(&list) {
                known.entries.append(&mut good);
            }
        }
    }

    fn add_hashed(&mut self, data: &mut GuideData) {
        let name = self.written_as("hashedLists");
        for (at, list, hashed) in std::mem::take(&mut self.hashed) {
            let place = format!("[{at}]");
            if !data.lists.contains_key(&list) && !data.hashed.contains_key(&list) {
                self.no_list(&name, &format!("{place}.name"), &list, data);
                continue;
            }
            let errors = validate::objections(data, &hashed);
            if errors.is_empty() {
                data.hashed.insert(list, hashed);
                self.is_own = true;
            }
            for error in errors {
                let place = format!("{place}.{}", path_of(&error.path));
                self.part(&name, &place, error.message, error.remedy);
            }
        }
    }

    fn no_list(&mut self, name: &str, place: &str, list: &str, data: &GuideData) {
        let remedy = nearest(list, data.lists.keys().map(String::as_str)).map_or_else(
            || {
                "Use the name of a list of the guide, such as clients, projects, products."
                    .to_owned()
            },
            |other| format!("Did you mean `{other}`?"),
        );
        let shown: String = list.chars().take(60).collect();
        self.part(
            name,
            place,
            format!("no rule looks for a list `{shown}`"),
            remedy,
        );
    }
}

fn room(data: &GuideData) -> usize {
    let there: usize = data.lists.values().map(|list| list.entries.len()).sum();
    MOST_ENTRIES.saturating_sub(there)
}

/// The guide as if this had been its `company.toml`.
///
/// Names belong to a company: a list of names that the vocabulary does not have is empty. Lists of
/// words ("for internal use only") stay where the vocabulary has no list of that name, and where
/// the guide's own words say the old company's name, they now say the new one's.
fn with_vocabulary(mut data: GuideData, vocabulary: Vocabulary) -> GuideData {
    for list in data.lists.values_mut() {
        if list.kind == ListKind::Names {
            list.entries.clear();
        }
    }
    if vocabulary.has_company {
        let company = vocabulary.data.company;
        let old = std::mem::replace(&mut data.company, company).name;
        if let Some(renaming) = Renaming::new(&old, &data.company.name) {
            renaming.guide(&mut data);
        }
    }
    for (name, mut list) in vocabulary.data.lists {
        if !vocabulary.with_kind.contains(&name)
            && let Some(known) = data.lists.get(&name)
        {
            list.kind = known.kind;
        }
        data.lists.insert(name, list);
    }
    data
}

/// The old company's name becomes the new one's.
struct Renaming {
    old: String,
    old_lower: String,
    new: String,
    /// Without what cannot stand in a hashtag, a handle or an address.
    new_joined: String,
}

impl Renaming {
    fn new(old: &str, new: &str) -> Option<Self> {
        let new_joined: String = new.chars().filter(|c| c.is_alphanumeric()).collect();
        if old.is_empty() || old == new || new_joined.is_empty() || new.len() > 80 {
            return None;
        }
        Some(Self {
            old: old.to_owned(),
            old_lower: old.to_ascii_lowercase(),
            new: new.to_owned(),
            new_joined,
        })
    }

    fn guide(&self, data: &mut GuideData) {
        for list in data.lists.values_mut() {
            for entry in &mut list.entries {
                if let Entry::Plain(term) = entry {
                    self.term(term);
                }
            }
        }
        for section in &mut data.sections {
            for texts in [&mut section.title, &mut section.quote, &mut section.body] {
                self.text(&mut texts.es);
                self.text(&mut texts.en);
            }
        }
        // A rule on how the old name is spelt has nothing to say of the new one.
        data.rules
            .retain(|rule| !rule.find.iter().all(|matcher| self.spells(matcher)));
        for rule in &mut data.rules {
            for say in [&mut rule.say.es, &mut rule.say.en] {
                self.text(&mut say.title);
                self.text(&mut say.message);
            }
            if let Some(fix) = &mut rule.fix {
                for texts in [&mut fix.replace, &mut fix.insert].into_iter().flatten() {
                    self.text(&mut texts.es);
                    self.text(&mut texts.en);
                }
            }
            for matchers in [
                &mut rule.find,
                &mut rule.near,
                &mut rule.unless,
                &mut rule.missing,
            ] {
                self.matchers(matchers);
            }
        }
        for protected in &mut data.protected {
            self.matchers(&mut protected.find);
        }
    }

    fn spells(&self, matcher: &Matcher) -> bool {
        let pattern = matcher.pattern.as_deref().unwrap_or_default();
        pattern.contains(&self.old) || pattern.contains(&self.old_lower)
    }

    fn matchers(&self, matchers: &mut [Matcher]) {
        for matcher in matchers {
            for term in matcher.terms.iter_mut().flatten() {
                self.term(term);
            }
            for inner in [&mut matcher.any, &mut matcher.all].into_iter().flatten() {
                self.matchers(inner);
            }
        }
    }

    /// A term that would become too long stays as it was: it finds nothing, and harms nobody.
    fn term(&self, term: &mut String) {
        let mut renamed = term.clone();
        self.text(&mut renamed);
        if renamed.len() <= validate::LONGEST_TERM
            && spellings::Split::new(&renamed).len() <= terms::MOST_WORDS
        {
            *term = renamed;
        }
    }

    fn text(&self, text: &mut String) {
        if !text.contains(&self.old) && !text.contains(&self.old_lower) {
            return;
        }
        let mut out = String::with_capacity(text.len());
        for word in text.split_inclusive(char::is_whitespace) {
            let joined = word.contains(['#', '@', '/']) || word.trim_end().contains(".example");
            let new = if joined { &self.new_joined } else { &self.new };
            let lower = new.to_ascii_lowercase();
            out.push_str(
                &word
                    .replace(&self.old, new)
                    .replace(&self.old_lower, &lower),
            );
        }
        *text = out;
    }
}
