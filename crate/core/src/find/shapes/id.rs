//! Identity, tax, health and account numbers that have an official check.
//!
//! One table: form, the groupings in which the issuer prints it, the check, and how much the form
//! says by itself. `00000000T` can hardly be anything but a DNI; nine digits whose weighted sum is
//! divisible by eleven are a Dutch citizen's number once in eleven times by chance, so a word must
//! stand beside them. What fails its check is nothing, whatever stands beside it: a wrong letter
//! is how people write an invented one.

use core::ops::Range;

use super::checks as check;
use super::code::{Code, Starts, compact};
use super::{Shape, Sink, Taken, scan};

/// How much a form says by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Enough, however it is grouped by the table.
    Enough,
    /// Enough in the issuer's grouping; run together, a word must stand beside it.
    Grouped,
    /// A word must stand beside it, be it "number", or nothing at all in the draft.
    Own,
    /// Nothing: a word must stand beside it.
    Little,
}

use Says::{Enough, Grouped, Little, Own};

/// A kind of number.
struct Kind {
    shape: Shape,
    /// Compact form: `#` digit, `@` letter, `*` either, anything else itself.
    form: &'static str,
    /// Lengths of the printed groups with the sign between; alternatives after `|`. `~` is any of
    /// space, hyphen and full stop.
    groups: &'static str,
    says: Says,
    check: fn(&[u8]) -> bool,
    /// Folded words that name it.
    words: &'static str,
}

const fn kind(
    shape: Shape,
    form: &'static str,
    groups: &'static str,
    says: Says,
    check: fn(&[u8]) -> bool,
    words: &'static str,
) -> Kind {
    Kind {
        shape,
        form,
        groups,
        says,
        check,
        words,
    }
}

const DNI: &str = "dni nif nie";
const RUT: &str = "rut run";
const SSN: &str = "ssn ss social";
const VAT: &str = "vat iva tva btw ust uid nif";
const CPR: &str = "cpr personnummer personnr fodselsnummer";

use Shape::{Cif, CompanyId, Dni, NationalId, Passport, Ssn};

/// Every kind, shorter forms first.
#[rustfmt::skip]
static KINDS: &[Kind] = &[
    // 7 characters
    kind(Dni, "######@", "3.3-1|3.3 1|6~1", Little, check::es_dni_short, DNI),
    // 8
    kind(Dni, "#######@", "7~1|1.3.3-1|1.3.3 1|1.3.4", Little, check::es_dni_short, DNI),
    kind(NationalId, "########", "2.3.3", Little, check::form, "dni"),
    kind(NationalId, "#######@", "", Grouped, check::ie_pps, "pps ppsn"),
    kind(Passport, "@@######", "2~6", Little, check::form, PASSPORT),
    kind(NationalId, "########", "1.3.3-1", Grouped, check::uy_ci, "cedula ci"),
    kind(NationalId, "#######*", "1.3.3-1|7-1", Grouped, check::cl_rut, RUT),
    // 9
    kind(Dni, "########@", "8~1|2.3.3-1|2.3.3.1|2.3.3 1|2.3.4", Enough, check::es_dni, DNI),
    kind(Dni, "X#######@", "1~7~1|1~8|8~1", Enough, check::es_dni, DNI),
    kind(Dni, "Y#######@", "1~7~1|1~8|8~1", Enough, check::es_dni, DNI),
    kind(Dni, "Z#######@", "1~7~1|1~8|8~1", Enough, check::es_dni, DNI),
    kind(Dni, "K#######@", "1~7~1|1~8|8~1", Enough, check::es_dni, DNI),
    kind(Dni, "L#######@", "1~7~1|1~8|8~1", Enough, check::es_dni, DNI),
    kind(Dni, "M#######@", "1~7~1|1~8|8~1", Enough, check::es_dni, DNI),
    kind(Cif, "@########", "1~8|1~7~1|8~1|3.3.3|1-2.3.2-1", Enough, check::es_cif, "cif nif"),
    kind(Cif, "@#######@", "1~8|1~7~1|8~1|1-2.3.2-1", Enough, check::es_cif, "cif nif"),
    kind(Ssn, "#########", "3-2-4", Grouped, check::us_ssn, SSN),
    kind(Ssn, "#########", "3 2 4|3.2.4", Little, check::us_ssn, SSN),
    kind(NationalId, "9########", "3-2-4", Grouped, check::us_itin, "itin tin"),
    kind(CompanyId, "#########", "2-7", Little, check::us_ein, "ein fein employer tin"),
    kind(NationalId, "P########", "1-8", Little, check::form, "ptin"),
    kind(NationalId, "#########", "3 3 3|4-4-1", Little, check::us_aba, "aba routing rtn"),
    kind(NationalId, "@@######@", "2 2 2 2 1|2 6 1|2-2-2-2-1|2-6-1", Enough, check::gb_nino, "nino insurance"),
    kind(NationalId, "#######@@", "", Grouped, check::ie_pps, "pps ppsn"),
    kind(NationalId, "#########", "3 3 3", Little, check::pt_nif, "nif contribuinte"),
    kind(NationalId, "########*", "2.3.3-1|8-1", Grouped, check::cl_rut, RUT),
    kind(NationalId, "########*", "8-1", Grouped, check::pe_cui, "dni cui"),
    kind(NationalId, "#########", "3-3-3", Grouped, check::ca_sin_low, ""),
    kind(NationalId, "#########", "3 3 3", Own, check::ca_sin, "sin nas insurance"),
    kind(NationalId, "#########", "4.2.3", Grouped, check::nl_bsn, ""),
    kind(NationalId, "#########", "4.2.3|3 3 3", Own, check::nl_bsn, "bsn burgerservicenummer sofinummer"),
    kind(NationalId, "#########", "3 3 3", Little, check::au_tfn, "tfn tax"),
    kind(NationalId, "#########", "3 3 3", Little, check::gr_afm, "afm"),
    kind(NationalId, "#########", "8-1", Little, check::il_id, "teudat zehut"),
    kind(CompanyId, "#########", "3 4 2|3 3 3", Little, check::gb_vat, VAT),
    kind(NationalId, "@#######@", "", Enough, check::sg_nric, "nric fin"),
    kind(Passport, "@@@######", "3~6|3~3~3", Little, check::form, PASSPORT),
    kind(Passport, "@########", "1~8", Little, check::form, PASSPORT),
    kind(Passport, "#########", "", Little, check::form, PASSPORT),
    kind(Passport, "@@#######", "2~7", Little, check::form, PASSPORT),
    // 10
    kind(NationalId, "##########", "3 3 4|3-3-4", Own, check::gb_nhs, "nhs"),
    kind(NationalId, "##########", "5 5", Little, check::gb_utr, "utr taxpayer assessment"),
    kind(NationalId, "##########", "3.3.3-1|9-1", Grouped, check::co_nit, "nit"),
    kind(NationalId, "##########", "3-3-2-2|3-2-2-3", Grouped, check::pl_nip, "nip"),
    kind(NationalId, "##########", "6/4", Grouped, check::cz_rc, "rodne rc"),
    kind(NationalId, "##########", "6-4", Grouped, check::se_pnr, CPR),
    kind(NationalId, "##########", "6-4", Little, check::dk_cpr, CPR),
    kind(NationalId, "##########", "", Little, check::bg_egn, "egn"),
    kind(NationalId, "##########", "9-1", Little, check::ec_ci, "cedula ci"),
    kind(NationalId, "@#########", "1-8-1|1-9", Grouped, check::ve_rif, "rif"),
    kind(NationalId, "@@@@@####@", "", Enough, check::in_pan, "pan"),
    kind(NationalId, "##########", "4 5 1", Little, check::au_medicare, "medicare"),
    kind(NationalId, "#########*", "6-4|6+4", Grouped, check::fi_hetu, "hetu henkilotunnus"),
    kind(NationalId, "@@@@######", "4-6|4 6", Little, check::mx_rfc_person, "rfc"),
    // 11
    kind(NationalId, "###########", "2 3 3 3", Enough, check::de_idnr, "steuer* idnr tin"),
    kind(NationalId, "###########", "2.2.2-3.2|2.2.2-3 2|2 2 2 3 2|6-3-2|6 3 2", Enough, check::be_nn, "rijksregister* national insz niss"),
    kind(NationalId, "###########", "2-8-1", Enough, check::ar_cuit, "cuit cuil"),
    kind(NationalId, "###########", "2-8-1", Enough, check::pe_ruc, "ruc"),
    kind(NationalId, "###########", "3.3.3-2", Enough, check::br_cpf, "cpf"),
    kind(NationalId, "###########", "", Enough, check::pl_pesel, "pesel"),
    kind(NationalId, "###########", "6 5", Enough, check::no_fnr, "fnr personnummer fodselsnummer"),
    kind(NationalId, "###########", "", Enough, check::tr_tckn, "tc tckn kimlik"),
    kind(NationalId, "###########", "", Enough, check::ee_ik, "isikukood asmens"),
    kind(NationalId, "###########", "6 5", Little, check::gr_amka, "amka"),
    kind(NationalId, "###########", "", Little, check::hr_oib, "oib"),
    kind(CompanyId, "###########", "", Little, check::it_iva, "iva piva partita fiscale codicefiscale"),
    kind(NationalId, "###########", "3-7-1", Grouped, check::do_cedula, "cedula"),
    kind(CompanyId, "DE#########", "2 9|2 3 3 3|5 3 3", Enough, check::de_vat, VAT),
    kind(CompanyId, "GB#########", "2 3 4 2|2 9|2 3 3 3", Enough, check::gb_vat, VAT),
    kind(CompanyId, "PT#########", "2 9|2 3 3 3|5 3 3", Enough, check::pt_nif, VAT),
    kind(CompanyId, "ATU########", "3 8|2 9", Enough, check::at_vat, VAT),
    kind(CompanyId, "BE#########", "2 9|2 3 3 3|2 3.3.3", Enough, check::be_vat, VAT),
    kind(Dni, "ES########@", "2~9|2~8~1", Enough, es_prefixed, DNI),
    kind(Dni, "ESX#######@", "2~9|2~1~7~1", Enough, es_prefixed, DNI),
    kind(Dni, "ESY#######@", "2~9|2~1~7~1", Enough, es_prefixed, DNI),
    kind(Cif, "ES@#######*", "2~9|2~1~8|2~1~7~1", Enough, es_prefixed, DNI),
    kind(NationalId, "######@###*", "", Enough, check::fi_hetu, "hetu henkilotunnus"),
    // 12
    kind(CompanyId, "@@*********#", "2 9 1|2 10|2-9-1", Enough, check::isin, "isin"),
    kind(NationalId, "############", "2 8 2|2/8/2|2-8-2|2 10|2/10", Little, check::es_nuss, "social seguridad nuss naf afiliacion"),
    kind(NationalId, "############", "4 4 4|4-4-4", Grouped, check::in_aadhaar, "aadhaar uid"),
    kind(NationalId, "############", "8-4", Grouped, check::se_pnr, CPR),
    kind(NationalId, "############", "", Little, check::fr_nif, "fiscal spi nif"),
    kind(NationalId, "#########@@#", "8 1 3|9 3|9-3", Enough, check::pt_cc, "cidadao cc"),
    kind(CompanyId, "BE##########", "2 10|2 4.3.3|2 4 3 3", Enough, check::be_vat, VAT),
    kind(CompanyId, "@@@######***", "3-6-3|3 6 3", Enough, check::mx_rfc, "rfc"),
    // 13
    kind(NationalId, "#############", "", Enough, check::fr_nif, "fiscal spi nif"),
    kind(NationalId, "756##########", "3.4.4.2|3 4 4 2", Enough, check::ch_ahv, "ahv avs"),
    kind(NationalId, "#############", "", Grouped, check::ro_cnp, "cnp"),
    kind(NationalId, "#############", "6 4 2 1|6 4 3", Grouped, check::za_id, "id"),
    kind(NationalId, "#############", "6-7", Grouped, check::kr_rrn, "rrn"),
    kind(NationalId, "@@@@######***", "4-6-3|4 6 3", Enough, check::mx_rfc_person, "rfc"),
    kind(CompanyId, "IT###########", "2 11", Enough, check::it_iva, VAT),
    kind(CompanyId, "FR###########", "2 2 3 3 3|2 11|2 2 9|4 3 3 3|4 9", Enough, check::fr_vat, VAT),
    // 14
    kind(NationalId, "##############", "", Enough, check::br_cnpj, "cnpj"),
    kind(NationalId, "**************", "2.3.3/4-2|8/4-2", Grouped, check::br_cnpj, "cnpj"),
    // 15 and more
    kind(NationalId, "###############", "2-6-6-1|8-6-1|2-6-1-6|2 6 6 1", Own, check::imei, "imei"),
    kind(NationalId, "######*########", "1 2 2 2 3 3 2|13 2|1 2 2 2 6 2", Enough, check::fr_nir, "nir secu securite sociale"),
    kind(NationalId, "################", "2-6-6-2|8-6-2|2-6-1-6-1", Grouped, check::imei, "imei imeisv"),
    kind(NationalId, "@@@@@@**@**@***@", "3 3 5 5|6 5 5|6 2 1 2 4 1", Enough, check::it_codice, "codice fiscale"),
    kind(NationalId, "@@@@######@@@@@**#", "4 6 6 2", Enough, check::mx_curp, "curp"),
    kind(NationalId, "@@@@######@@@@@@*#", "4 6 6 2", Enough, check::mx_curp, "curp"),
    kind(NationalId, "#################*", "", Enough, check::cn_ric, "id"),
    kind(NationalId, "####################", "4-4-2 10|4 4 2 10|4-4-2-10", Enough, check::es_ccc, "ccc cuenta"),
    kind(NationalId, "ES################@@", "2 16 2|2 4-12-2|2 4 12 2|2 4 4 4 4 2", Enough, check::es_cups, "cups"),
    kind(NationalId, "*******@@****@####@@", "7 7 4 2|7-7-4 2|7 7-4 2|7-7-4-2", Enough, check::es_catastro, "catastral"),
    kind(NationalId, "**************####@@", "7 7 4 2|7-7-4 2|7 7-4 2|7-7-4-2", Enough, check::es_catastro, "catastral"),
    kind(CompanyId, "******************##", "4 4 4 4 4", Enough, check::lei, "lei"),
    kind(NationalId, "ES################@@#@", "2 16 2 2|2 4-12-2 2|2 4 12 2 2|2 4 4 4 4 2 2", Enough, check::es_cups, "cups"),
];

const PASSPORT: &str = "pasaporte* passport* passeport";

fn es_prefixed(number: &[u8]) -> bool {
    let rest = number.get(2..).unwrap_or_default();
    check::es_dni(rest) || check::es_cif(rest)
}

/// Words that make a bare number somebody's number.
const GENERIC: &str = "number numero num no nr id identity identification identidad identificacion documento \
    document";

/// Words of numbers that are nobody's.
const ORDER: &str = "order pedido tracking seguimiento invoice factura ticket sku isbn ean ref referencia \
    reference localizador envio parcel shipment case expediente article articulo item model \
    modelo units unidades sold vendidas views visitas downloads descargas users usuarios \
    euros dollars km steps";

/// What stands beside a candidate, looked at only where a kind asks.
struct Beside<'t> {
    text: &'t str,
    range: Range<usize>,
    words: Option<String>,
}

impl<'t> Beside<'t> {
    fn new(text: &'t str, range: Range<usize>) -> Self {
        Self {
            text,
            range,
            words: None,
        }
    }

    fn says(&mut self, words: &str) -> bool {
        let Self {
            text,
            range,
            words: cache,
        } = self;
        let near = cache.get_or_insert_with(|| {
            let mut near = scan::words_before(text, range.start, 48);
            near.push(' ');
            near.push_str(&scan::words_after(text, range.end, 24));
            near
        });
        scan::says(near, words)
    }

    /// The number is all there is to the draft.
    fn alone(&self) -> bool {
        let rest = |part: Option<&str>| {
            part.unwrap_or_default()
                .chars()
                .all(|c| c.is_whitespace() || c.is_ascii_punctuation())
        };
        rest(self.text.get(..self.range.start)) && rest(self.text.get(self.range.end..))
    }

    /// Another number stands a space away: this may be part of something longer.
    fn in_a_row(&self) -> bool {
        let (text, range) = (self.text, &self.range);
        let left = scan::before(text, range.start).filter(|sign| matches!(sign, ' ' | '\u{a0}'));
        let right = scan::after(text, range.end).filter(|sign| matches!(sign, ' ' | '\u{a0}'));
        left.and_then(|sign| scan::before(text, range.start - sign.len_utf8()))
            .is_some_and(|c| c.is_ascii_digit())
            || right
                .and_then(|sign| scan::after(text, range.end + sign.len_utf8()))
                .is_some_and(|c| c.is_ascii_digit())
    }
}

fn has_form(form: &str, compact: &[u8]) -> bool {
    form.len() == compact.len()
        && form.bytes().zip(compact).all(|(wanted, &b)| match wanted {
            b'#' => b.is_ascii_digit(),
            b'@' => b.is_ascii_uppercase(),
            b'*' => true,
            literal => literal == b,
        })
}

fn kinds_of(length: usize) -> &'static [Kind] {
    let from = KINDS.partition_point(|kind| kind.form.len() < length);
    let until = KINDS.partition_point(|kind| kind.form.len() <= length);
    KINDS.get(from..until).unwrap_or_default()
}

/// Whether a number in compact form is one of these kinds.
pub(super) fn is_known(compact: &[u8]) -> bool {
    kinds_of(compact.len())
        .iter()
        .any(|kind| has_form(kind.form, compact) && (kind.check)(compact))
}

/// Whether the official check of one of the shape's kinds passes.
pub(super) fn passes(shape: Shape, matched: &str) -> bool {
    let compact = compact(matched);
    kinds_of(compact.len())
        .iter()
        .any(|kind| kind.shape == shape && has_form(kind.form, &compact) && (kind.check)(&compact))
}

/// Finds identity and account numbers.
pub(super) fn find(text: &str, taken: &mut Taken, sink: &mut Sink<'_>) {
    let mut starts = Starts::new(text);
    while let Some(code) = starts.next() {
        let Some((kind, range)) = judge(text, &code, taken) else {
            continue;
        };
        starts.skip_to(range.end);
        taken.add(range.clone());
        sink(kind, range);
    }
    taken.settle();
}

/// The longest part of the code, from its start, that is a number of a kind.
fn judge(text: &str, code: &Code, taken: &Taken) -> Option<(Shape, Range<usize>)> {
    for count in (1..=code.groups()).rev() {
        let compact = code.compact(count);
        let kinds = kinds_of(compact.len());
        if kinds.is_empty() || compact.iter().filter(|b| b.is_ascii_digit()).count() < 5 {
            continue;
        }
        let range = code.range(count);
        // "8c70ca8a-c692": the first part of something longer.
        let goes_on = text.get(range.end..).unwrap_or_default().strip_prefix('-');
        if scan::chained_after(text, range.end)
            || taken.meets(&range)
            || goes_on.is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        {
            continue;
        }
        let mut beside = Beside::new(text, range.clone());
        let digits = compact.iter().all(u8::is_ascii_digit);
        if (digits || code.is_spaced(count)) && beside.in_a_row() {
            continue;
        }
        // "JY 1F" is the end of a number that failed its check, not a new word.
        if !digits && code.is_spaced(count) && code.goes_on(count) {
            continue;
        }
        for kind in kinds {
            if !has_form(kind.form, compact) || !(kind.check)(compact) {
                continue;
            }
            let printed = code.is_grouped_like(count, kind.groups);
            let enough = match kind.says {
                Enough if count == 1 || printed => true,
                Grouped if printed => true,
                Own if count == 1 => {
                    beside.says(kind.words) || beside.says(GENERIC) || beside.alone()
                }
                Own if printed => beside.says(kind.words) || beside.alone(),
                // Grouped as no issuer does: only where the check leaves no doubt.
                _ => (count == 1 || printed || kind.says == Enough) && beside.says(kind.words),
            };
            let enough =
                enough && !(digits && count == 1 && beside.says(ORDER) && !beside.says(kind.words));
            if enough {
                return Some((kind.shape, range));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    #[test]
    fn the_table_is_sorted_by_length() {
        assert!(KINDS.is_sorted_by_key(|kind| kind.form.len()));
    }

    #[test]
    fn every_grouping_adds_up_to_its_form() {
        for kind in KINDS {
            for grouping in kind
                .groups
                .split('|')
                .filter(|grouping| !grouping.is_empty())
            {
                let sum: usize = grouping
                    .split(|c: char| !c.is_ascii_digit())
                    .filter_map(|length| length.parse::<usize>().ok())
                    .sum();
                assert_eq!(sum, kind.form.len(), "{} {grouping}", kind.form);
            }
        }
    }

    #[test]
    fn spain() {
        table(
            Dni,
            &[
                ("Mi DNI es 12345678Z.", &["12345678Z"]),
                ("12345678-z, 12.345.678-Z", &["12345678-z", "12.345.678-Z"]),
                ("12.345.678Z y x1234567-l", &["12.345.678Z", "x1234567-l"]),
                ("NIE X1234567L y X-1234567-L", &["X1234567L", "X-1234567-L"]),
                ("12345678A no es de nadie", &[]),
                ("Z1234567A tampoco", &[]),
                ("el pedido 123456789Z", &[]),
                ("son 12345678 a repartir", &[]),
                ("ref.12-12345678Z", &[]),
                // Without the zeros that it starts with.
                (
                    "NIF 1234567L, dni 1.234.567-L",
                    &["1234567L", "1.234.567-L"],
                ),
                ("mi DNI: 123456-S", &["123456-S"]),
                ("DNI 1234567A", &[]),
                ("el modelo 1234567L", &[]),
            ],
        );
        table(
            Cif,
            &[
                ("CIF A58818501", &["A58818501"]),
                ("CIF A-58818501 y A58818502", &["A-58818501"]),
                ("P2800000J", &[]),
            ],
        );
        table(
            NationalId,
            &[
                (
                    "cuenta 2100 0418 45 0200051332",
                    &["2100 0418 45 0200051332"],
                ),
                ("21000418450200051332", &["21000418450200051332"]),
                ("21000418460200051332", &[]),
                ("CUPS ES1234123456789012JY", &["ES1234123456789012JY"]),
            ],
        );
    }

    #[test]
    fn united_states() {
        table(
            Ssn,
            &[
                ("her ssn is 219-09-1234", &["219-09-1234"]),
                ("219091234 is her SSN", &["219091234"]),
                ("SS# 219091234", &["219091234"]),
                ("219091234 units", &[]),
                (
                    "000-12-3456 666-12-3456 912-12-3456 123-00-4567 123-12-0000",
                    &[],
                ),
                ("call 219-091-1234", &[]),
                ("on 2190-09-1234", &[]),
            ],
        );
        table(
            NationalId,
            &[("ITIN 912-70-1234", &["912-70-1234"]), ("912-93-1234", &[])],
        );
    }

    #[test]
    fn weak_numbers_need_a_word() {
        table(
            NationalId,
            &[
                ("NHS number 943 476 5919", &["943 476 5919"]),
                ("order 9434765919", &[]),
                ("BSN 111222333", &["111222333"]),
                ("111222333 visits", &[]),
                ("111222334 is my BSN", &[]),
            ],
        );
    }

    #[test]
    fn others_by_their_own_form() {
        table(
            NationalId,
            &[
                ("CPF 529.982.247-25", &["529.982.247-25"]),
                ("529.982.247-26", &[]),
                ("QQ 12 34 56 A", &[]),
                ("AB 12 34 56 C", &["AB 12 34 56 C"]),
                ("756.9217.0769.85", &["756.9217.0769.85"]),
                ("F1234567N, F1234567X", &["F1234567N"]),
                ("RSSMRA85T10A562S", &["RSSMRA85T10A562S"]),
                ("RSSMRA85T10A562T", &[]),
                ("RUT 12.345.678-5", &["12.345.678-5"]),
            ],
        );
        table(
            CompanyId,
            &[("DE136695976 and DE136695978", &["DE136695976"])],
        );
    }

    #[test]
    fn passports_need_a_word() {
        table(
            Passport,
            &[
                ("mi pasaporte es AAA123456", &["AAA123456"]),
                ("passport PAA-123456", &["PAA-123456"]),
                ("nº de pasaporte: BF 123456", &["BF 123456"]),
                ("pasaporte español ZAB000254", &["ZAB000254"]),
                ("el modelo AAA123456", &[]),
            ],
        );
    }

    #[test]
    fn a_pattern_may_ask_for_the_check_alone() {
        assert!(Dni.accepts("1 2 3 4 5 6 7 8 Z"));
        assert!(!Dni.accepts("12345678A"));
        assert!(Ssn.accepts("219091234"));
    }
}
