//! Bank accounts (IBAN) and payment cards.

use super::code::{Code, Starts, compact};
use super::{Shape, Sink, Taken, checks, id, scan};

/// Country, and behind it the form of the account number after the check digits: `n` digits, `a`
/// upper-case letters, `c` either, each after its count. Source: SWIFT, IBAN Registry (ISO 13616).
const COUNTRIES: &str = "AD8n12c AE19n AL8n16c AT16n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BI23n BR23n1a1c BY4c4n16c \
    CH5n12c CR18n CY8n16c CZ20n DE18n DJ23n DK14n DO4c20n EE16n EG25n ES20n FI14n FK2a12n \
    FO14n FR10n11c2n GB4a14n GE2a16n GI4a15c GL14n GR7n16c GT24c HN4a20n HR17n HU24n IE4a14n \
    IL19n IQ4a15n IS22n IT1a10n12c JO4a4n18c KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n \
    LU3n13c LV4a13c LY21n MC10n11c2n MD20c ME18n MK3n10c2n MN16n MR23n MT4a5n18c MU4a19n3a \
    NI4a20n NL4a10n NO11n OM3n16c PK4a16c PL24n PS4a21c PT21n QA4a21c RO4a16c RS18n RU14n15c \
    SA2n18c SC4a20n3a SD14n SE20n SI15n SK20n SM1a10n12c SO19n ST21n SV4a20n TL19n TN20n \
    TR6n16c UA6n19c VA18n VG4a16n XK16n YE4a4n18c";

fn country_form(number: &[u8]) -> Option<&'static str> {
    let code = number
        .get(..2)
        .filter(|code| code.iter().all(u8::is_ascii_uppercase))?;
    COUNTRIES
        .split(' ')
        .find(|row| row.as_bytes().starts_with(code))?
        .get(2..)
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
const PARCEL: &str =
    "tracking seguimiento localizador order pedido parcel shipment imei isbn sku ean awb";
const CARD: &str = "card tarjeta visa mastercard amex maestro credit debit debito credito pay paid pagar \
    pago cvv cvc";

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
    fn every_country_has_the_length_that_the_registry_says() {
        for (country, length) in [("AD", 24), ("ES", 24), ("MT", 31), ("NO", 15), ("YE", 30)] {
            let form = country_form(country.as_bytes()).unwrap_or_default();
            assert_eq!(form_length(form) + 4, length, "{country}");
        }
        assert_eq!(country_form(b"XX"), None);
        assert_eq!(COUNTRIES.split(' ').count(), 89);
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
