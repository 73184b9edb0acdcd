//! Words, sentences, and the readings of disguised words.
//!
//! A [`Word`] is what stands in the text. A [`Reading`] is another way to read a stretch of
//! words: `#BlueBird` as "bluebird", `B l u e b i r d` as one word, `p4ssw0rd` with its letters,
//! `fuuuuck` with fewer. Terms are looked up through both, so a disguise costs a few more
//! look-ups and no rule has to know of it.

use super::fold::Folded;
use super::script::Script;

/// A word of a draft.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// First byte in the draft.
    pub start: u32,
    /// Past the last byte in the draft.
    pub end: u32,
    /// Its folded form: a stretch of [`Words::keys`].
    key: (u32, u32),
    /// The sentence (or line) that it stands in, from 0.
    pub sentence: u32,
    /// Starts with a capital.
    pub capital: bool,
    /// Has two letters or more, all of them capitals.
    pub shouted: bool,
    /// The first word of its sentence.
    pub opens: bool,
    /// Punctuation stands between the word before and this one.
    pub gap: bool,
    /// What of it may belong to a name: `&`, or the first sign that keeps phrases apart.
    pub sign: Option<char>,
    /// The sign is the full stop of an abbreviation or the comma before a company's legal form: a
    /// name goes on behind it.
    pub goes_on: bool,
    /// What kind of chunk it stands in.
    pub place: Place,
}

/// What kind of chunk of text a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Prose.
    Prose,
    /// A `#hashtag` or an `@handle`.
    Tag,
    /// A link or an e-mail address.
    Link,
}

/// Another way to read the words `first..last`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// First word.
    pub first: u32,
    /// Past the last word.
    pub last: u32,
    key: (u32, u32),
    /// How it was come by.
    pub how: How,
}

/// How a reading was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// Written apart: `Blue-bird`, `#BlueBird`, `B l u e b i r d`.
    Joined,
    /// Digits and signs for letters: `p4ssw0rd`.
    Leet,
    /// Letters repeated: `fuuuck`.
    Repeated,
    /// Two letters with a full stop behind each: `J.P.`, `S.A.`.
    Initials,
    /// Letters hidden: `f*ck`. The key holds `*` for each.
    Masked,
    /// Mistyped: `bicth`. No reading of the text: found when a word is looked up.
    Slip,
}

impl Word {
    /// Whether it may be another word mistyped: no name, tag or link.
    pub(crate) fn may_be_a_slip(&self) -> bool {
        self.place == Place::Prose && (!self.capital || self.opens || self.shouted)
    }
}

/// A letter of a word that has letters of more than one kind, or of a kind that people write
/// without spaces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter {
    /// The word that it stands in.
    pub word: u32,
    /// Where it begins in the draft.
    pub start: u32,
    /// Where it begins in [`Words::keys`].
    key: u32,
    /// Its kind.
    pub script: Script,
}

/// A draft's words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    keys: String,
    /// In the order of the text.
    pub list: Vec<Word>,
    /// Ordered by their first word.
    pub readings: Vec<Reading>,
    /// The letters of words in which another word may begin or end without a space, by word.
    letters: Vec<Letter>,
}

/// Words of one letter aside, those after which a full stop ends no phrase.
const ABBREVIATIONS: [&str; 19] = [
    "bros", "cia", "co", "corp", "dr", "dra", "fa", "hnos", "inc", "jr", "ltd", "mr", "mrs", "ms",
    "sr", "sra", "st", "sta", "sto",
];
/// Words of one letter aside (S.A.), the legal forms before which people write a comma or none.
const LEGAL_FORMS: [&str; 22] = [
    "ag",
    "bv",
    "co",
    "corp",
    "gmbh",
    "inc",
    "incorporated",
    "kg",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "plc",
    "sa",
    "sas",
    "sau",
    "sl",
    "slu",
    "spa",
    "srl",
    "sll",
];

/// A joined reading longer than this is nobody's word, in bytes.
const LONGEST_READING: usize = 48;

/// Whether a word is a company's legal form: "ltd", "sa".
pub(crate) fn is_legal_form(word: &str) -> bool {
    LEGAL_FORMS.contains(&word)
}

fn is_apostrophe(character: char) -> bool {
    character == '\'' || character == '`'
}

/// Punctuation that keeps what stands left and right of it apart even without a space.
pub(crate) fn keeps_apart(character: char) -> bool {
    matches!(
        character,
        '/' | ',' | ';' | ':' | '(' | ')' | '[' | ']' | '"' | '?' | '&' | '=' | '<' | '>'
    )
}

impl Words {
    /// Cuts a folded text into words. Linear in its length.
    pub(crate) fn new(folded: &Folded) -> Self {
        let mut words = Self {
            keys: String::with_capacity(folded.text.len()),
            ..Self::default()
        };
        words.list.reserve(folded.text.len() / 5);
        let text = folded.text.as_str();
        let mut cursor = Cursor {
            sentence: 0,
            last_end: 0,
        };
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let skipped = rest.len() - rest.trim_start().len();
            let start = at + skipped;
            let rest = &text[start..];
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if length > 0 {
                words.chunk(folded, start, start + length, &mut cursor);
            }
            at = start + length.max(1);
            if length == 0 {
                break;
            }
        }
        words.spaced_letters();
        crate::sort::by_key(&mut words.readings, |reading| {
            (reading.first, reading.last, reading.key)
        });
        words
    }

    /// A word's folded form.
    pub(crate) fn key(&self, word: &Word) -> &str {
        self.keys
            .get(word.key.0 as usize..word.key.1 as usize)
            .unwrap_or_default()
    }

    /// A reading's folded form.
    pub(crate) fn reading_key(&self, reading: &Reading) -> &str {
        self.keys
            .get(reading.key.0 as usize..reading.key.1 as usize)
            .unwrap_or_default()
    }

    /// The words of which some byte lies in `start..end`, as a range of [`Self::list`].
    pub(crate) fn covering(&self, start: u32, end: u32) -> (u32, u32) {
        let first = self.list.partition_point(|word| word.end <= start);
        let last = self
            .list
            .partition_point(|word| word.start < end)
            .max(first);
        (to_u32(first), to_u32(last))
    }

    /// The readings that begin with a word.
    pub(crate) fn readings_from(&self, first: u32) -> &[Reading] {
        let start = self
            .readings
            .partition_point(|reading| reading.first < first);
        let rest = self.readings.get(start..).unwrap_or_default();
        let count = rest
            .iter()
            .take_while(|reading| reading.first == first)
            .count();
        rest.get(..count).unwrap_or_default()
    }

    /// The letters of a word in which another may begin or end; most words have none.
    pub(crate) fn letters(&self, word: u32) -> &[Letter] {
        if self.letters.is_empty() {
            return &[];
        }
        let start = self.letters.partition_point(|letter| letter.word < word);
        let end = self.letters.partition_point(|letter| letter.word <= word);
        self.letters.get(start..end).unwrap_or_default()
    }

    /// The folded form of a word's letters from one up to another; `None` is the word's end.
    pub(crate) fn between(&self, word: &Word, from: &Letter, until: Option<&Letter>) -> &str {
        let end = until.map_or(word.key.1, |letter| letter.key);
        self.keys
            .get(from.key as usize..end as usize)
            .unwrap_or_default()
    }

    fn push_key(&mut self, build: impl FnOnce(&mut String)) -> (u32, u32) {
        let start = self.keys.len();
        build(&mut self.keys);
        (to_u32(start), to_u32(self.keys.len()))
    }

    /// One stretch without white space.
    fn chunk(&mut self, folded: &Folded, start: usize, end: usize, cursor: &mut Cursor) {
        let text = &folded.text[start..end];
        let link = is_link(text);
        let first_of_chunk = self.list.len();
        let mut characters = text.char_indices().peekable();
        // Whether all that stands between this word and the one before in the chunk is glue.
        let mut glued = false;
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let mut before = None;
        while let Some((offset, character)) = characters.next() {
            if !character.is_alphanumeric() {
                if keeps_apart(character) {
                    glued = false;
                }
                before = Some(character);
                continue;
            }
            let tag = matches!(before, Some('#' | '@'));
            let from = start + offset;
            let mut until = from + character.len_utf8();
            let mut apostrophe = None;
            while let Some(&(offset, next)) = characters.peek() {
                let here = start + offset;
                if next.is_alphanumeric() {
                    until = here + next.len_utf8();
                } else if is_apostrophe(next)
                    && folded.text[here + next.len_utf8()..end]
                        .chars()
                        .next()
                        .is_some_and(char::is_alphabetic)
                {
                    apostrophe = Some(here);
                    until = here + next.len_utf8();
                } else {
                    break;
                }
                characters.next();
            }
            before = None;
            // The possessive is not part of the name: "client's" marks and finds "client".
            if let Some(mark) = apostrophe
                && &folded.text[mark + 1..until] == "s"
            {
                until = mark;
            }
            let place = if link {
                Place::Link
            } else if tag {
                Place::Tag
            } else {
                Place::Prose
            };
            let first = self.list.len();
            self.parts(folded, from, until, place, cursor);
            if !glued || runs.is_empty() {
                runs.push((first, self.list.len()));
            } else if let Some(run) = runs.last_mut() {
                run.1 = self.list.len();
            }
            glued = true;
        }
        if link {
            return;
        }
        for (first, last) in runs {
            self.join(first, last);
        }
        self.leet(text, first_of_chunk);
    }

    /// One word, or the parts of a `CamelCaseTag`.
    fn parts(
        &mut self,
        folded: &Folded,
        from: usize,
        until: usize,
        place: Place,
        cursor: &mut Cursor,
    ) {
        let mut start = from;
        let text = &folded.text[from..until];
        if place != Place::Link && folded.upper[from..until].iter().skip(1).any(|upper| *upper) {
            let mut previous: Option<(usize, bool)> = None;
            let mut boundaries = Vec::new();
            for (offset, character) in text.char_indices() {
                let at = from + offset;
                let upper = folded.upper[at];
                if let Some((before, before_upper)) = previous
                    && character.is_alphabetic()
                {
                    if upper && !before_upper {
                        boundaries.push(at);
                    } else if !upper && before_upper && before > start {
                        // "IBMCloud": the last capital of a run starts the next part.
                        boundaries.push(before);
                    }
                }
                previous = Some((at, upper));
            }
            boundaries.dedup();
            // Outside tags a capital inside a word ("iPhone", "McDonald") is its spelling;
            // longer parts are words written together.
            let long = {
                let mut last = from;
                boundaries.iter().chain([&until]).all(|&next| {
                    let length = next - last;
                    last = next;
                    length >= 3
                })
            };
            if place == Place::Tag || long {
                for boundary in boundaries {
                    if boundary > start {
                        self.word(folded, start, boundary, place, cursor);
                        start = boundary;
                    }
                }
            }
        }
        self.word(folded, start, until, place, cursor);
    }

    fn word(
        &mut self,
        folded: &Folded,
        from: usize,
        until: usize,
        place: Place,
        cursor: &mut Cursor,
    ) {
        let text = &folded.text[from..until];
        let key = self.push_key(|keys| keys.extend(text.chars().filter(|c| !is_apostrophe(*c))));
        let capital = folded.upper[from];
        let mut letters = 0;
        let shouted = text
            .char_indices()
            .filter(|(_, c)| c.is_alphabetic())
            .inspect(|_| letters += 1)
            .all(|(offset, _)| folded.upper[from + offset])
            && letters >= 2;
        let between = &folded.text[cursor.last_end..from];
        let first = self.list.is_empty();
        let Break {
            sentence: ends_sentence,
            gap,
            sign,
        } = if first {
            Break::default()
        } else {
            Break::new(between, capital)
        };
        let goes_on = gap && !between.contains('\n') && {
            let before = self.list.last().map_or("", |word| self.key(word));
            let word = self
                .keys
                .get(key.0 as usize..key.1 as usize)
                .unwrap_or_default();
            match sign {
                Some('.') => before.len() == 1 || ABBREVIATIONS.contains(&before),
                Some(',') => word.len() == 1 || is_legal_form(word),
                Some(';') => before == "amp",
                _ => false,
            }
        };
        if ends_sentence {
            cursor.sentence += 1;
        }
        cursor.last_end = until;
        let (start, end) = folded.original(from, until);
        self.list.push(Word {
            start,
            end,
            key,
            sentence: cursor.sentence,
            capital,
            shouted,
            opens: first || ends_sentence,
            gap,
            sign,
            goes_on,
            place,
        });
        self.spell(folded, from, until, key.0);
        self.repeated(text);
    }

    /// Remembers the letters of the last word, if one of them is of another kind than Latin.
    fn spell(&mut self, folded: &Folded, from: usize, until: usize, key: u32) {
        let (start, end) = (to_u32(from), to_u32(until));
        let first = folded.foreign.partition_point(|stretch| stretch.1 <= start);
        let mut foreign = folded.foreign[first..].iter().peekable();
        let text = &folded.text[from..until];
        // "NorthmereTM", typed where the sign is not on the keyboard.
        let mark = text.strip_suffix("tm").map(|name| from + name.len());
        let mark = mark.filter(|&at| {
            at > from && !folded.upper[at - 1] && folded.upper[at..until].iter().all(|upper| *upper)
        });
        if foreign.peek().is_none_or(|stretch| stretch.0 >= end) && mark.is_none() {
            return;
        }
        let word = to_u32(self.list.len() - 1);
        let mut key = key;
        for (offset, character) in text.char_indices() {
            if is_apostrophe(character) {
                continue;
            }
            let at = to_u32(from + offset);
            while foreign.next_if(|stretch| stretch.1 <= at).is_some() {}
            let script = foreign
                .peek()
                .filter(|stretch| stretch.0 <= at)
                .map_or(Script::Latin, |stretch| stretch.2);
            let script = match mark {
                Some(mark) if mark <= from + offset => Script::Raised,
                _ => script,
            };
            self.letters.push(Letter {
                word,
                start: folded.origin[from + offset],
                key,
                script,
            });
            key += to_u32(character.len_utf8());
        }
    }

    /// `fuuuck`: the last word with its repeated letters once, and twice.
    fn repeated(&mut self, text: &str) {
        let mut run = 0;
        let mut previous = None;
        let long_run = text.chars().any(|c| {
            run = if previous == Some(c) && c.is_alphabetic() {
                run + 1
            } else {
                1
            };
            previous = Some(c);
            run >= 3
        });
        if !long_run {
            return;
        }
        for keep in [1, 2] {
            let key = self.push_key(|keys| {
                let mut run = 0;
                let mut previous = None;
                for c in text.chars() {
                    run = if previous == Some(c) { run + 1 } else { 1 };
                    previous = Some(c);
                    if run <= keep {
                        keys.push(c);
                    }
                }
            });
            let last = to_u32(self.list.len());
            self.readings.push(Reading {
                first: last - 1,
                last,
                key,
                how: How::Repeated,
            });
        }
    }

    /// The words `first..last`, which only glue keeps apart, read as one; and so each pair and
    /// triple of a short run, for names inside tags.
    fn join(&mut self, first: usize, last: usize) {
        let count = last - first;
        if count < 2 {
            return;
        }
        self.joined(first, last);
        let initial = |word: &Word| word.key.1 - word.key.0 == 1;
        if count == 2 && self.list[first..last].iter().all(initial) {
            self.read_as_one(first, last, How::Initials);
        }
        if (3..=8).contains(&count) {
            for length in 2..=3.min(count - 1) {
                for start in first..=last - length {
                    self.joined(start, start + length);
                }
            }
        }
    }

    fn joined(&mut self, first: usize, last: usize) {
        let length: usize = self.list[first..last]
            .iter()
            .map(|word| (word.key.1 - word.key.0) as usize)
            .sum();
        if (3..=LONGEST_READING).contains(&length) {
            self.read_as_one(first, last, How::Joined);
        }
    }

    fn read_as_one(&mut self, first: usize, last: usize, how: How) {
        let start = self.keys.len();
        for at in first..last {
            let key = self.list[at].key;
            self.keys.extend_from_within(key.0 as usize..key.1 as usize);
        }
        let key = (to_u32(start), to_u32(self.keys.len()));
        self.readings.push(Reading {
            first: to_u32(first),
            last: to_u32(last),
            key,
            how,
        });
    }

    /// `B l u e b i r d`: runs of three single letters or more read as one word.
    fn spaced_letters(&mut self) {
        let single = |word: &Word| word.key.1 - word.key.0 == 1;
        let mut at = 0;
        while at < self.list.len() {
            let run = self.list[at..]
                .iter()
                .take_while(|word| single(word))
                .count();
            if run >= 3 {
                self.joined(at, at + run);
                if run >= 4 {
                    // "a b i t c h", "w o m a n I": a word of one letter beside it.
                    self.joined(at + 1, at + run);
                    self.joined(at, at + run - 1);
                }
                // A wider space is the end of a word: "b l u e   b i r d".
                let mut start = at;
                for next in at + 1..at + run {
                    let between = (self.list[next - 1].end, self.list[next].start);
                    if between.1.saturating_sub(between.0) >= 2 {
                        if next - start >= 3 {
                            self.joined(start, next);
                        }
                        start = next;
                    }
                }
                if start > at && at + run - start >= 3 {
                    self.joined(start, at + run);
                }
            }
            at += run.max(1);
        }
    }

    /// Digits and signs for letters, and letters hidden behind signs, in one chunk.
    fn leet(&mut self, chunk: &str, first: usize) {
        let last = self.list.len();
        let signs = |c: char| {
            c.is_ascii_digit() || matches!(c, '@' | '$' | '!' | '|' | '+' | '*' | '#' | '%')
        };
        if first == last || chunk.len() > LONGEST_READING || !chunk.contains(signs) {
            return;
        }
        let core = chunk
            .trim_start_matches(['"', '\'', '(', '¡', '¿', '[', '#', '-'])
            .trim_end_matches(['.', ',', ';', ':', '?', '!', ')', '"', '\'', ']', '-']);
        if !core.contains(signs) || !core.contains(|c: char| c.is_ascii_alphabetic()) {
            return;
        }
        let (first, last) = (to_u32(first), to_u32(last));
        // A sign in front is a handle or a hashtag, no hidden letter.
        let masked =
            core.starts_with(char::is_alphabetic) && core.contains(['*', '#', '%', '@', '$', '!']);
        let letters = core.chars().filter(|c| c.is_alphabetic()).count();
        if masked && letters >= 2 && core.chars().all(|c| c.is_alphabetic() || signs(c)) {
            let key = self.push_key(|keys| {
                keys.extend(
                    core.chars()
                        .map(|c| if c.is_alphabetic() { c } else { '*' }),
                );
            });
            self.readings.push(Reading {
                first,
                last,
                key,
                how: How::Masked,
            });
        }
        for one in ['i', 'l'] {
            let start = self.keys.len();
            let mut readable = true;
            let mut ambiguous = false;
            for c in core.chars() {
                let letter = match c {
                    '0' => 'o',
                    '3' => 'e',
                    '4' | '@' => 'a',
                    '5' | '$' => 's',
                    '7' | '+' => 't',
                    '8' => 'b',
                    '9' => 'g',
                    '1' | '!' | '|' => {
                        ambiguous = true;
                        one
                    }
                    '-' | '_' | '.' | '·' | '\'' => continue,
                    c if c.is_alphabetic() => c,
                    _ => {
                        readable = false;
                        break;
                    }
                };
                self.keys.push(letter);
            }
            if !readable || self.keys.len() - start < 3 {
                self.keys.truncate(start);
                return;
            }
            let key = (to_u32(start), to_u32(self.keys.len()));
            self.readings.push(Reading {
                first,
                last,
                key,
                how: How::Leet,
            });
            if !ambiguous {
                return;
            }
        }
    }
}

struct Cursor {
    sentence: u32,
    /// Where the last word ended in the folded text.
    last_end: usize,
}

/// What stands between two words.
#[derive(Debug, Default)]
struct Break {
    /// It ends a sentence.
    sentence: bool,
    /// It keeps a phrase apart.
    gap: bool,
    /// What of it may belong to a name.
    sign: Option<char>,
}

impl Break {
    fn new(between: &str, next_capital: bool) -> Self {
        if matches!(between, "" | " ") {
            return Self::default();
        }
        let mut gap = false;
        let mut lines = 0;
        let mut spaced = false;
        let mut stop = None;
        let mut apart = None;
        let mut and = false;
        for c in between.chars() {
            match c {
                '\n' => {
                    lines += 1;
                    spaced = true;
                }
                '.' | '!' | '?' => {
                    stop = Some(c);
                    apart = apart.or(stop);
                }
                '&' | '+' => and = true,
                c if c.is_whitespace() => spaced = true,
                ',' | ';' | ':' | '(' | ')' | '[' | ']' | '{' | '}' | '|' => {
                    gap = true;
                    apart = apart.or(Some(c));
                }
                _ => {}
            }
        }
        let mut sentence = lines > 0;
        gap |= lines > 1;
        if let Some(stop) = stop
            && spaced
        {
            gap = true;
            // "approx. two" and "wait... what" go on.
            sentence |= stop != '.' || next_capital || between.contains(['¿', '¡', '"', '#', '@']);
        }
        gap &= spaced;
        Self {
            sentence,
            gap,
            sign: if and {
                Some('&')
            } else {
                apart.filter(|_| gap)
            },
        }
    }
}

/// Whether a chunk is a link or an e-mail address.
fn is_link(chunk: &str) -> bool {
    if chunk.contains("://") || chunk.starts_with("www.") {
        return true;
    }
    chunk.find('@').is_some_and(|at| {
        at > 0
            && chunk[..at].ends_with(|c: char| c.is_alphanumeric())
            && chunk[at + 1..].contains('.')
            && chunk[at + 1..].starts_with(|c: char| c.is_alphanumeric())
    })
}

fn to_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> (Vec<String>, Vec<String>) {
        let words = Words::new(&Folded::new(text));
        (
            words
                .list
                .iter()
                .map(|word| words.key(word).to_owned())
                .collect(),
            words
                .readings
                .iter()
                .map(|reading| words.reading_key(reading).to_owned())
                .collect(),
        )
    }

    #[test]
    fn words_and_their_readings() {
        for (text, expected, readings) in [
            ("El cliente, ¡ya!", "el cliente ya", ""),
            ("the client's boss", "the client boss", ""),
            ("don’t O'Brien", "dont obrien", ""),
            ("#ProyectoBluebird", "proyecto bluebird", "proyectobluebird"),
            ("@IBMCloud", "ibm cloud", "ibmcloud aibmcloud"),
            ("iPhone", "iphone", ""),
            ("BlueBird", "blue bird", "bluebird"),
            ("Blue-bird", "blue bird", "bluebird"),
            ("Blue🐦bird", "blue bird", "bluebird"),
            ("B l u e", "b l u e", "blue blu lue"),
            ("b.l.u.e", "b l u e", "bl blu blue lu lue ue"),
            ("p4ssw0rd", "p4ssw0rd", "password"),
            ("sh1t", "sh1t", "shit shlt"),
            ("fuuuck", "fuuuck", "fuck fuuck"),
            ("f*ck!", "f ck", "fck f*ck"),
            ("and/or", "and or", ""),
            ("https://x.com/Faro-Team", "https x com faro team", ""),
        ] {
            let (words, mut others) = cut(text);
            assert_eq!(words.join(" "), expected, "{text}");
            let mut wanted: Vec<_> = readings.split_whitespace().map(str::to_owned).collect();
            wanted.sort();
            others.sort();
            others.dedup();
            wanted.retain(|reading| reading.len() >= 3);
            assert_eq!(others, wanted, "{text}");
        }
    }

    #[test]
    fn sentences_and_gaps() {
        let words = Words::new(&Folded::new(
            "Hola, Ana. Vino approx. dos. ¿Qué?\nNueva línea",
        ));
        let sentences: Vec<_> = words.list.iter().map(|word| word.sentence).collect();
        assert_eq!(sentences, [0, 0, 1, 1, 1, 2, 3, 3]);
        let gaps: Vec<_> = words.list.iter().map(|word| word.gap).collect();
        assert_eq!(gaps, [false, true, true, false, true, true, true, false]);
    }

    proptest! {
        #[test]
        fn words_lie_on_boundaries_in_order(text in any::<String>()) {
            let words = Words::new(&Folded::new(&text));
            let mut last = 0;
            for word in &words.list {
                prop_assert!(word.start >= last && word.end >= word.start);
                prop_assert!(text.is_char_boundary(word.start as usize));
                prop_assert!(text.is_char_boundary(word.end as usize));
                last = word.start;
            }
        }

        #[test]
        fn disguised_text_is_cut_without_panic(text in "[a-zA-Z0-9@$!*#'. \\n-]{0,60}") {
            let words = Words::new(&Folded::new(&text));
            for reading in &words.readings {
                prop_assert!(reading.first < reading.last);
                prop_assert!(reading.last as usize <= words.list.len());
                prop_assert!(!words.reading_key(reading).is_empty());
            }
        }
    }
}
