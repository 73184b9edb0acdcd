//! Bank accounts (IBAN) and payment cards.

use super::code::{Code, Starts, compact};
use super::{Shape, Sink, Taken, checks, id, scan};

/// Country, and the form of the account number after the check digits: `n` digits, `a` upper-case
/// letters, `c` either, each after its count. Source: SWIFT, IBAN Registry (ISO 13616).
static COUNTRIES: &[(&str, &str)] = &[
    ("AD", "8n12c"),
    ("AE", "19n"),
    ("AL", "8n16c"),
    ("AT", "16n"),
    ("AZ", "4a20c"),
    ("BA", "16n"),
    ("BE", "12n"),
    ("BG", "4a6n8c"),
    ("BH", "4a14c"),
    ("BI", "23n"),
    ("BR", "23n1a1c"),
    ("BY", "4c4n16c"),
    ("CH", "5n12c"),
    ("CR", "18n"),
    ("CY", "8n16c"),
    ("CZ", "20n"),
    ("DE", "18n"),
    ("DJ", "23n"),
    ("DK", "14n"),
    ("DO", "4c20n"),
    ("EE", "16n"),
    ("EG", "25n"),
    ("ES", "20n"),
    ("FI", "14n"),
    ("FK", "2a12n"),
    ("FO", "14n"),
    ("FR", "10n11c2n"),
    ("GB", "4a14n"),
    ("GE", "2a16n"),
    ("GI", "4a15c"),
    ("GL", "14n"),
    ("GR", "7n16c"),
    ("GT", "24c"),
    ("HN", "4a20n"),
    ("HR", "17n"),
    ("HU", "24n"),
    ("IE", "4a14n"),
    ("IL", "19n"),
    ("IQ", "4a15n"),
    ("IS", "22n"),
    ("IT", "1a10n12c"),
    ("JO", "4a4n18c"),
    ("KW", "4a22c"),
    ("KZ", "3n13c"),
    ("LB", "4n20c"),
    ("LC", "4a24c"),
    ("LI", "5n12c"),
    ("LT", "16n"),
    ("LU", "3n13c"),
    ("LV", "4a13c"),
    ("LY", "21n"),
    ("MC", "10n11c2n"),
    ("MD", "20c"),
    ("ME", "18n"),
    ("MK", "3n10c2n"),
    ("MN", "16n"),
    ("MR", "23n"),
    ("MT", "4a5n18c"),
    ("MU", "4a19n3a"),
    ("NI", "4a20n"),
    ("NL", "4a10n"),
    ("NO", "11n"),
    ("OM", "3n16c"),
    ("PK", "4a16c"),
    ("PL", "24n"),
    ("PS", "4a21c"),
    ("PT", "21n"),
    ("QA", "4a21c"),
    ("RO", "4a16c"),
    ("RS", "18n"),
    ("RU", "14n15c"),
    ("SA", "2n18c"),
    ("SC", "4a20n3a"),
    ("SD", "14n"),
    ("SE", "20n"),
    ("SI", "15n"),
    ("SK", "20n"),
    ("SM", "1a10n12c"),
    ("SO", "19n"),
    ("ST", "21n"),
    ("SV", "4a20n"),
    ("TL", "19n"),
    ("TN", "20n"),
    ("TR", "6n16c"),
    ("UA", "6n19c"),
    ("VA", "18n"),
    ("VG", "4a16n"),
    ("XK", "16n"),
    ("YE", "4a4n18c"),
];

fn country_form(number: &[u8]) -> Option<&'static str> {
    let code = number.get(..2)?;
    let place = COUNTRIES
        .binary_search_by(|(country, _)| country.as_bytes().cmp(code))
        .ok()?;
    COUNTRIES.get(place).map(|(_, form)| *form)
}

/// Whether what follows the check digits has the country's form.
fn has_form(mut account: &[u8], form: &str) -> bool {
    let mut count = 0;
    for b in form.bytes() {
        if b.is_ascii_digit() {
            count = count * 10 + usize::from(b - b'0');
            continue;
        }
        let Some((part, rest)) = account.split_at_checked(count) else {
            return false;
        };
        let fits = part.iter().all(|c| match b {
            b'n' => c.is_ascii_digit(),
            b'a' => c.is_ascii_uppercase(),
            _ => c.is_ascii_alphanumeric(),
        });
        if !fits {
            return false;
        }
        account = rest;
        count = 0;
    }
    account.is_empty()
}

/// The checks of an IBAN in compact form: country, form, MOD 97-10, and the national check digits
/// where the country's own are known (Spain, Belgium).
fn passes(number: &[u8]) -> bool {
    let Some((head, account)) = number.split_at_checked(4) else {
        return false;
    };
    let Some(form) = country_form(number) else {
        return false;
    };
    if !head.iter().skip(2).all(u8::is_ascii_digit) || !has_form(account, form) {
        return false;
    }
    let turned = account.iter().chain(head).copied();
    if checks::mod_97(turned) != Some(1) {
        return false;
    }
    match head.get(..2) {
        Some(b"ES") => checks::es_ccc(account),
        Some(b"BE") => be_account(account),
        _ => true,
    }
}

/// Belgian account numbers: the last two are the rest modulo 97, 97 for none.
fn be_account(account: &[u8]) -> bool {
    let (Some(base), Some(control)) = (account.get(..10), account.get(10..)) else {
        return false;
    };
    let rest = checks::mod_97(base.iter().copied()).unwrap_or(0);
    let expected = if rest == 0 { 97 } else { rest };
    checks::mod_97(control.iter().copied()).is_some_and(|n| n == expected % 97)
}

/// Whether it is an IBAN, whatever stands between its parts.
pub(super) fn is_iban(matched: &str) -> bool {
    passes(&compact(matched))
}

/// Issuer prefixes: first and last of the range, and the lengths. Sources: ISO/IEC 7812, the
/// networks' own lists of ranges.
static ISSUERS: &[(u32, u32, u8, u8)] = &[
    // Visa: 13, 16, 19.
    (4, 4, 13, 19),
    // Mastercard.
    (51, 55, 16, 16),
    (2221, 2720, 16, 16),
    // American Express.
    (34, 34, 15, 15),
    (37, 37, 15, 15),
    // Discover.
    (6011, 6011, 16, 19),
    (644, 649, 16, 19),
    (65, 65, 16, 19),
    // Diners Club.
    (300, 305, 14, 16),
    (3095, 3095, 14, 16),
    (36, 36, 14, 16),
    (38, 39, 14, 16),
    // JCB.
    (35, 35, 16, 19),
    (2131, 2131, 15, 15),
    (1800, 1800, 15, 15),
    // Voyager.
    (8699, 8699, 15, 15),
    // UnionPay, and Discover's share of it.
    (62, 62, 16, 19),
    (81, 81, 16, 19),
    // Maestro.
    (50, 50, 12, 19),
    (56, 58, 12, 19),
    (6304, 6304, 12, 19),
    (6390, 6390, 12, 19),
    (67, 67, 12, 19),
    // Mir, Elo, Troy. RuPay has parts of the others.
    (2200, 2204, 16, 19),
    (636_368, 636_368, 16, 16),
    (9792, 9792, 16, 16),
];

fn has_issuer(number: &[u8]) -> bool {
    ISSUERS.iter().any(|&(first, last, shortest, longest)| {
        let width = first.ilog10() as usize + 1;
        let prefix = number
            .get(..width)
            .unwrap_or_default()
            .iter()
            .fold(0, |sum, &b| sum * 10 + u32::from(b.wrapping_sub(b'0')));
        (first..=last).contains(&prefix)
            && (usize::from(shortest)..=usize::from(longest)).contains(&number.len())
            && (first != 4 || matches!(number.len(), 13 | 16 | 19))
            && (!matches!(first, 36 | 38 | 300 | 3095) || number.len() != 15)
    })
}

fn is_card_number(number: &[u8]) -> bool {
    number.iter().all(u8::is_ascii_digit) && has_issuer(number) && checks::luhn(number)
}

/// Whether it is a card number, whatever stands between its parts.
pub(super) fn is_card(matched: &str) -> bool {
    is_card_number(&compact(matched))
}

/// Words of numbers that are as long as a card's and are none.
#[rustfmt::skip]
const PARCEL: &[&str] = &[
    "tracking", "seguimiento", "localizador", "order", "pedido", "parcel", "shipment", "imei",
    "isbn", "sku", "ean", "awb",
];
#[rustfmt::skip]
const CARD: &[&str] = &[
    "card", "tarjeta", "visa", "mastercard", "amex", "maestro", "credit", "debit", "debito",
    "credito", "pay", "paid", "pagar", "pago", "cvv", "cvc",
];

/// Maestro has numbers of every length from 12 on.
fn is_maestro(number: &[u8]) -> bool {
    matches!(
        number,
        [b'5', b'0' | b'6'..=b'8', ..] | [b'6', b'3' | b'7', ..]
    )
}

/// Finds IBANs and cards.
pub(super) fn find(text: &str, taken: &mut Taken, sink: &mut Sink<'_>) {
    let mut starts = Starts::new(text);
    while let Some(code) = starts.next() {
        if let Some(count) = iban(text, &code, taken) {
            let range = code.range(count);
            starts.skip_to(range.end);
            taken.add(range.clone());
            sink(Shape::Iban, range);
        } else if let Some(count) = card(text, &code, taken) {
            let range = code.range(count);
            starts.skip_to(range.end);
            taken.add(range.clone());
            sink(Shape::Card, range);
        } else if let Some(count) = mistyped(&code) {
            let range = code.range(count);
            starts.skip_to(range.end);
            taken.add(range);
        }
    }
    taken.settle();
}

fn iban(text: &str, code: &Code, taken: &Taken) -> Option<usize> {
    let form = country_form(code.compact(1))?;
    let length = form_length(form) + 4;
    let count = (1..=code.groups()).find(|&count| code.compact(count).len() == length)?;
    let range = code.range(count);
    (passes(code.compact(count)) && !scan::chained_after(text, range.end) && !taken.meets(&range))
        .then_some(count)
}

/// An IBAN with a wrong, missing or surplus digit is nobody's, and no other number either: a country, two
/// check digits and at least ten more, run together or in fours.
fn mistyped(code: &Code) -> Option<usize> {
    let head = code.compact(1);
    country_form(head)?;
    let fours = code
        .lengths(code.groups())
        .take_while(|&length| length == 4)
        .count();
    let count = if head.len() > 4 {
        1
    } else {
        // The last group is what is left, one digit too many and all.
        let rest = code.lengths(code.groups()).nth(fours);
        fours + usize::from(rest.is_some_and(|length| length < 6))
    };
    let number = code.compact(count.max(1));
    (number.len() >= 14
        && number.iter().skip(2).take(2).all(u8::is_ascii_digit)
        && number.iter().filter(|b| b.is_ascii_digit()).count() >= 12
        && !id::is_known(number))
    .then_some(count)
}

fn form_length(form: &str) -> usize {
    form.split(|c: char| !c.is_ascii_digit())
        .filter_map(|count| count.parse::<usize>().ok())
        .sum()
}

fn card(text: &str, code: &Code, taken: &Taken) -> Option<usize> {
    let count = (1..=code.groups()).rev().find(|&count| {
        let number = code.compact(count);
        (12..=19).contains(&number.len())
            && (count == 1
                || code.is_grouped_like(
                    count,
                    "4~4~4~4|4~6~5|4~6~4|5~5~5|4~4~4~4~3|4~4~4~1|4~4~4~2|4~4~4~3|4~4~4|8~8|4~4~5|6~13|4~5~6",
                ))
            && is_card_number(number)
    })?;
    let range = code.range(count);
    if scan::chained_after(text, range.end) || taken.meets(&range) {
        return None;
    }
    let near = scan::words_before(text, range.start, 40);
    // As short as an article number, or of a length that few of its issuer have, a word must say
    // that it is a card.
    let number = code.compact(count);
    let usual = matches!(number.len(), 14..=16) || number.len() > 17 || number.starts_with(b"4");
    if !(usual && (!is_maestro(number) || number.len() >= 16)) && !scan::says(&near, CARD) {
        return None;
    }
    // Printed in fours it is a card, whatever is said of it.
    (count > 1 || !scan::says(&near, PARCEL) || scan::says(&near, CARD)).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    #[test]
    fn countries_are_sorted() {
        assert!(COUNTRIES.is_sorted());
    }

    #[test]
    fn ibans() {
        table(
            Shape::Iban,
            &[
                (
                    "ES91 2100 0418 4502 0005 1332",
                    &["ES91 2100 0418 4502 0005 1332"],
                ),
                (
                    "mi cuenta: ES9121000418450200051332.",
                    &["ES9121000418450200051332"],
                ),
                (
                    "es91-2100-0418-4502-0005-1332 ok",
                    &["es91-2100-0418-4502-0005-1332"],
                ),
                (
                    "ES91 2100 0418 4502 0005 1332 12",
                    &["ES91 2100 0418 4502 0005 1332"],
                ),
                ("ES91 2100 0418 4502 0005 1333", &[]),
                ("ES91 2100 0418 4502 0005 133", &[]),
                (
                    "GB82 WEST 1234 5698 7654 32",
                    &["GB82 WEST 1234 5698 7654 32"],
                ),
                ("DE89370400440532013000", &["DE89370400440532013000"]),
                ("NO93 8601 1117 947", &["NO93 8601 1117 947"]),
                (
                    "MT84MALT011000012345MTLCAST001S",
                    &["MT84MALT011000012345MTLCAST001S"],
                ),
                ("GB82 1234 1234 5698 7654 32", &[]),
                ("XX9121000418450200051332", &[]),
                ("IBAN ES00 0000 0000 0000 0000 0000", &[]),
            ],
        );
    }

    #[test]
    fn what_is_nearly_an_iban_is_no_other_number() {
        for text in [
            "ES91 2100 0418 4502 0005 1333",
            "ES91 2100 0418 4502 0005 133",
            "ES9121000418450200051333",
            "es91-2100-0418-4502-0005-1333",
            "GB82 WEST 1234 5698 7654 33",
            "DE89 3704 0044 0532 0130 01",
            "FR14 2004 1010 0505 0001 3M02 607",
            "PT50 0002 0123 1234 5678 9015 5",
            "ingrésalo en ES91 2100 0418 4502 0005 13321, por favor",
        ] {
            let mut found = Vec::new();
            let numbers = super::super::ShapeSet::of(&[
                Shape::Phone,
                Shape::Card,
                Shape::Iban,
                Shape::NationalId,
                Shape::Number,
            ]);
            super::super::find(text, numbers, &mut |shape, range| {
                found.push((shape, text.get(range)));
            });
            assert_eq!(found, [], "{text}");
        }
        assert_eq!(
            super::super::tests::all(
                Shape::Phone,
                "ES91 2100 0418 4502 0005 1333 o +34 612 345 678"
            ),
            ["+34 612 345 678"],
        );
    }

    #[test]
    fn cards() {
        table(
            Shape::Card,
            &[
                ("4111111111111111", &["4111111111111111"]),
                ("4111 1111 1111 1111, cvv", &["4111 1111 1111 1111"]),
                ("5500-0000-0000-0004", &["5500-0000-0000-0004"]),
                ("3782 822463 10005", &["3782 822463 10005"]),
                ("37828 22463 10005", &["37828 22463 10005"]),
                ("3782 8224 6310 005", &["3782 8224 6310 005"]),
                ("869940000000007", &["869940000000007"]),
                ("30569309025904", &["30569309025904"]),
                (
                    "6011000990139424 3530111333300000",
                    &["6011000990139424", "3530111333300000"],
                ),
                ("2223003122003222", &["2223003122003222"]),
                ("4111111111111112", &[]),
                ("tracking 4111111111111111", &[]),
                ("invoice for 4111 1111 1111 1111", &["4111 1111 1111 1111"]),
                ("card 501800000009", &["501800000009"]),
                ("article 501800000009", &[]),
                ("7111111111111111", &[]),
                ("41111111111111111", &[]),
                ("4111-1111-1111-1111-1", &[]),
                ("https://example.com/4111111111111111", &[]),
            ],
        );
    }
}
