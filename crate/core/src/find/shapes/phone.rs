//! Telephone numbers.
//!
//! A phone number has no check digit, so something else must speak for it: an international
//! prefix that exists, the grouping in which a country prints its numbers, or a word such as
//! "call" or "teléfono" before it. Numbers that are free to call (800, 900, 0800) are nobody's
//! own and are left alone. A word such as "order" or "pedido" before it, a currency or a unit
//! beside it, and it is something else.

use core::ops::Range;

use super::scan::Signs as _;
use super::{Shape, Sink, Taken, scan};

/// Country calling codes of one and two digits (ITU-T E.164); those of three digits are the rest
/// of 21x to 96x.
fn calling_code(digits: &[u8]) -> Option<usize> {
    let two = |at: usize| digits.get(at).copied().unwrap_or(b'x');
    match (two(0), two(1)) {
        (b'1' | b'7', _) => Some(1),
        (b'2', b'0' | b'7')
        | (b'3', b'0'..=b'4' | b'6' | b'9')
        | (b'4', b'0' | b'1' | b'3'..=b'9')
        | (b'5', b'1'..=b'8')
        | (b'6', b'0'..=b'6')
        | (b'8', b'1' | b'2' | b'4' | b'6')
        | (b'9', b'0'..=b'5' | b'8') => Some(2),
        (b'2', b'1'..=b'6' | b'8' | b'9')
        | (b'3', b'5' | b'7' | b'8')
        | (b'4', b'2')
        | (b'5', b'0' | b'9')
        | (b'6', b'7'..=b'9')
        | (b'8', b'5' | b'8')
        | (b'9', b'6' | b'7' | b'9') => Some(3),
        _ => None,
    }
}

/// How many digits a number has after the country's code.
fn national_lengths(code: &[u8]) -> Range<usize> {
    match code {
        b"34" | b"33" | b"351" => 9..10,
        b"1" | b"52" | b"57" | b"7" | b"91" | b"90" => 10..11,
        b"44" => 9..11,
        b"39" => 8..12,
        b"49" | b"43" => 7..13,
        b"54" | b"55" => 10..12,
        b"56" | b"51" | b"48" | b"420" | b"61" => 9..10,
        _ => 7..13,
    }
}

/// Words that make a number a phone number, on either side of it.
const CALL: &str = "tel telf tlf tfno tfn telefono* telephone phone movil moviles celular cel fijo llama \
    llamad* llame llamen llamar llamanos llamame whatsapp wasap whatsapea* wa call calling \
    ring text sms mobile cell dial fax telegram bizum contact contacta* contacto contacte \
    reach marca marcar wsp wpp telefonico landline voicemail hotline ext";

/// Words that do so where nothing says what else it is: "my number is", "escríbeme al".
const PERHAPS: &str = "number numero nro num escrib* avisa* avisad* preguntar pregunta interesados office \
    urgencias citas mensaje* messages";

/// Words that make it something else.
const OTHER: &str = "order pedido tracking seguimiento localizador invoice factura ticket ref referencia \
    reference case caso expediente serial serie sku ean isbn issn doi version build parcel \
    envio booking reserva registro licencia license patent patente id euros dolares \
    poblacion population article articulo issue meeting zoom";

/// Units after a number.
const UNITS: &str = "euros eur usd dollars dolares pesos pounds libras millones million personas people users \
    usuarios units unidades km kg m2 puntos votos votes views visitas followers seguidores \
    habitantes hectareas tons toneladas metros meters metres miles millas litros kwh mwh gwh \
    kw mw bytes gb mb anos years ciudadanos clientes customers downloads descargas pasos \
    steps reproducciones impresiones impressions registros records tokens parametros \
    parameters lineas lines m";

/// What stands before a number on a card or a poster.
const SIGNS: &str = "☎✆📞📱📲";

/// The most digits, with the international prefix (E.164: 15).
const DIGITS: usize = 17;

/// A sequence of digits and the signs of phone numbers.
struct Dialled {
    start: usize,
    plus: bool,
    bracket: bool,
    digits: [u8; DIGITS],
    /// For each group: digits until its end, its end in the text, the sign before it.
    groups: [(usize, usize, u8); 9],
    count: usize,
}

impl Dialled {
    fn group(&self, index: usize) -> (usize, usize, u8) {
        self.groups.get(index).copied().unwrap_or_default()
    }

    fn digits(&self, count: usize) -> &[u8] {
        self.digits
            .get(..self.group(count - 1).0)
            .unwrap_or_default()
    }

    fn end(&self, count: usize) -> usize {
        self.group(count - 1).1
    }

    /// Whether the groups from the first on have these lengths.
    fn is_grouped(&self, from: usize, count: usize, lengths: &[usize]) -> bool {
        count - from == lengths.len()
            && lengths.iter().enumerate().all(|(index, &length)| {
                let before = if from + index == 0 {
                    0
                } else {
                    self.group(from + index - 1).0
                };
                self.group(from + index).0 - before == length
            })
    }

    /// The one sign between the groups, if it is one.
    fn sign(&self, from: usize, count: usize) -> Option<u8> {
        let first = self.group(from + 1).2;
        (from + 1..count)
            .all(|index| self.group(index).2 == first)
            .then_some(first)
    }
}

/// What may stand between two groups: one sign, or a bracket and a space.
fn joint(text: &str, at: usize) -> Option<(u8, usize)> {
    let mut sign = 0;
    let mut width = 0;
    for c in text.get(at..)?.chars().take(3) {
        match c {
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' if sign == 0 => sign = b' ',
            '-' | '‐' | '‑' | '–' | '.' | '/' | '·' if matches!(sign, 0 | b')') || sign == b' ' =>
            {
                sign = if c.is_ascii() { c as u8 } else { b'-' };
            }
            ' ' if matches!(sign, b')' | b'-') => {}
            '(' if matches!(sign, 0 | b' ') => sign = b'(',
            ')' if sign == 0 => sign = b')',
            c if c.is_ascii_digit() && sign != 0 => return Some((sign, width)),
            _ => return None,
        }
        width += c.len_utf8();
    }
    text.get(at + width..)?
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some((sign, width))
}

fn read(text: &str, start: usize) -> Option<Dialled> {
    let bytes = text.as_bytes();
    let mut number = Dialled {
        start,
        plus: false,
        bracket: false,
        digits: [0; DIGITS],
        groups: [(0, 0, 0); 9],
        count: 0,
    };
    let mut at = start;
    while let b'+' | b'(' = scan::byte(bytes, at) {
        number.plus |= scan::byte(bytes, at) == b'+';
        number.bracket |= scan::byte(bytes, at) == b'(';
        at += 1;
    }
    let mut length = 0;
    let mut sign = 0;
    while number.count < 9 {
        let end = scan::run(bytes, at, |b| b.is_ascii_digit());
        let run = bytes.get(at..end)?;
        if run.is_empty() || length + run.len() > DIGITS {
            break;
        }
        for (to, from) in number.digits.iter_mut().skip(length).zip(run) {
            *to = *from;
        }
        length += run.len();
        if let Some(group) = number.groups.get_mut(number.count) {
            *group = (length, end, sign);
        }
        number.count += 1;
        let Some((next, width)) = joint(text, end) else {
            break;
        };
        sign = next;
        at = end + width;
    }
    (number.count > 0).then_some(number)
}

/// Whether the digits alone could be dialled: for patterns that a guide brings along.
pub(super) fn is_dialable(matched: &str) -> bool {
    let digits = matched.bytes().filter(u8::is_ascii_digit).count();
    let signs = matched
        .chars()
        .all(|c| !c.is_alphabetic() || matches!(c, 'x' | 'e' | 't'));
    (7..=15).contains(&digits) && signs
}

/// Finds telephone numbers.
pub(super) fn find(text: &str, taken: &mut Taken, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = bytes
        .get(at..)
        .and_then(|rest| {
            rest.iter()
                .position(|b| matches!(b, b'0'..=b'9' | b'+' | b'('))
        })
        .map(|offset| at + offset)
    {
        let digits = scan::run_back(bytes, start, |b| matches!(b, b'(' | b'+'));
        at = scan::run(bytes, start, |b| matches!(b, b'0'..=b'9' | b'+' | b'('));
        if digits != start || scan::chained_before(text, start) || is_amount(text, start) {
            continue;
        }
        let Some(number) = read(text, start) else {
            continue;
        };
        let Some(range) = judge(text, &number) else {
            continue;
        };
        if taken.meets(&range) {
            continue;
        }
        at = range.end;
        taken.add(range.clone());
        sink(Shape::Phone, range);
    }
    taken.settle();
}

/// Whether a currency or a number sign stands before it.
fn is_amount(text: &str, start: usize) -> bool {
    matches!(
        scan::before(text, start),
        Some('€' | '$' | '£' | '¥' | '#' | '%' | '=' | '*' | '\\')
    ) || matches!(
        text.get(..start)
            .map(str::trim_end)
            .and_then(|head| head.chars().next_back()),
        Some('€' | '$' | '£' | '¥' | '#' | '+' | '*' | '=' | '×')
    ) && !text.get(start..).is_some_and(|rest| rest.starts_with('+'))
}

/// The longest part of the number that a person could be called by.
fn judge(text: &str, number: &Dialled) -> Option<Range<usize>> {
    let mut words = None;
    for count in (1..=number.count).rev() {
        let length = number.digits(count).len();
        if !(7..=DIGITS).contains(&length) {
            continue;
        }
        let end = number.end(count);
        if scan::chained_after(text, end) && !has_extension(text, end) {
            continue;
        }
        let followed = text.get(end..).unwrap_or_default().trim_start();
        if followed.starts_with_any("€$£%°") {
            continue;
        }
        let own = match form(number, count) {
            Form::Free => return None,
            Form::None => continue,
            Form::Own => true,
            Form::Likely => false,
        };
        let near = words.get_or_insert_with(|| scan::words_before(text, number.start, 40));
        let behind = scan::words_after(text, end, 20);
        let sign = text
            .get(..number.start)
            .unwrap_or_default()
            .without_last(" :\u{fe0f}")
            .ends_with_any(SIGNS);
        let named = sign || scan::says(near, CALL);
        let other = !named && scan::says(near, OTHER);
        let local =
            matches!(number.digits(count), [b'6' | b'7' | b'9', ..]) && length == 9 || length > 9;
        let called =
            named || !other && local && (scan::says(near, PERHAPS) || scan::says(&behind, CALL));
        let enough = if own { !other } else { called };
        // A number in the grouping of a phone is a quantity only where the unit follows at once.
        let unit = if count == 1 {
            scan::says(&behind, UNITS)
        } else {
            behind
                .split(' ')
                .find(|word| !word.is_empty())
                .is_some_and(|word| scan::lists(UNITS, word))
        };
        if enough && !unit {
            return Some(number.start..with_extension(text, end));
        }
    }
    None
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Free to call.
    Free,
    /// A phone number by itself.
    Own,
    /// A phone number beside a word.
    Likely,
    None,
}

fn form(number: &Dialled, count: usize) -> Form {
    let digits = number.digits(count);
    let abroad = digits.strip_prefix(b"00").filter(|_| !number.plus);
    if number.plus || abroad.is_some() {
        return international(abroad.unwrap_or(digits), number.plus || count > 1);
    }
    if let [b'1', rest @ ..] = digits
        && rest.len() == 10
        && number.group(0).0 == 1
    {
        let from = if is_free_us(rest) {
            Form::Free
        } else {
            Form::Own
        };
        return if is_us(rest) || from == Form::Free {
            from
        } else {
            Form::Likely
        };
    }
    let same = count == 1
        || number
            .sign(0, count)
            .is_some_and(|sign| matches!(sign, b' ' | b'-' | b'.'));
    match digits.len() {
        9 => spanish(number, count, digits, same),
        10 => {
            if number.is_grouped(0, count, &[3, 3, 4]) {
                match (is_free_us(digits), is_us(digits)) {
                    (true, _) => Form::Free,
                    (_, true) if same || number.bracket => Form::Own,
                    _ => Form::Likely,
                }
            } else if number.is_grouped(0, count, &[2, 2, 2, 2, 2]) && digits.starts_with(b"0") {
                if digits.starts_with(b"08") {
                    Form::Free
                } else {
                    Form::Own
                }
            } else if number.is_grouped(0, count, &[5, 5]) && digits.starts_with(b"01") {
                Form::Own
            } else {
                Form::Likely
            }
        }
        11 if digits.starts_with(b"0") => british(number, count, digits),
        7..=15 => Form::Likely,
        _ => Form::None,
    }
}

fn international(digits: &[u8], printed: bool) -> Form {
    let Some((code, national)) =
        calling_code(digits).and_then(|width| digits.split_at_checked(width))
    else {
        return Form::None;
    };
    // "+44 (0) 20 …": the zero is not dialled from abroad.
    let national = national
        .strip_prefix(b"0")
        .filter(|_| code != b"39")
        .unwrap_or(national);
    if !national_lengths(code).contains(&national.len()) {
        return Form::None;
    }
    let fits = match code {
        b"34" => national.first().is_some_and(|b| matches!(b, b'6'..=b'9')),
        b"1" => is_us(national) || is_free_us(national),
        _ => true,
    };
    let free = match code {
        b"34" => is_free_es(national),
        b"1" => is_free_us(national),
        b"44" => national.starts_with(b"80"),
        b"800" => true,
        _ => false,
    };
    match (fits, free) {
        (_, true) => Form::Free,
        (true, _) if printed => Form::Own,
        (true, _) => Form::Likely,
        _ => Form::None,
    }
}

fn is_us(digits: &[u8]) -> bool {
    // Area and exchange start with 2 to 9, and neither is a service number such as 411.
    let part = |at: usize| {
        matches!(digits.get(at), Some(b'2'..=b'9')) && digits.get(at + 1..at + 3) != Some(b"11")
    };
    part(0) && part(3)
}

fn is_free_us(digits: &[u8]) -> bool {
    matches!(
        digits.get(..3),
        Some(b"800" | b"888" | b"877" | b"866" | b"855" | b"844" | b"833" | b"822" | b"900")
    )
}

fn is_free_es(digits: &[u8]) -> bool {
    matches!(
        digits.get(..3),
        Some(b"900" | b"800" | b"901" | b"902" | b"803" | b"806" | b"807" | b"905")
    )
}

fn spanish(number: &Dialled, count: usize, digits: &[u8], same: bool) -> Form {
    if is_free_es(digits) {
        return Form::Free;
    }
    let plausible = matches!(digits, [b'6' | b'7', ..] | [b'8' | b'9', b'1'..=b'8', ..]);
    let printed = [
        &[3, 3, 3][..],
        &[3, 2, 2, 2],
        &[2, 3, 2, 2],
        &[2, 3, 4],
        &[3, 6],
        &[1, 2, 2, 2, 2],
    ]
    .into_iter()
    .any(|lengths| number.is_grouped(0, count, lengths))
        // With a hyphen it is an employer's number in the United States.
        || number.is_grouped(0, count, &[2, 7]) && number.sign(0, count) == Some(b' ');
    // "600.000.000" and "612 000 000" are numbers.
    let round = digits.ends_with(b"000")
        || number.is_grouped(0, count, &[3, 3, 3]) && number.sign(0, count) == Some(b'.');
    if plausible && printed && (same || number.bracket) && !round {
        Form::Own
    } else {
        Form::Likely
    }
}

fn british(number: &Dialled, count: usize, digits: &[u8]) -> Form {
    if digits.starts_with(b"08") || digits.starts_with(b"03") {
        return Form::Free;
    }
    let mobile = matches!(digits, [b'0', b'1' | b'2' | b'7', ..]);
    let printed = [
        &[5, 6][..],
        &[5, 3, 3],
        &[3, 4, 4],
        &[4, 3, 4],
        &[4, 7],
        &[3, 8],
    ]
    .into_iter()
    .any(|lengths| number.is_grouped(0, count, lengths));
    if printed || mobile && count == 1 {
        Form::Own
    } else {
        Form::Likely
    }
}

fn extension(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let trimmed = rest.without_first(" ,");
    let gap = rest.len() - trimmed.len();
    let word = ["extensión", "ext.", "ext", "x"].into_iter().find(|word| {
        trimmed
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    })?;
    let after = trimmed.get(word.len()..)?;
    let digits = after.trim_start();
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    (1..=6)
        .contains(&count)
        .then(|| end + gap + word.len() + (after.len() - digits.len()) + count)
}

fn has_extension(text: &str, end: usize) -> bool {
    extension(text, end).is_some()
}

fn with_extension(text: &str, end: usize) -> usize {
    extension(text, end)
        .filter(|&end| !scan::glued_after(text, end))
        .unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    #[test]
    fn spain() {
        table(
            Shape::Phone,
            &[
                ("Llámame al 612345678", &["612345678"]),
                (
                    "612 345 678 / 612 34 56 78",
                    &["612 345 678", "612 34 56 78"],
                ),
                ("91 234 56 78", &["91 234 56 78"]),
                (
                    "+34 612 345 678 o 0034 612345678 tel",
                    &["+34 612 345 678", "0034 612345678"],
                ),
                ("tel. (+34) 612-345-678", &["(+34) 612-345-678"]),
                ("Llama al 900 123 456 gratis", &[]),
                ("612345678 visitas", &[]),
                ("pedido 612 345 678", &[]),
                ("cuesta 612.345.678 €", &[]),
                ("600 000 000 de personas", &[]),
                (
                    "612 345 678 km, 612 34 56 78 kWh y 612 345 678 clientes",
                    &[],
                ),
                ("612 345 678 ha llamado", &["612 345 678"]),
            ],
        );
    }

    #[test]
    fn as_people_write_them() {
        table(
            Shape::Phone,
            &[
                ("📞 612345678", &["612345678"]),
                ("📱: 612345678", &["612345678"]),
                ("mi número es 612345677", &["612345677"]),
                ("escríbeme al 612345678 porfa", &["612345678"]),
                ("612345678 (WhatsApp)", &["612345678"]),
                ("612345678, llamar por las tardes", &["612345678"]),
                ("(91) 234 56 78", &["(91) 234 56 78"]),
                ("91 2345678, 91-2345678", &["91 2345678"]),
                ("6 12 34 56 78", &["6 12 34 56 78"]),
                ("my number is 2125550123", &["2125550123"]),
                ("2125550123 call or text", &["2125550123"]),
                ("order number 2125550123", &[]),
                ("número de pedido 612345678", &[]),
                ("número de socio 123456789, number 1500000", &[]),
            ],
        );
    }

    #[test]
    fn united_states() {
        table(
            Shape::Phone,
            &[
                ("(212) 555-0123", &["(212) 555-0123"]),
                ("call 212.555.0123 x45", &["212.555.0123 x45"]),
                ("212-555-0123", &["212-555-0123"]),
                ("+1 (212) 555-0123", &["+1 (212) 555-0123"]),
                ("1-212-555-0123", &["1-212-555-0123"]),
                ("1-800-555-0123", &[]),
                ("(800) 555-0123", &[]),
                ("112-555-0123", &[]),
                ("my cell: 2125550123", &["2125550123"]),
                ("2125550123", &[]),
            ],
        );
    }

    #[test]
    fn united_kingdom_and_abroad() {
        table(
            Shape::Phone,
            &[
                ("07700 900123", &["07700 900123"]),
                ("020 7946 0958", &["020 7946 0958"]),
                ("+44 (0)20 7946 0958", &["+44 (0)20 7946 0958"]),
                ("+44 7700 900123", &["+44 7700 900123"]),
                ("0800 496 0123", &[]),
                ("+33 6 12 34 56 78", &["+33 6 12 34 56 78"]),
                ("01 23 45 67 89", &["01 23 45 67 89"]),
                ("+49 30 901820", &["+49 30 901820"]),
                ("+52 55 1234 5678", &["+52 55 1234 5678"]),
                ("+999 1234", &[]),
            ],
        );
    }

    #[test]
    fn what_is_no_phone_number() {
        table(
            Shape::Phone,
            &[
                ("2019-2020 and 2021-2022", &[]),
                ("on 12/11/2026 at 10:30", &[]),
                ("tracking 1Z 999 AA1 0123 4567 84", &[]),
                ("$212 555 0123", &[]),
                ("v 212.555.0123.4", &[]),
                ("#2125550123", &[]),
                ("call us about 2026", &[]),
                ("0.123456789", &[]),
                ("1,234,567,890", &[]),
                ("https://wa.example/34612345678", &[]),
            ],
        );
    }
}
