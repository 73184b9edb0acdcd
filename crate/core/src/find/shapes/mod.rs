//! Shapes: what can be told from its form alone, whatever the company's vocabulary is.
//!
//! A rule says `{shape="iban"}` and means any IBAN, or `{pattern="…", shape="card"}` and means
//! that what its pattern matched must also pass the official check of a card number. The checks
//! are the issuers' own (Luhn, ISO 7064, the letter of a DNI); where a form has none (a phone
//! number), its grouping or a word beside it must speak for it. A shape that cries wolf is worse
//! than none: an order number, a tracking number, a price, a date, a version, a hash in a link
//! are the tests of every family.
//!
//! One file a family; each walks the text once, and not at all where the text cannot hold any of
//! its shapes: no digit, no `@`, no `#`. Everything is linear in the length of the text.

mod bank;
mod checks;
mod code;
mod id;
mod name;
mod net;
mod numeral;
mod phone;
mod place;
mod scan;
mod secret;

use core::ops::Range;

/// What can be told from its form alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub enum Shape {
    /// An e-mail address, also with `[at]` for `@`.
    Email,
    /// A telephone number, unless it is free to call: those are companies'.
    Phone,
    /// An IBAN: country, length, structure and check digits.
    Iban,
    /// A payment card number: issuer, length and Luhn.
    Card,
    /// A Spanish DNI, NIE or personal NIF with its letter.
    Dni,
    /// A Spanish NIF of a company or institution with its control character.
    Cif,
    /// A United States social security number.
    Ssn,
    /// A number of the form of a passport number. Weak: ask for evidence.
    Passport,
    /// An IPv4 or IPv6 address.
    Ip,
    /// The name of a machine inside a network: `.local`, `.corp`, `.internal`, `.intranet`, `.lan`.
    Host,
    /// A postal address: street and number.
    Address,
    /// A password, key, token or another secret.
    Credential,
    /// A sum of money.
    Money,
    /// A percentage.
    Percent,
    /// A number.
    Number,
    /// A calendar date.
    Date,
    /// A web address.
    Link,
    /// `#hashtag`.
    Hashtag,
    /// `@handle`.
    Handle,
    /// One or more words written like a proper name.
    ProperName,
    /// A string as random as a key. Only a check, never found by itself.
    Entropy,
    /// A national identity, tax, health or bank account number with its check digits.
    NationalId,
    /// A company's identifier with its check digits: VAT number, LEI, ISIN.
    CompanyId,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 23] = [
        Self::Email,
        Self::Phone,
        Self::Iban,
        Self::Card,
        Self::Dni,
        Self::Cif,
        Self::Ssn,
        Self::Passport,
        Self::Ip,
        Self::Host,
        Self::Address,
        Self::Credential,
        Self::Money,
        Self::Percent,
        Self::Number,
        Self::Date,
        Self::Link,
        Self::Hashtag,
        Self::Handle,
        Self::ProperName,
        Self::Entropy,
        Self::NationalId,
        Self::CompanyId,
    ];

    /// The shape of this name, as guides write it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }

    /// The name that guides use: `proper-name`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Iban => "iban",
            Self::Card => "card",
            Self::Dni => "dni",
            Self::Cif => "cif",
            Self::Ssn => "ssn",
            Self::Passport => "passport",
            Self::Ip => "ip",
            Self::Host => "host",
            Self::Address => "address",
            Self::Credential => "credential",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Number => "number",
            Self::Date => "date",
            Self::Link => "link",
            Self::Hashtag => "hashtag",
            Self::Handle => "handle",
            Self::ProperName => "proper-name",
            Self::Entropy => "entropy",
            Self::NationalId => "national-id",
            Self::CompanyId => "company-id",
        }
    }

    /// The official check on what a guide's own pattern matched. Spaces and signs between the
    /// parts do not matter; where a shape has no check of its own, what is matched must contain
    /// the shape.
    #[must_use]
    pub fn accepts(self, matched: &str) -> bool {
        match self {
            Self::Iban => bank::is_iban(matched),
            Self::Card => bank::is_card(matched),
            Self::Dni | Self::Cif | Self::Ssn | Self::NationalId | Self::CompanyId => {
                id::passes(self, matched)
            }
            Self::Passport => id::passes(self, matched),
            Self::Phone => phone::is_dialable(matched),
            Self::Entropy => secret::is_random(matched),
            Self::Credential => secret::is_plausible(matched) || self.stands_in(matched),
            _ => self.stands_in(matched),
        }
    }

    fn stands_in(self, matched: &str) -> bool {
        let mut seen = false;
        find(matched, ShapeSet::of(&[self]), &mut |shape, _| {
            seen |= shape == self
        });
        seen
    }
}

/// A set of shapes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct ShapeSet(u32);

impl ShapeSet {
    /// All of them.
    #[cfg(test)]
    pub const ALL: Self = Self::of(&Shape::ALL);

    /// These.
    #[must_use]
    pub const fn of(shapes: &[Shape]) -> Self {
        let mut bits = 0;
        let mut rest = shapes;
        while let [shape, others @ ..] = rest {
            bits |= 1 << *shape as u8;
            rest = others;
        }
        Self(bits)
    }

    /// Adds one.
    pub const fn insert(&mut self, shape: Shape) {
        self.0 |= 1 << shape as u8;
    }

    /// Whether it is in.
    #[must_use]
    pub const fn contains(self, shape: Shape) -> bool {
        self.0 & (1 << shape as u8) != 0
    }

    /// Whether any of the others is in.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Shape> for ShapeSet {
    fn from_iter<I: IntoIterator<Item = Shape>>(shapes: I) -> Self {
        let mut set = Self::default();
        for shape in shapes {
            set.insert(shape);
        }
        set
    }
}

/// Which bytes a text holds at all: tells which families have to look.
struct Signs([bool; 256]);

impl Signs {
    fn of(text: &str) -> Self {
        let mut seen = [false; 256];
        for &b in text.as_bytes() {
            if let Some(seen) = seen.get_mut(usize::from(b)) {
                *seen = true;
            }
        }
        Self(seen)
    }

    fn has(&self, any: &[u8]) -> bool {
        any.iter()
            .any(|&b| self.0.get(usize::from(b)) == Some(&true))
    }
}

/// Where a family reports what it found.
type Sink<'s> = dyn FnMut(Shape, Range<usize>) + 's;

/// Finds the wanted shapes: byte ranges of `text`, always on character boundaries, family by
/// family. Ranges of one shape never overlap each other; ranges of different shapes may (the
/// number in a sum of money).
///
/// Cost: one pass over the text to see which families can be in it, then one pass a family. A
/// number is judged once, by the strongest shape that it fits: what is a card is not a phone.
pub fn find(text: &str, wanted: ShapeSet, found: &mut impl FnMut(Shape, Range<usize>)) {
    if wanted.is_empty() || text.is_empty() {
        return;
    }
    let signs = Signs::of(text);
    let mut sink = |shape: Shape, range: Range<usize>| {
        if wanted.contains(shape) {
            found(shape, range);
        }
    };
    let sink: &mut Sink<'_> = &mut sink;

    const NET: ShapeSet = ShapeSet::of(&[Shape::Link, Shape::Email, Shape::Host, Shape::Ip]);
    const NUMBERS: ShapeSet = ShapeSet::of(&[
        Shape::Phone,
        Shape::Iban,
        Shape::Card,
        Shape::Dni,
        Shape::Cif,
        Shape::Ssn,
        Shape::Passport,
        Shape::NationalId,
        Shape::CompanyId,
        Shape::Money,
        Shape::Percent,
        Shape::Number,
        Shape::Date,
    ]);

    // A number in a link, an address or a date is no other number.
    let mut taken = Taken::default();
    let digit = signs.has(b"0123456789");
    let numbers = digit && wanted.meets(NUMBERS);
    if numbers || wanted.meets(NET) {
        if signs.has(b".:") {
            net::links(text, &mut taken, sink);
        }
        if signs.has(b"@[(") {
            net::emails(text, &mut taken, sink);
        }
        if digit && signs.has(b".") {
            net::addresses_v4(text, &mut taken, sink);
        }
        if signs.has(b":") {
            net::addresses_v6(text, &mut taken, sink);
        }
    }
    if numbers {
        numeral::dates(text, &mut taken, sink);
        if wanted.meets(ShapeSet::of(&[
            Shape::Phone,
            Shape::Iban,
            Shape::Card,
            Shape::Dni,
            Shape::Cif,
            Shape::Ssn,
            Shape::Passport,
            Shape::NationalId,
            Shape::CompanyId,
            Shape::Number,
        ])) {
            bank::find(text, &mut taken, sink);
            id::find(text, &mut taken, sink);
            phone::find(text, &mut taken, sink);
        }
        if wanted.meets(ShapeSet::of(&[Shape::Money, Shape::Percent, Shape::Number])) {
            numeral::find(text, &taken, sink);
        }
    }
    if signs.has(b"#") && wanted.contains(Shape::Hashtag) {
        net::hashtags(text, sink);
    }
    if signs.has(b"@") && wanted.contains(Shape::Handle) {
        net::handles(text, sink);
    }
    if digit && wanted.contains(Shape::Address) {
        place::find(text, sink);
    }
    if wanted.contains(Shape::ProperName) {
        name::find(text, sink);
    }
    if wanted.contains(Shape::Credential) {
        secret::find(text, sink);
    }
}

/// What already is something: no other shape of the families of numbers may use it.
///
/// Sorted and disjoint once settled, so that a question costs a binary search and a text full of
/// numbers stays linear but for the sorting.
#[derive(Default)]
struct Taken {
    settled: Vec<Range<usize>>,
    fresh: Vec<Range<usize>>,
}

impl Taken {
    /// Takes a range; questions see it after [`Self::settle`].
    fn add(&mut self, range: Range<usize>) {
        self.fresh.push(range);
    }

    /// Merges what a family took, in the order of the text, into the rest.
    fn settle(&mut self) {
        if self.fresh.is_empty() {
            return;
        }
        let mut merged = Vec::with_capacity(self.settled.len() + self.fresh.len());
        let mut fresh = self.fresh.drain(..).peekable();
        for range in self.settled.drain(..) {
            while let Some(earlier) = fresh.next_if(|other| other.start < range.start) {
                merged.push(earlier);
            }
            merged.push(range);
        }
        merged.extend(fresh);
        self.settled = merged;
    }

    fn meets(&self, range: &Range<usize>) -> bool {
        let first = self
            .settled
            .partition_point(|taken| taken.end <= range.start);
        self.settled
            .get(first)
            .is_some_and(|taken| scan::overlap(taken, range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found of one shape, as text.
    pub(super) fn all(shape: Shape, text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        find(text, ShapeSet::of(&[shape]), &mut |found, range| {
            assert_eq!(found, shape);
            out.push(text.get(range).unwrap_or("off a boundary"));
        });
        out
    }

    /// A table: text, and what must be found in it, in order.
    pub(super) fn table(shape: Shape, cases: &[(&str, &[&str])]) {
        for (text, expected) in cases {
            assert_eq!(&all(shape, text), expected, "{shape:?} in {text:?}");
        }
    }

    #[test]
    fn names_and_bits_are_one_to_one() {
        for (index, shape) in Shape::ALL.into_iter().enumerate() {
            assert_eq!(shape as usize, index);
            assert_eq!(Shape::from_name(shape.name()), Some(shape));
        }
        assert_eq!(Shape::from_name("e-mail"), None);
    }

    #[test]
    fn ranges_are_on_boundaries_and_never_overlap_within_a_shape() {
        let texts = [
            "“612 345 678”…ñ612345678é 👋+34 612 345 678👋 ES91 2100 0418 4502 0005 1332€",
            "12%€3.5M₿ñ@ñ.com #ñ @ñ 10.0.0.1ª 2026-11-23º C/ Ñuñez 3ª password: ñañañ1!é",
            "\u{200b}4111\u{a0}1111\u{a0}1111\u{a0}1111\u{200b} 00000000T\u{301} https://é.com/ñ?token=ñ",
        ];
        for text in texts {
            for cut in (0..=text.len()).filter(|&cut| text.is_char_boundary(cut)) {
                let text = text.get(cut..).unwrap_or_default();
                let mut seen: Vec<(Shape, Range<usize>)> = Vec::new();
                find(text, ShapeSet::ALL, &mut |shape, range| {
                    assert!(
                        text.get(range.clone())
                            .is_some_and(|found| !found.is_empty())
                    );
                    assert!(
                        !seen
                            .iter()
                            .any(|(other, there)| *other == shape && scan::overlap(there, &range)),
                        "{shape:?} twice at {range:?} in {text:?}"
                    );
                    seen.push((shape, range));
                });
            }
        }
    }

    #[test]
    fn scrambled_drafts_keep_every_promise() {
        const PARTS: &[&str] = &[
            "1",
            "12",
            "612",
            "345",
            "2026",
            "-",
            "/",
            ".",
            ",",
            ":",
            " ",
            "\n",
            "\u{a0}",
            "é",
            "👋",
            "“",
            "(",
            ")",
            "[",
            "+34",
            "€",
            "$",
            "%",
            "@",
            "#",
            "Ana",
            "de",
            "Calle",
            "Mayor",
            "St",
            "ES91",
            "2100",
            "0005",
            "password",
            "contraseña",
            ": ",
            "=",
            "\"",
            "token",
            "is",
            "eyJ",
            "-----BEGIN",
            "PRIVATE KEY-----",
            "http://",
            "www.",
            "x.com",
            ".local",
            "12345678Z",
            "x-",
            "curl -u ",
            "a:b@c",
            "AKIA",
            "1a2B3c4D5e",
            "7Q~",
            "::",
            "de mayo",
            "\u{301}",
            "pin ",
            "wifi",
            "[at]",
            "(dot)",
            "&sig=",
            "ext",
            "0034",
            "millones",
            "euros",
        ];
        // xorshift: the same drafts every time.
        let mut state = 88_172_645_463_325_252_u64;
        let mut below = |most: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % most as u64).unwrap_or(0)
        };
        for _ in 0..5_000 {
            let text: String = (0..below(20)).map(|_| PARTS[below(PARTS.len())]).collect();
            let mut seen: Vec<(Shape, Range<usize>)> = Vec::new();
            find(&text, ShapeSet::ALL, &mut |shape, range| {
                assert!(
                    text.get(range.clone())
                        .is_some_and(|found| !found.is_empty()),
                    "{text:?}"
                );
                let again = |(other, there): &(Shape, Range<usize>)| {
                    *other == shape && scan::overlap(there, &range)
                };
                assert!(
                    !seen.iter().any(again),
                    "{shape:?} twice at {range:?} in {text:?}"
                );
                seen.push((shape, range));
            });
            for shape in Shape::ALL {
                let _ = shape.accepts(&text);
            }
        }
    }

    #[test]
    fn prose_without_signs_holds_nothing() {
        let text = "hoy presentamos con mucha ilusión el resultado de meses de trabajo";
        find(text, ShapeSet::ALL, &mut |shape, range| {
            panic!("{shape:?} {:?}", text.get(range));
        });
    }
}
