//! The check digits, as their issuers define them.
//!
//! Each check takes the number in compact form, upper-case ASCII letters and digits only, of a
//! length and form that the table in [`super::id`] has already matched; on anything else it says
//! no. Sources are named at each; ISO 7064 and Luhn (ISO/IEC 7812-1) are shared.

/// The value of a digit, of a letter from 10 on (ISO 7064), or nothing.
pub(super) fn value(b: u8) -> Option<u32> {
    match b {
        b'0'..=b'9' => Some(u32::from(b - b'0')),
        b'A'..=b'Z' => Some(u32::from(b - b'A') + 10),
        _ => None,
    }
}

/// The value of a digit; of anything else 0. Forms are checked before.
fn digit(b: u8) -> u32 {
    if b.is_ascii_digit() {
        u32::from(b - b'0')
    } else {
        0
    }
}

fn at(number: &[u8], index: usize) -> u8 {
    number.get(index).copied().unwrap_or(0)
}

fn part(number: &[u8], from: usize, until: usize) -> &[u8] {
    number.get(from..until).unwrap_or_default()
}

/// The digits as a number. Callers pass at most 18.
fn integer(digits: &[u8]) -> u64 {
    digits.iter().fold(0_u64, |sum, &b| {
        sum.wrapping_mul(10).wrapping_add(u64::from(digit(b)))
    })
}

/// The sum of the digits, each times its weight.
fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(&b, weight)| digit(b) * weight)
        .sum()
}

fn last_is(number: &[u8], expected: u32) -> bool {
    number
        .last()
        .is_some_and(|&b| b.is_ascii_digit() && digit(b) == expected)
}

/// Luhn, ISO/IEC 7812-1 annex B.
pub(super) fn luhn(number: &[u8]) -> bool {
    luhn_sum(number).is_multiple_of(10)
}

fn luhn_sum(number: &[u8]) -> u32 {
    number
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &b)| {
            let value = digit(b) << (place % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum()
}

/// ISO 7064 MOD 97-10 over digits and letters: the remainder.
pub(super) fn mod_97(characters: impl Iterator<Item = u8>) -> Option<u32> {
    let mut rest = 0;
    for b in characters {
        let value = value(b)?;
        rest = (rest * if value > 9 { 100 } else { 10 } + value) % 97;
    }
    Some(rest)
}

/// ISO 7064 MOD 11,10.
pub(super) fn mod_11_10(number: &[u8]) -> bool {
    let Some((&last, digits)) = number.split_last() else {
        return false;
    };
    let mut check = 10;
    for &b in digits {
        check = (check + digit(b)) % 10;
        check = (if check == 0 { 10 } else { check }) * 2 % 11;
    }
    (check + digit(last)) % 10 == 1
}

/// Verhoeff (Aadhaar).
pub(super) fn verhoeff(number: &[u8]) -> bool {
    const MULTIPLY: [[u8; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const PERMUTE: [[u8; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let check = number
        .iter()
        .rev()
        .enumerate()
        .fold(0_usize, |check, (place, &b)| {
            let permuted = PERMUTE[place % 8][digit(b) as usize % 10];
            usize::from(MULTIPLY[check % 10][usize::from(permuted)])
        });
    check == 0
}

/// Whether `yymmdd` is a day of the calendar (of some century).
fn is_day(year: &[u8], month: &[u8], day: &[u8]) -> bool {
    let days = match integer(month) {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if integer(year).is_multiple_of(4) => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&integer(day))
}

fn is_yymmdd(digits: &[u8]) -> bool {
    is_day(part(digits, 0, 2), part(digits, 2, 4), part(digits, 4, 6))
}

fn is_ddmmyy(digits: &[u8]) -> bool {
    is_day(part(digits, 4, 6), part(digits, 2, 4), part(digits, 0, 2))
}

/// No check but the form.
pub(super) fn form(_: &[u8]) -> bool {
    true
}

// ---- Spain ------------------------------------------------------------------------------------

const DNI_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

fn dni_letter(n: u64) -> u8 {
    DNI_LETTERS[usize::try_from(n % 23).unwrap_or(0)]
}

/// DNI, NIE and NIF K, L, M: RD 1065/2007, Orden EHA/451/2008.
pub(super) fn es_dni(number: &[u8]) -> bool {
    let n = match at(number, 0) {
        b'X' | b'K' | b'L' | b'M' => integer(part(number, 1, 8)),
        b'Y' => 10_000_000 + integer(part(number, 1, 8)),
        b'Z' => 20_000_000 + integer(part(number, 1, 8)),
        b'0'..=b'9' => integer(part(number, 0, 8)),
        _ => return false,
    };
    n != 0 && at(number, 8) == dni_letter(n)
}

/// A DNI without the zeros that it starts with.
pub(super) fn es_dni_short(number: &[u8]) -> bool {
    number.split_last().is_some_and(|(&letter, digits)| {
        let n = integer(digits);
        n != 0 && letter == dni_letter(n)
    })
}

/// NIF of an entity, Orden EHA/451/2008: which control (digit or letter) depends on the entity.
pub(super) fn es_cif(number: &[u8]) -> bool {
    let digits = part(number, 1, 8);
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(place, &b)| {
            if place % 2 == 1 {
                digit(b)
            } else {
                let twice = digit(b) * 2;
                twice / 10 + twice % 10
            }
        })
        .sum();
    let control = (10 - sum % 10) % 10;
    let letter = b"JABCDEFGHI"[control as usize % 10];
    let last = at(number, 8);
    let as_digit = last.is_ascii_digit() && digit(last) == control;
    match at(number, 0) {
        b'A' | b'B' | b'E' | b'H' => as_digit,
        b'N' | b'P' | b'Q' | b'R' | b'S' | b'W' => last == letter,
        b'C' | b'D' | b'F' | b'G' | b'J' | b'U' | b'V' => as_digit || last == letter,
        _ => false,
    }
}

/// Código cuenta cliente: Banco de España, two weighted sums modulo 11.
pub(super) fn es_ccc(number: &[u8]) -> bool {
    const WEIGHTS: [u32; 10] = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let control = |sum: u32| match 11 - sum % 11 {
        10 => 1,
        11 => 0,
        check => check,
    };
    control(weighted(part(number, 0, 8), &WEIGHTS[2..])) == digit(at(number, 8))
        && control(weighted(part(number, 10, 20), &WEIGHTS)) == digit(at(number, 9))
        && integer(part(number, 0, 4)) != 0
}

/// CUPS of an electricity or gas supply: modulo 529, two letters.
pub(super) fn es_cups(number: &[u8]) -> bool {
    let rest = integer(part(number, 2, 18)) % 529;
    at(number, 18) == dni_letter(rest / 23)
        && at(number, 19) == dni_letter(rest % 23)
        && (number.len() == 20 || b"FPCRXYZ".contains(&at(number, 21)))
}

/// Referencia catastral: two control letters over parcel and property (Dirección General del
/// Catastro).
pub(super) fn es_catastro(number: &[u8]) -> bool {
    const WEIGHTS: [u32; 11] = [13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1];
    let control = |seven: &[u8]| {
        let sum: u32 = seven
            .iter()
            .chain(part(number, 14, 18))
            .zip(WEIGHTS)
            .map(|(&b, weight)| {
                weight
                    * match b {
                        // The alphabet holds an Ñ after the N.
                        b'A'..=b'N' => u32::from(b - b'A') + 1,
                        b'O'..=b'Z' => u32::from(b - b'A') + 2,
                        _ => digit(b),
                    }
            })
            .sum();
        b"MQWERTYUIOPASDFGHJKLBZX"[sum as usize % 23]
    };
    control(part(number, 0, 7)) == at(number, 18) && control(part(number, 7, 14)) == at(number, 19)
}

/// Número de la Seguridad Social: modulo 97.
pub(super) fn es_nuss(number: &[u8]) -> bool {
    let province = integer(part(number, 0, 2));
    let serial = integer(part(number, 2, 10));
    let base = if serial < 10_000_000 {
        province * 10_000_000 + serial
    } else {
        province * 100_000_000 + serial
    };
    (1..=66).contains(&province) && serial != 0 && base % 97 == integer(part(number, 10, 12))
}

// ---- United States ----------------------------------------------------------------------------

/// SSN: the Social Security Administration never issued area 000, 666, 900 and above, group 00,
/// serial 0000, and withdrew those that advertisements made known.
pub(super) fn us_ssn(number: &[u8]) -> bool {
    let area = integer(part(number, 0, 3));
    area != 0
        && area != 666
        && area < 900
        && part(number, 3, 5) != b"00"
        && part(number, 5, 9) != b"0000"
        && !matches!(number, b"078051120" | b"219099999" | b"457555462")
}

/// ITIN: 9xx, group 50-65, 70-88, 90-92, 94-99 (IRS).
pub(super) fn us_itin(number: &[u8]) -> bool {
    matches!(integer(part(number, 3, 5)), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// EIN: the prefixes that the IRS assigns.
pub(super) fn us_ein(number: &[u8]) -> bool {
    !matches!(
        integer(part(number, 0, 2)),
        0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97
    )
}

/// ABA routing number: weights 3 7 1, modulo 10.
pub(super) fn us_aba(number: &[u8]) -> bool {
    matches!(integer(part(number, 0, 2)), 1..=12 | 21..=32 | 61..=72 | 80)
        && weighted(number, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

// ---- United Kingdom, Ireland ------------------------------------------------------------------

/// NHS number: modulo 11.
pub(super) fn gb_nhs(number: &[u8]) -> bool {
    let check = 11 - weighted(part(number, 0, 9), &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    last_is(number, check % 11) && check != 10 && !same(number)
}

fn same(number: &[u8]) -> bool {
    number.iter().all(|b| Some(b) == number.first())
}

/// Unique taxpayer reference.
pub(super) fn gb_utr(number: &[u8]) -> bool {
    let sum = weighted(part(number, 1, 10), &[6, 7, 8, 9, 10, 5, 4, 3, 2]);
    at(number, 0) == b"21987654321"[sum as usize % 11]
}

/// VAT number: modulo 97, with or without the offset of 55.
pub(super) fn gb_vat(number: &[u8]) -> bool {
    let digits = if at(number, 0) == b'G' {
        part(number, 2, 11)
    } else {
        number
    };
    matches!(
        weighted(digits, &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97,
        0 | 42 | 55
    ) && !same(digits)
}

/// National insurance number: the prefixes that HMRC uses.
pub(super) fn gb_nino(number: &[u8]) -> bool {
    let (first, second) = (at(number, 0), at(number, 1));
    !b"DFIQUV".contains(&first)
        && !b"DFIOQUV".contains(&second)
        && !matches!(
            &[first, second],
            b"BG" | b"GB" | b"NK" | b"KN" | b"TN" | b"NT" | b"ZZ"
        )
        && b"ABCD".contains(&at(number, 8))
}

/// Personal public service number, with the second letter of 2013.
pub(super) fn ie_pps(number: &[u8]) -> bool {
    let extra = match at(number, 8) {
        0 | b'W' => 0,
        letter @ b'A'..=b'I' => u32::from(letter - b'A' + 1) * 9,
        _ => return false,
    };
    let sum = weighted(part(number, 0, 7), &[8, 7, 6, 5, 4, 3, 2]) + extra;
    at(number, 7) == b"WABCDEFGHIJKLMNOPQRSTUV"[sum as usize % 23]
}

// ---- France, Italy, Portugal ------------------------------------------------------------------

/// Numéro de sécurité sociale: 97 less the remainder; Corsica's 2A and 2B count as 19 and 18.
pub(super) fn fr_nir(number: &[u8]) -> bool {
    let mut digits = [0_u8; 13];
    for (to, &from) in digits.iter_mut().zip(number) {
        *to = from;
    }
    match (digits[5], digits[6]) {
        (b'2', b'A') => (digits[5], digits[6]) = (b'1', b'9'),
        (b'2', b'B') => (digits[5], digits[6]) = (b'1', b'8'),
        _ => {}
    }
    digits.iter().all(u8::is_ascii_digit)
        && matches!(digits[0], b'1' | b'2')
        && matches!(integer(part(number, 3, 5)), 1..=12 | 20..=42 | 50..=99)
        && 97 - integer(&digits) % 97 == integer(part(number, 13, 15))
}

/// Numéro fiscal: the last three are the rest modulo 511.
pub(super) fn fr_nif(number: &[u8]) -> bool {
    matches!(at(number, 0), b'0'..=b'3')
        && integer(part(number, 0, 10)) % 511 == integer(part(number, 10, number.len()))
        && !same(number)
}

/// TVA intracommunautaire of a SIREN.
pub(super) fn fr_vat(number: &[u8]) -> bool {
    let siren = part(number, 4, 13);
    luhn(siren) && (12 + 3 * (integer(siren) % 97)) % 97 == integer(part(number, 2, 4))
}

/// Codice fiscale of a person: Decreto ministeriale 23 December 1976.
pub(super) fn it_codice(number: &[u8]) -> bool {
    const ODD: [u8; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    // Digits may be replaced by letters where two people would share a code.
    let is_digit = |place: usize| {
        let b = at(number, place);
        b.is_ascii_digit() || b"LMNPQRSTUV".contains(&b)
    };
    let sum: u32 = part(number, 0, 15)
        .iter()
        .enumerate()
        .map(|(place, &b)| {
            let index = if b.is_ascii_digit() {
                b - b'0'
            } else {
                b.wrapping_sub(b'A')
            };
            if place % 2 == 0 {
                u32::from(ODD.get(usize::from(index)).copied().unwrap_or(0))
            } else {
                u32::from(index)
            }
        })
        .sum();
    [6, 7, 9, 10, 12, 13, 14].into_iter().all(is_digit)
        && b"ABCDEHLMPRST".contains(&at(number, 8))
        && u32::from(at(number, 15).wrapping_sub(b'A')) == sum % 26
}

/// Partita IVA: Luhn and an office of 1 to 100 or one of the special ones.
pub(super) fn it_iva(number: &[u8]) -> bool {
    let digits = if at(number, 0) == b'I' {
        part(number, 2, 13)
    } else {
        number
    };
    luhn(digits) && integer(part(digits, 0, 7)) != 0
}

/// NIF, also with its prefix.
pub(super) fn pt_nif(number: &[u8]) -> bool {
    let digits = if at(number, 0) == b'P' {
        part(number, 2, 11)
    } else {
        number
    };
    let check = 11 - weighted(part(digits, 0, 8), &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    at(digits, 0) != b'0' && last_is(digits, check % 11 % 10)
}

/// Cartão de cidadão: Luhn with letters from 10 on.
pub(super) fn pt_cc(number: &[u8]) -> bool {
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &b)| {
            let value = value(b).unwrap_or(0);
            let value = if place % 2 == 1 { value * 2 } else { value };
            if place % 2 == 1 && value > 9 {
                value - 9
            } else {
                value
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

// ---- Germany, Austria, Switzerland, Benelux ---------------------------------------------------

/// Steuerliche Identifikationsnummer: one digit twice or thrice among the first ten, then
/// MOD 11,10.
pub(super) fn de_idnr(number: &[u8]) -> bool {
    let mut count = [0_u8; 10];
    for &b in part(number, 0, 10) {
        if let Some(times) = count.get_mut(digit(b) as usize) {
            *times += 1;
        }
    }
    let repeated = count.iter().filter(|&&times| times > 1).count();
    at(number, 0) != b'0'
        && repeated == 1
        && count.iter().all(|&times| times <= 3)
        && mod_11_10(number)
}

/// Umsatzsteuer-Identifikationsnummer.
pub(super) fn de_vat(number: &[u8]) -> bool {
    at(number, 2) != b'0' && mod_11_10(part(number, 2, 11))
}

/// Austrian VAT number.
pub(super) fn at_vat(number: &[u8]) -> bool {
    let sum: u32 = part(number, 3, 10)
        .iter()
        .enumerate()
        .map(|(place, &b)| {
            let value = digit(b) << (place % 2);
            value / 10 + value % 10
        })
        .sum();
    last_is(number, (10 - (sum + 4) % 10) % 10)
}

/// AHV number: EAN-13 that starts with 756.
pub(super) fn ch_ahv(number: &[u8]) -> bool {
    weighted(number, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10)
}

/// Burgerservicenummer: the eleven test.
pub(super) fn nl_bsn(number: &[u8]) -> bool {
    let sum = weighted(part(number, 0, 8), &[9, 8, 7, 6, 5, 4, 3, 2]) + 11 * 9;
    integer(number) != 0 && (sum - digit(at(number, 8))).is_multiple_of(11)
}

/// Rijksregisternummer, born in either century.
pub(super) fn be_nn(number: &[u8]) -> bool {
    let base = integer(part(number, 0, 9));
    let check = integer(part(number, 9, 11));
    let month = integer(part(number, 2, 4)) % 20;
    (97 - base % 97 == check || 97 - (2_000_000_000 + base) % 97 == check)
        && month <= 12
        && integer(part(number, 4, 6)) <= 31
        && !same(number)
}

/// Belgian enterprise number.
pub(super) fn be_vat(number: &[u8]) -> bool {
    let digits = part(number, 2, number.len());
    let base = part(digits, 0, digits.len().saturating_sub(2));
    97 - integer(base) % 97 == integer(part(digits, base.len(), digits.len()))
}

// ---- North and east of Europe -----------------------------------------------------------------

/// Finnish henkilötunnus (the sign is not in the compact form).
pub(super) fn fi_hetu(number: &[u8]) -> bool {
    let (date, serial) = (
        part(number, 0, 6),
        part(number, number.len().saturating_sub(4), number.len() - 1),
    );
    let n = integer(date) * 1000 + integer(serial);
    is_ddmmyy(date)
        && number.last()
            == Some(&b"0123456789ABCDEFHJKLMNPRSTUVWXY"[usize::try_from(n % 31).unwrap_or(0)])
}

/// Swedish personnummer: a day, or a day and 60, and Luhn.
pub(super) fn se_pnr(number: &[u8]) -> bool {
    let short = part(number, number.len().saturating_sub(10), number.len());
    let mut date = [0_u8; 6];
    for (to, &from) in date.iter_mut().zip(short) {
        *to = from;
    }
    if date[4] >= b'6' {
        date[4] -= 6;
    }
    is_yymmdd(&date)
        && luhn(short)
        && (number.len() == 10 || matches!(part(number, 0, 2), b"18" | b"19" | b"20"))
}

/// Norwegian fødselsnummer: two sums modulo 11.
pub(super) fn no_fnr(number: &[u8]) -> bool {
    let day = integer(part(number, 0, 2)) % 40;
    let month = integer(part(number, 2, 4)) % 40;
    (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && weighted(part(number, 0, 10), &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(number, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// Danish CPR: a day. The modulo 11 is not in force since 2007.
pub(super) fn dk_cpr(number: &[u8]) -> bool {
    is_ddmmyy(part(number, 0, 6))
}

/// PESEL: a day with the century in the month, and weights 1 3 7 9.
pub(super) fn pl_pesel(number: &[u8]) -> bool {
    let month = integer(part(number, 2, 4));
    matches!(month, 1..=12 | 21..=32)
        && (1..=31).contains(&integer(part(number, 4, 6)))
        && weighted(number, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
}

/// Polish NIP.
pub(super) fn pl_nip(number: &[u8]) -> bool {
    let sum = weighted(part(number, 0, 9), &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    integer(part(number, 0, 3)) != 0 && last_is(number, sum)
}

/// Czech and Slovak rodné číslo: a day (women's month and 50), divisible by 11.
pub(super) fn cz_rc(number: &[u8]) -> bool {
    let month = integer(part(number, 2, 4)) % 50;
    (1..=12).contains(&(if month > 20 { month - 20 } else { month }))
        && (1..=31).contains(&integer(part(number, 4, 6)))
        && integer(number).is_multiple_of(11)
}

/// Romanian CNP.
pub(super) fn ro_cnp(number: &[u8]) -> bool {
    let check = weighted(part(number, 0, 12), &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    at(number, 0) != b'0'
        && is_yymmdd(part(number, 1, 7))
        && last_is(number, if check == 10 { 1 } else { check })
}

/// Bulgarian EGN.
pub(super) fn bg_egn(number: &[u8]) -> bool {
    let month = integer(part(number, 2, 4)) % 20;
    (1..=12).contains(&month)
        && (1..=31).contains(&integer(part(number, 4, 6)))
        && last_is(
            number,
            weighted(part(number, 0, 9), &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10,
        )
}

/// Croatian OIB.
pub(super) fn hr_oib(number: &[u8]) -> bool {
    mod_11_10(number)
}

/// Estonian and Lithuanian personal code.
pub(super) fn ee_ik(number: &[u8]) -> bool {
    let digits = part(number, 0, 10);
    let mut check = weighted(digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    if check == 10 {
        check = weighted(digits, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10;
    }
    matches!(at(number, 0), b'1'..=b'8') && is_yymmdd(part(number, 1, 7)) && last_is(number, check)
}

/// Greek AMKA: a day and Luhn.
pub(super) fn gr_amka(number: &[u8]) -> bool {
    is_ddmmyy(part(number, 0, 6)) && luhn(number)
}

/// Greek AFM.
pub(super) fn gr_afm(number: &[u8]) -> bool {
    let sum = weighted(part(number, 0, 8), &[256, 128, 64, 32, 16, 8, 4, 2]);
    sum != 0 && last_is(number, sum % 11 % 10)
}

/// Turkish identity number.
pub(super) fn tr_tckn(number: &[u8]) -> bool {
    let d = |place| digit(at(number, place));
    let odd = d(0) + d(2) + d(4) + d(6) + d(8);
    let even = d(1) + d(3) + d(5) + d(7);
    d(0) != 0
        && (odd * 7 + 100 - even) % 10 == d(9)
        && part(number, 0, 10).iter().map(|&b| digit(b)).sum::<u32>() % 10 == d(10)
}

// ---- The Americas -----------------------------------------------------------------------------

const RFC_ALPHABET: &[u8; 38] = b"0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ ";

/// RFC of a person: initials with a vowel in the second place, and a day. Its check character is
/// not kept by all issuers.
pub(super) fn mx_rfc_person(number: &[u8]) -> bool {
    b"AEIOUX".contains(&at(number, 1)) && is_yymmdd(part(number, 4, 10))
}

/// RFC of a company: modulo 11 (SAT).
pub(super) fn mx_rfc(number: &[u8]) -> bool {
    let date = part(
        number,
        number.len().saturating_sub(9),
        number.len().saturating_sub(3),
    );
    let (Some((&last, body)), true) = (number.split_last(), is_yymmdd(date)) else {
        return false;
    };
    let index = |b: u8| {
        RFC_ALPHABET
            .iter()
            .position(|&letter| letter == b)
            .unwrap_or(0)
    };
    let pad = 12_usize.saturating_sub(body.len());
    let sum: usize = core::iter::repeat_n(b' ', pad)
        .chain(body.iter().copied())
        .zip((2..=13).rev())
        .map(|(b, weight)| index(b) * weight)
        .sum();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'A',
        check => b"0123456789"[check],
    };
    last == expected
}

/// CURP (RENAPO).
pub(super) fn mx_curp(number: &[u8]) -> bool {
    let sum: u32 = part(number, 0, 17)
        .iter()
        .zip((2..=18).rev())
        .map(|(&b, weight)| {
            weight
                * match b {
                    // The alphabet holds an Ñ after the N.
                    b'O'..=b'Z' => u32::from(b - b'A') + 11,
                    _ => value(b).unwrap_or(0),
                }
        })
        .sum();
    is_yymmdd(part(number, 4, 10))
        && b"HMX".contains(&at(number, 10))
        && last_is(number, (10 - sum % 10) % 10)
}

/// CUIT and CUIL (AFIP).
pub(super) fn ar_cuit(number: &[u8]) -> bool {
    let sum = weighted(part(number, 0, 10), &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    matches!(
        integer(part(number, 0, 2)),
        20 | 23..=27 | 30 | 33 | 34 | 50 | 51 | 55
    ) && at(number, 10) == b"012345678990"[11 - sum as usize % 11]
}

/// RUT.
pub(super) fn cl_rut(number: &[u8]) -> bool {
    let Some((&last, digits)) = number.split_last() else {
        return false;
    };
    let sum: u32 = digits
        .iter()
        .rev()
        .zip((2..=7).cycle())
        .map(|(&b, weight)| digit(b) * weight)
        .sum();
    integer(digits) > 99_999 && last == b"0K987654321"[sum as usize % 11]
}

/// NIT (DIAN).
pub(super) fn co_nit(number: &[u8]) -> bool {
    const WEIGHTS: [u32; 15] = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];
    let Some((&last, digits)) = number.split_last() else {
        return false;
    };
    let sum: u32 = digits
        .iter()
        .rev()
        .zip(WEIGHTS)
        .map(|(&b, weight)| digit(b) * weight)
        .sum();
    last == b"01987654321"[sum as usize % 11]
}

/// RUC (SUNAT).
pub(super) fn pe_ruc(number: &[u8]) -> bool {
    let sum = weighted(part(number, 0, 10), &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    matches!(integer(part(number, 0, 2)), 10 | 15 | 16 | 17 | 20)
        && last_is(number, (11 - sum) % 10)
}

/// DNI with its check character, which is a digit or a letter (RENIEC).
pub(super) fn pe_cui(number: &[u8]) -> bool {
    let sum = weighted(part(number, 0, 8), &[3, 2, 7, 6, 5, 4, 3, 2]) as usize % 11;
    let last = at(number, 8);
    integer(part(number, 0, 8)) != 0 && (last == b"65432110987"[sum] || last == b"KJIHGFEDCBA"[sum])
}

/// CPF: two sums modulo 11 (Receita Federal).
pub(super) fn br_cpf(number: &[u8]) -> bool {
    let check = |count: usize| {
        let sum: u32 = part(number, 0, count)
            .iter()
            .zip((2..=11_u32).rev().skip(10 - count))
            .map(|(&b, weight)| digit(b) * weight)
            .sum();
        (11 - sum % 11) % 11 % 10
    };
    !same(number) && check(9) == digit(at(number, 9)) && check(10) == digit(at(number, 10))
}

/// CNPJ, also with the letters of 2026: a letter counts as its code less 48.
pub(super) fn br_cnpj(number: &[u8]) -> bool {
    const WEIGHTS: [u32; 13] = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    let check = |count: usize| {
        let sum: u32 = part(number, 0, count)
            .iter()
            .zip(WEIGHTS.get(13 - count..).unwrap_or_default())
            .map(|(&b, weight)| u32::from(b.saturating_sub(48)) * weight)
            .sum();
        (11 - sum % 11) % 11 % 10
    };
    !same(number) && check(12) == digit(at(number, 12)) && check(13) == digit(at(number, 13))
}

/// Social insurance number: Luhn, no 0 (not assigned) or 8 (businesses).
pub(super) fn ca_sin(number: &[u8]) -> bool {
    !matches!(at(number, 0), b'0' | b'8') && luhn(number) && !same(number)
}

/// A social insurance number that is not printed like a Spanish telephone number.
pub(super) fn ca_sin_low(number: &[u8]) -> bool {
    matches!(at(number, 0), b'1'..=b'5') && ca_sin(number)
}

/// Ecuador's cédula: a province and Luhn.
pub(super) fn ec_ci(number: &[u8]) -> bool {
    matches!(integer(part(number, 0, 2)), 1..=24 | 30) && at(number, 2) < b'6' && luhn(number)
}

/// Uruguay's cédula.
pub(super) fn uy_ci(number: &[u8]) -> bool {
    last_is(
        number,
        (10 - weighted(part(number, 0, 7), &[2, 9, 8, 7, 6, 3, 4]) % 10) % 10,
    )
}

/// Venezuela's RIF.
pub(super) fn ve_rif(number: &[u8]) -> bool {
    let kind = match at(number, 0) {
        b'V' => 4,
        b'E' => 8,
        b'J' | b'C' => 12,
        b'P' => 16,
        b'G' => 20,
        _ => return false,
    };
    let sum = kind + weighted(part(number, 1, 9), &[3, 2, 7, 6, 5, 4, 3, 2]);
    at(number, 9) == b"00987654321"[sum as usize % 11]
}

/// Dominican cédula: Luhn.
pub(super) fn do_cedula(number: &[u8]) -> bool {
    integer(part(number, 0, 3)) != 0 && luhn(number)
}

// ---- Asia, Africa, Oceania --------------------------------------------------------------------

/// Aadhaar: starts with 2 to 9, Verhoeff, no palindrome (UIDAI).
pub(super) fn in_aadhaar(number: &[u8]) -> bool {
    at(number, 0) > b'1' && verhoeff(number) && !number.iter().eq(number.iter().rev())
}

/// PAN: the fourth letter says what kind of holder.
pub(super) fn in_pan(number: &[u8]) -> bool {
    b"ABCEFGHJLPT".contains(&at(number, 3)) && part(number, 5, 9) != b"0000"
}

/// NRIC and FIN of Singapore.
pub(super) fn sg_nric(number: &[u8]) -> bool {
    let sum = weighted(part(number, 1, 8), &[2, 7, 6, 5, 4, 3, 2]) as usize;
    let expected = match at(number, 0) {
        b'S' => b"JZIHGFEDCBA"[sum % 11],
        b'T' => b"JZIHGFEDCBA"[(sum + 4) % 11],
        b'F' => b"XWUTRQPNMLK"[sum % 11],
        b'G' => b"XWUTRQPNMLK"[(sum + 4) % 11],
        b'M' => b"XWUTRQPNJLK"[10 - (sum + 3) % 11],
        _ => return false,
    };
    at(number, 8) == expected
}

/// Korean resident registration number: a day, and modulo 11.
pub(super) fn kr_rrn(number: &[u8]) -> bool {
    let sum = weighted(part(number, 0, 12), &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    is_yymmdd(part(number, 0, 6)) && last_is(number, (11 - sum % 11) % 10)
}

/// Chinese resident identity number: GB 11643, ISO 7064 MOD 11-2.
pub(super) fn cn_ric(number: &[u8]) -> bool {
    let sum = weighted(
        part(number, 0, 17),
        &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2],
    );
    matches!(integer(part(number, 6, 8)), 19 | 20)
        && is_yymmdd(part(number, 8, 14))
        && at(number, 17) == b"10X98765432"[sum as usize % 11]
}

/// South African identity number: a day and Luhn.
pub(super) fn za_id(number: &[u8]) -> bool {
    is_yymmdd(part(number, 0, 6)) && at(number, 10) <= b'2' && luhn(number)
}

/// Israeli identity number: Luhn.
pub(super) fn il_id(number: &[u8]) -> bool {
    luhn(number) && integer(number) != 0
}

/// Australian tax file number: modulo 11.
pub(super) fn au_tfn(number: &[u8]) -> bool {
    integer(number) != 0 && weighted(number, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11)
}

/// Australian Medicare number.
pub(super) fn au_medicare(number: &[u8]) -> bool {
    matches!(at(number, 0), b'2'..=b'6')
        && weighted(part(number, 0, 8), &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digit(at(number, 8))
}

// ---- Of no country ----------------------------------------------------------------------------

/// IMEI: Luhn over 15 digits, or the 16 of an IMEISV, which has no check.
pub(super) fn imei(number: &[u8]) -> bool {
    (number.len() == 16 || luhn(number))
        && matches!(
            integer(part(number, 0, 2)),
            1 | 35 | 44 | 45 | 49 | 86 | 91 | 99
        )
}

/// ISIN: Luhn over the digits, letters written as two (ISO 6166).
pub(super) fn isin(number: &[u8]) -> bool {
    let mut digits = [0_u8; 24];
    let mut count = 0;
    for &b in number {
        let value = value(b).unwrap_or(0);
        for digit in [value / 10, value % 10]
            .into_iter()
            .skip(usize::from(value < 10))
        {
            if let Some(place) = digits.get_mut(count) {
                *place = b'0' + u8::try_from(digit).unwrap_or(0);
                count += 1;
            }
        }
    }
    luhn(part(&digits, 0, count))
}

/// LEI: ISO 17442, MOD 97-10.
pub(super) fn lei(number: &[u8]) -> bool {
    mod_97(number.iter().copied()) == Some(1)
}
