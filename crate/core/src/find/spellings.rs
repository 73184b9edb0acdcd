//! A listed term's words, and the ways in which people write them.
//!
//! A name is found as its list has it, and in its everyday spellings: `Norvex, S.A.` as "Norvex SA",
//! `J.P. Brix` as "JP Brix", `Bridge Water & Power` as "Bridge Water and Power". A spelling is a
//! sequence of words, and of signs where one has to stand in the draft as well. Readable and hashed
//! lists hold the same spellings.

use std::borrow::Cow;

use crate::guide::data::ListKind;
use crate::text::fold::{Folded, fold, is_meant_without_tilde};
use crate::text::script::Script;
use crate::text::words::{Word, Words, keeps_apart};

/// What stands for `&`, `+` and the words for them.
pub(crate) const AND: &str = "&";
/// The words for it.
const ANDS: [&str; 6] = ["and", "y", "e", "et", "und", "amp"];
/// So many choices between two ways of writing a part of a term are tried with one another;
/// beyond, it is looked for as it is written.
const MOST_CHOICES: usize = 5;

/// Whether a word says `&`.
pub(crate) fn is_and(word: &str) -> bool {
    ANDS.contains(&word)
}

/// A word without the signs that stand raised behind it, if it has any; and whether a number is among
/// them.
fn without_signs(words: &Words, at: usize) -> (Option<String>, bool) {
    let letters = words.letters(u32::try_from(at).unwrap_or(u32::MAX));
    let Some(word) = words.list.get(at).filter(|_| !letters.is_empty()) else {
        return (None, false);
    };
    let mut bare = String::new();
    let mut numbered = false;
    for (nth, letter) in letters.iter().enumerate() {
        let text = words.between(word, letter, letters.get(nth + 1));
        if letter.script == Script::Raised {
            numbered |= text.contains(|c: char| c.is_ascii_digit());
        } else {
            bare.push_str(text);
        }
    }
    let differs = !bare.is_empty() && bare.len() < words.key(word).len();
    (differs.then_some(bare), numbered)
}

/// What stands before a word of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// A space, or what makes no difference.
    Open,
    /// No space: `Bateri-Q`, `S.A.`, `BlueBird`.
    Glue,
    /// `&`.
    And,
    /// What keeps phrases apart.
    Sign(char),
}

impl Joint {
    fn new(word: &Word, between: &str) -> Self {
        match word.sign {
            Some('&') => Self::And,
            Some(sign) if !word.goes_on => Self::Sign(sign),
            _ if between.contains(|c: char| c.is_whitespace() || keeps_apart(c)) => Self::Open,
            _ => Self::Glue,
        }
    }
}

/// One of two ways to write a part of a term.
#[derive(Debug, Clone, Copy)]
enum Choice {
    /// The words from the first to before the second as one.
    Join(usize, usize),
    /// No sign before this word.
    Bare(usize),
    /// Another form of a word: its place in [`Split::others`].
    Other(usize),
}

/// A term's folded words, one after the other in one text: a guide has thousands of terms, and
/// loads whenever the browser wakes the background. A word's final `*` stays.
#[derive(Debug, Default)]
pub(crate) struct Split {
    text: String,
    /// Where each word ends.
    ends: Vec<usize>,
    /// What stands before each word; none where all is open.
    joints: Vec<Joint>,
    /// Other forms of words, by place: `Moodys` for `Moody's`, `Northmere` for `Northmere™`.
    others: Vec<(usize, String)>,
}

impl Split {
    pub(crate) fn new(term: &str) -> Self {
        let mut split = Self::default();
        split.read(term);
        split
    }

    /// Takes another term; its memory serves again.
    pub(crate) fn read(&mut self, term: &str) {
        if !self.read_plain(term) {
            self.read_any(term);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The words.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let word = self.text.get(start..end).unwrap_or_default();
            start = end;
            word
        })
    }

    pub(crate) fn last(&self) -> Option<&str> {
        let before = self.ends.len().checked_sub(2);
        let start = before.and_then(|at| self.ends.get(at)).copied();
        self.text.get(start.unwrap_or(0)..)
    }

    /// The words without anything between them.
    pub(crate) fn joined(&self) -> &str {
        &self.text
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.joints.clear();
        self.others.clear();
    }

    fn read_any(&mut self, term: &str) {
        self.clear();
        let folded = Folded::new(term);
        let words = Words::new(&folded);
        let mut before = 0;
        let mut one_letter = false;
        for (at, word) in words.list.iter().enumerate() {
            let (bare, numbered) = without_signs(&words, at);
            // "CO₂" is "CO2" as well, "Lumen™" is no "Lumentm".
            self.text.push_str(
                bare.as_deref()
                    .filter(|_| !numbered)
                    .unwrap_or(words.key(word)),
            );
            if let Some(bare) = bare.filter(|_| numbered) {
                self.others.push((at, bare));
            }
            let rest = term.get(word.end as usize..).unwrap_or_default();
            if rest.starts_with('*') {
                self.text.push('*');
            }
            self.ends.push(self.text.len());
            let between = term.get(before..word.start as usize).unwrap_or_default();
            let initials = word.goes_on && words.key(word).len() == 1 && one_letter;
            one_letter = words.key(word).len() == 1;
            self.joints.push(if initials {
                Joint::Glue
            } else {
                Joint::new(word, between)
            });
            before = word.end as usize;
            self.other_forms(at, &words, term, rest);
        }
    }

    /// How else a word with an apostrophe is written.
    fn other_forms(&mut self, at: usize, words: &Words, term: &str, rest: &str) {
        let Some(word) = words.list.get(at) else {
            return;
        };
        let next: String = rest.chars().take(2).collect();
        if fold(&next) == "'s"
            && let Some(own) = self.last()
        {
            self.others.push((at, format!("{own}s")));
        }
        let written = term.get(word.start as usize..word.end as usize);
        let folded = fold(written.unwrap_or_default());
        if folded.contains('\'') {
            self.others.push((at, folded.replace('\'', " ")));
        }
    }

    /// Calls `out` with every spelling of a term of this kind; the first is the one of the list.
    pub(crate) fn spellings(&self, kind: ListKind, out: &mut dyn FnMut(&[Cow<'_, str>])) {
        let mut out = |spelling: &[Cow<'_, str>]| {
            out(spelling);
            // People write "espana"; they do not write "año" for "ano".
            if spelling.iter().any(|word| word.contains('ñ'))
                && is_meant_without_tilde(spelling.iter().map(AsRef::as_ref))
            {
                let plain = spelling.iter().map(|word| word.replace('ñ', "n").into());
                out(&plain.collect::<Vec<_>>());
            }
        };
        let names = kind == ListKind::Names;
        let words: Vec<&str> = self.iter().collect();
        let inside = |at: usize| at > 0 && at + 1 < words.len();
        let says_and =
            |at: usize| names && inside(at) && words.get(at).is_some_and(|word| is_and(word));
        let choices = self.choices(names, &words, &says_and);
        for bits in 0..1_u32 << choices.len() {
            let chosen = || {
                let choices = choices.iter().enumerate();
                choices.filter_map(|(bit, choice)| (bits >> bit & 1 == 1).then_some(*choice))
            };
            let mut spelling: Vec<Cow<'_, str>> = Vec::with_capacity(words.len());
            for (at, word) in words.iter().enumerate() {
                let bare =
                    chosen().any(|choice| matches!(choice, Choice::Bare(bare) if bare == at));
                match self.joints.get(at) {
                    Some(Joint::Sign(sign)) if !bare => spelling.push(sign.to_string().into()),
                    Some(Joint::And) if names && !bare && !is_and(word) => {
                        spelling.push(AND.into());
                    }
                    _ => {}
                }
                let other = chosen().find_map(|choice| match choice {
                    Choice::Other(other) => {
                        self.others.get(other).filter(|(place, _)| *place == at)
                    }
                    _ => None,
                });
                let word = match other {
                    Some((_, other)) => other.as_str(),
                    None if says_and(at) => AND,
                    None => word,
                };
                let joins = |choice| matches!(choice, Choice::Join(first, last) if (first + 1..last).contains(&at));
                match spelling.last_mut().filter(|_| chosen().any(joins)) {
                    Some(last) => last.to_mut().push_str(word),
                    None => spelling.extend(word.split(' ').map(Cow::from)),
                }
            }
            out(&spelling);
        }
        let joined = self.joined();
        if words.len() > 1 && joined.len() >= 6 && !joined.contains('*') {
            // "ProyectoBluebird" and "#proyectobluebird".
            out(&[joined.into()]);
        }
    }

    fn choices(
        &self,
        names: bool,
        words: &[&str],
        says_and: &impl Fn(usize) -> bool,
    ) -> Vec<Choice> {
        let mut choices = Vec::new();
        if self.joints.is_empty() {
            return choices;
        }
        // "Black Decker", but never "a b" for "A & B".
        let may_drop_and =
            (0..words.len()).all(|at| !says_and(at)) && words.iter().all(|word| word.len() >= 3);
        let mut run = 0;
        for at in 1..=words.len() {
            let joint = self.joints.get(at).copied();
            let digits = |at: usize, end: fn(&str) -> Option<char>| {
                let word = words.get(at).and_then(|word| end(word));
                word.is_some_and(|c| c.is_ascii_digit())
            };
            let numbers = digits(at - 1, |word| word.chars().next_back())
                && digits(at, |word| word.chars().next());
            if names && joint == Some(Joint::Glue) && !numbers {
                continue;
            }
            if at - run > 1 {
                choices.push(Choice::Join(run, at));
            }
            run = at;
            match joint {
                Some(Joint::Sign(_)) => choices.push(Choice::Bare(at)),
                Some(Joint::And) if names && may_drop_and => choices.push(Choice::Bare(at)),
                _ => {}
            }
        }
        if names {
            choices.extend((0..self.others.len()).map(Choice::Other));
        }
        choices.truncate(MOST_CHOICES);
        choices
    }

    /// What nearly all terms are, letters and spaces, at a tenth of the cost. False if there is
    /// more to this one.
    fn read_plain(&mut self, term: &str) -> bool {
        self.clear();
        let mut start = 0;
        let mut characters = term.chars().peekable();
        while let Some(c) = characters.next() {
            let is_first = self.text.len() == start;
            self.text.push(match c {
                ' ' if is_first => continue,
                ' ' => {
                    start = self.text.len();
                    self.ends.push(start);
                    continue;
                }
                'a'..='z' | '0'..='9' | 'ñ' => c,
                // A capital elsewhere may be where a word starts: "BlueBird".
                'A'..='Z' if is_first => c.to_ascii_lowercase(),
                'á' => 'a',
                'é' => 'e',
                'í' => 'i',
                'ó' => 'o',
                'ú' | 'ü' => 'u',
                '*' if !is_first && characters.peek().is_none_or(|&next| next == ' ') => c,
                _ => return false,
            });
        }
        if self.text.len() > start {
            self.ends.push(self.text.len());
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::Stretch;
    use crate::find::hashed::{Hashed, hash_entry};
    use crate::find::terms::{Source, Vocabulary};
    use crate::guide::data::HashedList;

    /// What of a text is found for a listed name, by a readable list; a hashed one must find the same.
    fn found<'t>(name: &str, text: &'t str) -> Vec<&'t str> {
        let mut vocabulary = Vocabulary::default();
        assert!(
            vocabulary.add(name, ListKind::Names, false, Source(0), 0),
            "{name}"
        );
        vocabulary.ready(std::iter::empty());
        let words = Words::new(&Folded::new(text));
        let mut matches = Vec::new();
        vocabulary.find(&words, &mut matches);
        let readable: Vec<Stretch> = matches.iter().map(|found| found.at).collect();

        let key = "000102030405060708090a0b0c0d0e0f";
        let (hashes, count) = hash_entry(
            &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
            name,
        )
        .unwrap_or_else(|| panic!("{name}"));
        let list = Hashed::new(&HashedList {
            key: key.to_owned(),
            words: count,
            hashes: hashes.iter().map(|hash| format!("{hash:016x}")).collect(),
        });
        let mut hashed = Vec::new();
        list.unwrap().find(&words, &mut |at| hashed.push(at));
        let [readable, hashed] = [readable, hashed].map(|stretches| {
            let mut places: Vec<_> = stretches
                .iter()
                .map(|at| (at.start as usize, at.end as usize))
                .collect();
            places.sort_unstable();
            places.dedup();
            places
                .into_iter()
                .map(|(start, end)| &text[start..end])
                .collect::<Vec<_>>()
        });
        assert_eq!(readable, hashed, "{name} in {text}: readable and hashed");
        readable
    }

    #[test]
    fn a_name_with_signs_is_found_as_listed_and_as_people_write_it() {
        for (name, texts) in [
            (
                "J.P. Brix",
                "J.P. Brix|JP Brix|J. P. Brix|J P Brix|j.p. brix|J.P Brix|JP-Brix",
            ),
            ("JP Brix", "J.P. Brix|JP Brix"),
            (
                "J. R. R. Tolven",
                "J.R.R. Tolven|JRR Tolven|J. R. R. Tolven|J R R Tolven",
            ),
            (
                "Norvex, Inc.",
                "Norvex, Inc.|Norvex Inc|Norvex Inc.|NORVEX, INC|Norvex,Inc.",
            ),
            ("Norvex Inc", "Norvex, Inc.|Norvex Inc."),
            (
                "Norvex, S.A.",
                "Norvex, S.A.|Norvex S.A.|Norvex SA|Norvex, SA|Norvex S. A.|Norvex,S.A.",
            ),
            ("Norvex S.A.", "Norvex, S.A.|Norvex SA"),
            (
                "Norvex (Iberia)",
                "Norvex (Iberia)|Norvex Iberia|Norvex Iberia",
            ),
            ("(Norvex) Iberia", "(Norvex) Iberia|Norvex Iberia"),
            ("[Norvex] Labs!", "[Norvex] Labs!|Norvex Labs"),
            (
                "Norvex: Energy",
                "Norvex: Energy|Norvex Energy|Norvex:Energy",
            ),
            ("Norvex! Japan", "Norvex! Japan|Norvex Japan"),
            ("Brix? Labs", "Brix? Labs|Brix Labs"),
            ("Norvex / Brix", "Norvex / Brix|Norvex/Brix|Norvex Brix"),
            (
                "Norvex + Brix",
                "Norvex + Brix|Norvex+Brix|Norvex & Brix|Norvex and Brix|Norvex y Brix",
            ),
            (
                "Bridge Water & Power",
                "Bridge Water & Power|Bridge Water and Power|Bridge Water &amp; Power|\
                 Bridge Water y Power|Bridge Water Power|Bridge Water ＆ Power|#BridgeWaterAndPower",
            ),
            (
                "Bridge Water and Power",
                "Bridge Water & Power|Bridge Water + Power|Bridge Water and Power",
            ),
            (
                "Bridge Water &amp; Power",
                "Bridge Water & Power|Bridge Water and Power",
            ),
            (
                "Calderón y Vise",
                "Calderón & Vise|Calderon y Vise|Calderón and Vise",
            ),
            ("D&G", "D&G|D & G|D and G|D&amp;G"),
            (
                "O'Brix Foods",
                "O'Brix Foods|OBrix Foods|O’Brix Foods|O Brix Foods|O' Brix Foods",
            ),
            (
                "Brixy's Analytics",
                "Brixy's Analytics|Brixys Analytics|Brixy’s Analytics",
            ),
            ("Brixin' Donuts", "Brixin' Donuts|Brixin Donuts"),
            (
                "Bateri-Q Labs",
                "Bateri-Q Labs|BateriQ Labs|Bateri Q Labs|Bateri–Q Labs",
            ),
            (
                "Hi-Tek Solar, S.L.",
                "Hi-Tek Solar SL|HiTek Solar, S.L.|Hi Tek Solar S.L.",
            ),
            ("St. Brix Place", "St. Brix Place|St Brix Place"),
            ("St Brix Place", "St. Brix Place"),
            (
                "BlueBrix Energy",
                "BlueBrix Energy|Bluebrix Energy|Blue Brix Energy",
            ),
            ("Cañabrix S.A.", "Canabrix SA|Cañabrix, S.A."),
            ("Norvex.io", "Norvex.io|norvexio"),
        ] {
            for text in texts.split('|') {
                let draft = format!("Kick-off hoy: {text} ya");
                let found = found(name, &draft);
                let bare = text
                    .trim_start_matches(['(', '[', '#'])
                    .trim_end_matches(['.', ')', '!']);
                assert!(found.contains(&bare), "{name} in {draft}: {found:?}");
            }
        }
    }

    #[test]
    fn a_sign_glued_to_a_name_does_not_hide_it() {
        for sign in [
            "™", "℠", "²", "³", "¹", "ª", "º", "®", "©", "⁴", "ᵀᴹ", "TM", "Ⓡ", "①", "™️", "™'s",
            "™,",
        ] {
            let text = format!("kick-off with Northmere{sign} today");
            assert_eq!(found("Northmere", &text), ["Northmere"], "{text}");
            assert!(found("Northmere™", &text).contains(&"Northmere"), "{text}");
            let listed = format!("Northmere{}", sign.trim_end_matches([',', '\'', 's']));
            assert!(found(&listed, &text).contains(&"Northmere"), "{text}");
            assert_eq!(found(&listed, "at Northmere"), ["Northmere"], "{text}");
            let text = format!("kick-off with Northmere{sign} Energy today");
            assert!(
                !found("Northmere Energy", &text).is_empty() || sign.ends_with(','),
                "{text}"
            );
        }
        assert_eq!(
            found("Northmere™ Energy²", "Northmere Energy"),
            ["Northmere Energy"]
        );
        assert_eq!(
            found("Northmere Cloud", "our Northmere™Cloud"),
            ["Northmere™Cloud"]
        );
        assert_eq!(
            found("CO₂ Brix", "CO2 Brix, CO₂ Brix"),
            ["CO2 Brix", "CO₂ Brix"]
        );
    }

    #[test]
    fn a_name_ends_where_the_script_changes() {
        for (name, text, mark) in [
            (
                "Project Nightjar",
                "Project Nightjarを発表",
                "Project Nightjar",
            ),
            (
                "Project Nightjar",
                "오늘 Project Nightjar를 발표",
                "Project Nightjar",
            ),
            (
                "Project Nightjar",
                "本日Project Nightjarを発表",
                "Project Nightjar",
            ),
            ("Nightjar", "запуск Nightjarом сегодня", "Nightjar"),
            ("Nightjar", "Nightjarу привет", "Nightjar"),
            ("Nightjar", "اليوم Nightjarات", "Nightjar"),
            ("Nightjar", "اليوم الNightjar هنا", "Nightjar"),
            ("Nightjar", "η Nightjarς", "Nightjar"),
            ("Nightjar", "#Nightjarを", "Nightjar"),
            ("한빛전력", "오늘 한빛전력과 계약했습니다", "한빛전력"),
            ("한빛전력", "(주)한빛전력이", "한빛전력"),
            ("한빛", "오늘 한빛과 계약", "한빛"),
            ("한빛 전력", "오늘 한빛 전력과 계약", "한빛 전력"),
            ("諾維能源", "我們今天與諾維能源簽約了", "諾維能源"),
            (
                "ノルベックス",
                "今日はノルベックスと契約しました",
                "ノルベックス",
            ),
            ("株式会社ノルベ", "本日、株式会社ノルベと", "株式会社ノルベ"),
            ("Norvex電力", "本日Norvex電力と契約", "Norvex電力"),
            ("นอร์เว็กซ์", "วันนี้เราเซ็นสัญญากับนอร์เว็กซ์แล้ว", "นอร์เว็กซ์"),
            ("نورفكس", "وقعنا مع نُورفِكس اليوم", "نُورفِكس"),
            ("نورفكس", "وقعنا ونورفكس اليوم", "نورفكس"),
            ("نُورفِكس", "وقعنا مع نورفكس", "نورفكس"),
        ] {
            assert_eq!(found(name, text), [mark], "{name} in {text}");
        }
    }

    #[test]
    fn what_is_no_spelling_of_a_name_is_not_found() {
        for (name, text) in [
            ("A & B", "a b"),
            ("A & B", "plan a, b"),
            ("D&G", "d g"),
            ("Norvex Brix", "Norvex, Brix"),
            ("Norvex Brix", "at Norvex. Brix came"),
            ("Norvex, Brix", "at Norvex. Brix came"),
            ("Norvex! Japan", "at Norvex. Japan is next"),
            ("Norvex 1.5", "Norvex 15"),
            ("Bridge Water & Power", "bridge, water, power"),
            ("ノルベ", "ノルベックス"),
            ("한빛", "오늘 한빛나다 말했다"),
            ("빛전", "한빛전력"),
            ("力", "電力"),
            ("Night", "Nightjarを"),
        ] {
            assert!(found(name, text).is_empty(), "{name} in {text}");
        }
    }

    #[test]
    fn the_short_way_to_cut_a_term_is_the_long_way() {
        for term in [
            "reunión de hoy",
            "Banco Lúmen",
            "despid*",
            "año 2026",
            "q3",
            "a  b",
            " x ",
        ] {
            let [mut short, mut long] = [Split::default(), Split::default()];
            assert!(short.read_plain(term), "{term}");
            long.read_any(term);
            assert_eq!(
                short.iter().collect::<Vec<_>>(),
                long.iter().collect::<Vec<_>>(),
                "{term}"
            );
        }
        for term in ["BlueBird", "don't", "a-b", "#ad", "c++", "*a", "İ"] {
            assert!(!Split::default().read_plain(term), "{term}");
        }
    }
}
