//! Numbers, sums of money, percentages and dates, as Spanish and English write them.

use core::ops::Range;

use super::scan::Signs as _;
use super::{Shape, Sink, Taken, scan};

/// Currency signs.
const SIGNS: [char; 7] = ['€', '$', '£', '¥', '₹', '₿', '₽'];

/// Currency words and codes, folded.
const CURRENCIES: &str = "euro euros eur dolar dolares dollar dollars usd libra libras pound pounds gbp peso pesos \
    mxn ars clp cop brl reais real yen yenes jpy franco francos francs chf cad aud cny inr \
    rupees soles pen bucks pavos quid cents centimos meur keur";

/// Words and letters that multiply.
const SCALES: &str = "k m mm bn b mil miles millon millones mill mio mios billon billones thousand million \
    millions billion billions trillion hundred mn mln kilo kilos";

const PERCENT: &[&str] = &[
    "percent",
    "pct",
    "puntos porcentuales",
    "percentage points",
    "por ciento",
    "per cent",
    "por 100",
];

const MONTHS: &str = "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre \
    diciembre ene feb mar abr may jun jul ago sep sept oct nov dic january february march \
    april june july august september october november december jan apr aug dec";

fn is_number_part(b: u8) -> bool {
    b.is_ascii_digit() || matches!(b, b'.' | b',' | b'\'')
}

/// The number that starts at `start`: digits with single separators inside, and thousands after a
/// space.
fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let run = scan::run(bytes, start, is_number_part);
    let mut end = start
        + text
            .get(start..run)
            .unwrap_or_default()
            .without_last(".,'")
            .len();
    // "12 500 000", "12 500"
    let first = end - start;
    while first <= 3
        && text
            .get(start..end)
            .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit() || b == b' '))
    {
        let Some(next) = bytes.get(end + 1..end + 4) else {
            break;
        };
        let spaced = scan::byte(bytes, end) == b' ' && next.iter().all(u8::is_ascii_digit);
        if !spaced || scan::byte(bytes, end + 4).is_ascii_digit() {
            break;
        }
        end += 4;
    }
    end
}

/// The folded word at `at` after optional spaces, and where it ends. Signs are no words.
fn word(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = text.get(at..)?;
    let trimmed = rest.without_first(" \u{a0}\u{202f}");
    let length = trimmed.until(char::is_alphabetic);
    let word = trimmed
        .get(..length)
        .filter(|word| !word.is_empty() && word.len() <= 16)?;
    Some((
        scan::folded(word),
        at + (rest.len() - trimmed.len()) + length,
    ))
}

/// Finds numbers, percentages and sums of money.
pub(super) fn find(text: &str, taken: &Taken, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut money_until = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(u8::is_ascii_digit))
    {
        let start = at + offset;
        let end = number_end(text, start);
        at = end;
        let range = start..end;
        let letters = scan::before(text, start)
            .is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | '@' | '#'));
        if taken.meets(&range) {
            continue;
        }
        if let Some(money) = money(text, &range, money_until) {
            money_until = money.end;
            sink(Shape::Money, money);
        } else if let (Some(end), false) = (percent(text, end), letters) {
            sink(Shape::Percent, start..end);
        }
        if !letters {
            sink(Shape::Number, range);
        }
    }
}

fn percent(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let trimmed = rest.without_first(" \u{a0}\u{202f}");
    let at = end + rest.len() - trimmed.len();
    if trimmed.starts_with('%') {
        return Some(at + 1);
    }
    PERCENT.iter().find_map(|words| {
        let head = trimmed.get(..words.len())?;
        (head.eq_ignore_ascii_case(words) && !scan::glued_after(text, at + words.len()))
            .then_some(at + words.len())
    })
}

/// The sum of money that the number is the amount of.
fn money(text: &str, number: &Range<usize>, from: usize) -> Option<Range<usize>> {
    // A sign or code before: "€ 12", "US$12", "USD 12".
    let head = text.get(from..number.start)?;
    let near = head.without_last(" \u{a0}");
    let gap = head.len() - near.len();
    let mut start = number.start;
    if gap <= 1 {
        if let Some(sign) = near.chars().next_back().filter(|c| SIGNS.contains(c)) {
            let before = near.len() - sign.len_utf8();
            let prefix = near.get(..before)?;
            let letters = prefix.len()
                - prefix
                    .trim_end_matches(|c: char| c.is_ascii_uppercase())
                    .len();
            start = from + before - if letters <= 3 { letters } else { 0 };
        } else {
            let length = near.len()
                - near
                    .trim_end_matches(|c: char| c.is_ascii_uppercase())
                    .len();
            let code = near.get(near.len() - length..)?;
            if length == 3
                && scan::lists(CURRENCIES, &code.to_ascii_lowercase())
                && !scan::glued_before(text, from + near.len() - 3)
            {
                start = from + near.len() - 3;
            }
        }
    }
    let signed = start < number.start;
    // A scale and a sign or word after: "12M€", "12 millones de euros".
    let mut end = number.end;
    if let Some((scale, after)) = word(text, end)
        && scan::lists(SCALES, &scale)
    {
        end = after;
        if let Some((de, after)) = word(text, end)
            && de == "de"
        {
            // Kept only with a currency behind it.
            if let Some((currency, after)) = word(text, after)
                && scan::lists(CURRENCIES, &currency)
            {
                return Some(start..after);
            }
        }
    }
    let rest = text.get(end..)?;
    let trimmed = rest.without_first(" \u{a0}\u{202f}");
    if let Some(sign) = trimmed.chars().next().filter(|c| SIGNS.contains(c))
        && rest.len() - trimmed.len() <= 2
        && !trimmed
            .get(sign.len_utf8()..)
            .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some(start..end + (rest.len() - trimmed.len()) + sign.len_utf8());
    }
    if let Some((currency, after)) = word(text, end)
        && scan::lists(CURRENCIES, &currency)
    {
        return Some(start..after);
    }
    signed.then_some(start..end)
}

/// Finds dates, and takes them: a date's numbers are no other numbers.
pub(super) fn dates(text: &str, taken: &mut Taken, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut last = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(u8::is_ascii_digit))
    {
        let start = at + offset;
        let run = scan::run(bytes, start, |b| b.is_ascii_digit());
        at = run;
        if scan::chained_before(text, start) {
            continue;
        }
        let Some(range) = date(text, start, run, last) else {
            continue;
        };
        if taken.meets(&range) {
            continue;
        }
        at = range.end.max(run);
        last = at;
        taken.add(range.clone());
        sink(Shape::Date, range);
    }
    taken.settle();
}

fn integer(text: &str, range: Range<usize>) -> u32 {
    text.get(range)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(u32::MAX)
}

fn is_year(n: u32) -> bool {
    (1900..2100).contains(&n)
}

fn date(text: &str, start: usize, run: usize, last: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let first = integer(text, start..run);
    // 2026-11-23, 23/11/2026, 23.11.26
    let sign = scan::byte(bytes, run);
    if matches!(sign, b'-' | b'/' | b'.') {
        let second = scan::run(bytes, run + 1, |b| b.is_ascii_digit());
        if scan::byte(bytes, second) == sign {
            let third = scan::run(bytes, second + 1, |b| b.is_ascii_digit());
            let (b, c) = (
                integer(text, run + 1..second),
                integer(text, second + 1..third),
            );
            let (first_width, third_width) = (run - start, third - second - 1);
            let iso = is_year(first)
                && first_width == 4
                && (1..=12).contains(&b)
                && (1..=31).contains(&c);
            let day = (1..=31).contains(&first)
                && (1..=31).contains(&b)
                && (first <= 12 || b <= 12)
                && first_width <= 2
                && (third_width == 4 && is_year(c) || third_width == 2 && sign == b'/');
            // "2026-11-23T10:00" goes on as a time.
            let end = third;
            let time = matches!(scan::byte(bytes, end), b'T');
            if (iso || day) && (time || !scan::chained_after(text, end)) {
                return Some(start..end);
            }
        }
        return None;
    }
    // 23 de noviembre de 2026, 23rd November 2026, November 23, 2026
    if !(1..=31).contains(&first) || run - start > 2 {
        return None;
    }
    let mut end = run;
    if let Some(ordinal) = ["st", "nd", "rd", "th", "º", "°", "ª"]
        .iter()
        .find(|ordinal| {
            text.get(end..)
                .is_some_and(|rest| rest.starts_with(**ordinal))
        })
    {
        end += ordinal.len();
    }
    let day_end = end;
    let mut next = word(text, end);
    if let Some((of, after)) = &next
        && matches!(of.as_str(), "de" | "of")
    {
        next = word(text, *after);
    }
    if let Some((month, after)) = next
        && scan::lists(MONTHS, &month)
    {
        return Some(start..with_year(text, after));
    }
    // The month before.
    let head = text.get(last..start)?.without_last(" \u{a0}.");
    let month = head
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .filter(|word| !word.is_empty() && word.len() <= 12)?;
    let capital = month.chars().next().is_some_and(char::is_uppercase);
    (capital
        && head.len() + 2 + last >= start
        && scan::lists(MONTHS, &scan::folded(month))
        && !scan::chained_after(text, day_end))
    .then(|| last + head.len() - month.len()..with_year(text, day_end))
}

/// A year after a day and month: `de 2026`, `, 2026`, ` 2026`, `del 26` not.
fn with_year(text: &str, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = end;
    if let Some((de, after)) = word(text, at)
        && matches!(de.as_str(), "de" | "del")
    {
        at = after;
    }
    while matches!(scan::byte(bytes, at), b',' | b' ' | b'.') && at < end + 6 {
        at += 1;
    }
    let until = scan::run(bytes, at, |b| b.is_ascii_digit());
    if until - at == 4 && is_year(integer(text, at..until)) && !scan::glued_after(text, until) {
        until
    } else {
        end
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    #[test]
    fn money_in_both_languages() {
        table(
            Shape::Money,
            &[
                ("3,5 millones de euros", &["3,5 millones de euros"]),
                ("12.000 € y 12M€", &["12.000 €", "12M€"]),
                ("$1.2 billion, US$40m", &["$1.2 billion", "US$40m"]),
                ("EUR 500k", &["EUR 500k"]),
                ("20 dollars, £5 and 30€/mes", &["20 dollars", "£5", "30€"]),
                ("3 millones de personas", &[]),
                ("en 2026 y 40%", &[]),
                ("500 000 €", &["500 000 €"]),
                ("$ME and 12 meters", &[]),
            ],
        );
    }

    #[test]
    fn percentages() {
        table(
            Shape::Percent,
            &[
                (
                    "12%, 3,5 % y 10 por ciento",
                    &["12%", "3,5 %", "10 por ciento"],
                ),
                ("up 8 percent and 5 pct", &["8 percent", "5 pct"]),
                ("100 personas", &[]),
            ],
        );
    }

    #[test]
    fn numbers() {
        table(
            Shape::Number,
            &[
                ("1.200 clientes, 12,5 y 3", &["1.200", "12,5", "3"]),
                ("el 23/11/2026 a1 #2", &[]),
                ("12 500 000 usuarios", &["12 500 000"]),
            ],
        );
    }

    #[test]
    fn dates_in_both_languages() {
        table(
            Shape::Date,
            &[
                (
                    "2026-11-23, 23/11/2026 y 3.1.2026",
                    &["2026-11-23", "23/11/2026", "3.1.2026"],
                ),
                ("2026-11-23T10:00:00Z", &["2026-11-23"]),
                ("el 23 de noviembre de 2026", &["23 de noviembre de 2026"]),
                (
                    "on November 23rd, 2026 and 5th of May",
                    &["November 23rd, 2026", "5th of May"],
                ),
                ("15 de marzo", &["15 de marzo"]),
                ("24/7, 1/2 y 10.0.0.1", &[]),
                ("I may 5 times", &[]),
                ("99/99/2026 y 2026-13-40", &[]),
            ],
        );
    }
}
