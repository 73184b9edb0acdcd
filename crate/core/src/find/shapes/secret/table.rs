//! The beginnings by which vendors make their keys recognisable, with what follows.
//!
//! Vendors publish these so that scanners can find leaked keys. Beginnings of keys that are meant
//! to be public (Stripe's `pk_`, PostHog's `phc_`, reCAPTCHA's) are not here. Data, not code: a
//! new vendor is a new word.
//!
//! As of 2026-11-28. Facts (beginning, alphabet, length) from: GitHub, "About authentication to
//! GitHub" and the changelog of 2026-05-15 (`ghs_` is a JWT of some 520 characters); GitLab, "Token
//! overview"; Vercel, "New token formats and secret scanning"; Cloudflare, "Token formats"; the
//! rules of gitleaks 8 and of its successor betterleaks, all of them (Gemini's `AQ.`, Vercel, the
//! AI services); those of kingfisher for Cloudflare, PostHog, E2B and Azure OpenAI. Not compared
//! yet: the rest of kingfisher, trufflehog, secretlint. When adding to it, set the date.

/// What a key is made of after its beginning.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// Hexadecimal digits.
    Hex,
    /// Upper-case letters and digits.
    Upper,
    /// Letters and digits.
    Alnum,
    /// Letters, digits, `_`, `-`.
    Word,
    /// Letters, digits, `_`, `-`, `.`, `=`, `~`.
    Key,
    /// Base64 of both alphabets, with `.` and `|`.
    Base64,
}

impl Set {
    const fn of(letter: u8) -> Option<Self> {
        Some(match letter {
            b'H' => Self::Hex,
            b'U' => Self::Upper,
            b'A' => Self::Alnum,
            b'W' => Self::Word,
            b'K' => Self::Key,
            b'B' => Self::Base64,
            _ => return None,
        })
    }

    pub(super) const fn has(self, b: u8) -> bool {
        match self {
            Self::Hex => b.is_ascii_hexdigit(),
            Self::Upper => b.is_ascii_uppercase() || b.is_ascii_digit(),
            Self::Alnum => b.is_ascii_alphanumeric(),
            Self::Word => b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'),
            Self::Key => b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'=' | b'~'),
            Self::Base64 => {
                b.is_ascii_alphanumeric()
                    || matches!(
                        b,
                        b'+' | b'/' | b'=' | b'_' | b'-' | b'.' | b'|' | b'%' | b':'
                    )
            }
        }
    }
}

/// No upper limit.
pub(super) const ANY: u16 = u16::MAX;

/// A beginning, what follows, and how many of it at least and at most.
pub(super) struct Row {
    pub(super) prefix: &'static str,
    pub(super) set: Set,
    pub(super) least: u16,
    pub(super) most: u16,
}

/// A line is a form and the beginnings that have it: `A36 npm_` is `npm_` and 36 letters and
/// digits, `A36-255` at least and at most so many, `K36-` any number from 36 on. The letter is
/// that of a [`Set`]. As text, since that is a fifth of the size of the same rows as a table.
static TABLE: &str = concat!(
    // Clouds
    "U16 AKIA ASIA ABIA ACCA\n",
    "U17 A3T\n",
    "B109-280 ABSK\n",
    "B0- bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t\n",
    "W35 AIza\n",
    "W24-32 GOCSPX-\n",
    "W30- ya29.\n",
    "A17-24 LTAI\n",
    "A32-36 AKID\n",
    "A36-60 AKLT\n",
    "H64 dop_v1_ doo_v1_ dor_v1_ amzn1.oa2-cs.v1.\n",
    "W36-64 HRKU-\n",
    "W140-200 v1.0-\n",
    "W40-50 fo1_\n",
    "B90- fm1r_ fm1a_ fm2_\n",
    "W40-60 tk-us-\n",
    "W20-80 tskey-\n",
    "W20-36 YCAJE\n",
    "W37 YCO YCM YCw YCA\n",
    "W32-42 AQVN\n",
    "K80- t1.\n",
    "A36-44 nfp_\n",
    "H40 sbp_ pul- sbp_v0_\n",
    "W20-60 sb_secret_ scw_secret_\n",
    "K32-64 pscale_pw_ pscale_tkn_ pscale_oauth_\n",
    "H32-34 dapi\n",
    "A38 4b1d\n",
    "W43 sha256~\n",
    "W60-200 1//0\n",
    "W36 amzn.mws.\n",
    "W40-64 cfut_ cfat_ cfk_\n",
    "W24-60 vck_ vca_ vci_ vcr_\n",
    "A60-70 napi_\n",
    "W40-48 mdb_sa_sk_\n",
    // Code and packages
    "A36-255 ghp_ gho_ ghu_ ghr_\n",
    "K36- ghs_\n",
    "W60-255 github_pat_\n",
    "K20-320 glpat- glrt-\n",
    "K20-80 gldt- glrtr- glcbt- glft- glimt- glsoat- glffct- glwt-\n",
    "H40 glptt- bkua_\n",
    "K40-80 glagent- dp.st.\n",
    "K60-80 gloas-\n",
    "W20 GR1348941\n",
    "A32 _gitlab_session= cio ico-\n",
    "K180-200 ATATT3 ATCTT3\n",
    "A28-32 ATBB\n",
    "H60-72 ATTA\n",
    "A36 npm_ pnu_\n",
    "W50- pypi-AgEIcHlwaS5vcmc pypi-AgENdGVzdC5weXBpLm9yZ\n",
    "H48 rubygems_\n",
    "A60 CLOJARS_\n",
    "A43 oy2 secret_\n",
    "W27-60 dckr_pat_ dckr_oat_\n",
    "A60-80 AKCp\n",
    "A59 cmVmd\n",
    "W40-60 sgp_\n",
    "W40-80 CCIPAT_\n",
    "B60- sntrys_\n",
    "H64 sntryu_\n",
    "U26 API-\n",
    "K60-90 pat. sat.\n",
    "W24-59 PMAK-\n",
    "A70 rdme_\n",
    "A40 lin_api_ sqp_ squ_ sqa_\n",
    "A40-64 lin_oauth_\n",
    "W36-60 figd_ figdr_\n",
    "A46 ntn_\n",
    "B200- ops_eyJ\n",
    "W30-40 A3-\n",
    "A40-44 dp.pt. dp.ct. dp.sa. dp.scim.\n",
    "W24-160 hvs. hvr.\n",
    "W100-400 hvb.\n",
    "K60-100 dnkey-\n",
    "A16 sm_aat_ sm_pat_ sm_sat_\n",
    "W36-40 waka_\n",
    "W30-80 snyk_\n",
    "W16 endr+\n",
    // Chat, mail, calls
    "W20-120 xoxb- xoxs-\n",
    "W30-120 xoxp- xoxc-\n",
    "W12-120 xoxa- xoxr-\n",
    "W40-120 xoxo-\n",
    "W100-200 xoxe-\n",
    "W100-220 xoxe.xox\n",
    "W50-130 xapp-\n",
    "K60-70 SG.\n",
    "W76-90 xkeysib- xsmtpsib-\n",
    "H32 key- pubkey-\n",
    "A32-36 re_\n",
    "K64 fio-u-\n",
    "K59 tfp_\n",
    "A54 EZAK EZTK\n",
    "W36 pat-na1- pat-eu1-\n",
    "H40 sendbird_\n",
    "H31 SK0 SK1 SK2 SK3 SK4 SK5 SK6 SK7 SK8 SK9 SKa SKb SKc SKd SKe SKf\n",
    "B60- xoxd-\n",
    // Payment and shops
    "A10-247 sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_\n",
    "B30-60 whsec_\n",
    "H32 shpat_ shpca_ shppa_ shpss_ shptka_\n",
    "W22-60 sq0atp-\n",
    "W40-60 sq0csp-\n",
    "W22-64 EAAA\n",
    "A48-60 access_token$production$\n",
    "W36 access-production- access-sandbox- access-development-\n",
    "W12-40 FLWSECK_TEST-\n",
    "W32-40 FLWPUBK_TEST-\n",
    "W30-50 FLWSECK-\n",
    "K35-45 live_\n",
    "H35 test_\n",
    "H40 shippo_live_ shippo_test_\n",
    "K43 duffel_live_ duffel_test_\n",
    "A14-24 rzp_live_\n",
    "A40-64 sk_\n",
    // AI
    "W40-250 sk-proj- sk-svcacct- sk-admin-\n",
    "W80-120 sk-ant-api03- sk-ant-admin01- sk-ant-oat01-\n",
    "W80-130 sk-ant-\n",
    "H64 sk-or-v1- key_ crsr_\n",
    "A32-64 sk-\n",
    "A40-60 gsk_ pplx- csk-\n",
    "A60-100 xai-\n",
    "A34-40 hf_ api_org_\n",
    "A37-40 r8_\n",
    "W50-80 nvapi-\n",
    "W50-90 pcsk_\n",
    "W28-50 tvly-\n",
    "W40-60 lsv2_pt_ lsv2_sk_\n",
    "A22-30 fw_\n",
    "W40-120 wandb_v1_ ant-api-\n",
    "A50-70 jina_\n",
    "H32 fc-\n",
    "W45-60 AQ.\n",
    "W36 sk-lf-\n",
    "H40 e2b_\n",
    "W43 pa-\n",
    // Watching and data
    "A27 NRAK-\n",
    "H19 NRJS-\n",
    "W32 NRII-\n",
    "A20-60 NRSP- key_live_\n",
    "B32-400 glc_\n",
    "W41 glsa_\n",
    "B60-400 eyJrIjoi\n",
    "K80-100 dt0c01. dt0s16. dt0s01.\n",
    "A40-60 phx_ patkey ctp_ rpa_ phs_ pha_ phr_\n",
    "K79 pat\n",
    "W120- APA91b\n",
    "W30-80 vercel_blob_rw_\n",
    "A34-40 hf.\n",
    "A30-50 ddp_ apify_api_\n",
    "A28 aio_\n",
    "K60-200 pk.ey sk.ey\n",
    "K80-90 pk.\n",
    "W130-160 sl.\n",
    "W40-60 CFPAT- tgp_v1_ ubi_\n",
    "A100- EAAC EAAM EAAG EAAB\n",
    "B60-120 AAAAAAAAAAAAAAAAAAAAA\n",
    "A32 p8e-\n",
    "W28-60 p8_\n",
    "H64 s-s4t2ud- s-s4t2af- sntrya_ mlsn.\n",
    "K40-100 scauth_\n",
    "K50-100 sc_ ext_ authress_\n",
    "B60- ZXlK\n",
    "U58 AGE-SECRET-KEY-1\n",
    "W30-60 fgs_ shrtc_ pm_live_\n",
    "W24-60 vcp_\n",
    "A28-40 rnd_\n",
    "W40-70 pdl_live_apikey_\n",
    "H32 cal_live_\n",
    "W18-60 ak_live_\n",
    "W20-60 SCWSECRET\n",
    // Webhooks whose address is the secret
    "B30-80 hooks.slack.com/services/ hooks.slack.com/workflows/\n",
    "B30-80 hooks.slack.com/triggers/ api.telegram.org/bot\n",
    "B60-120 discord.com/api/webhooks/ discordapp.com/api/webhooks/\n",
    "B70-140 discord.com/api/v discordapp.com/api/v\n",
    "B36-300 webhook.office.com/webhookb2/\n",
    "B12-40 hooks.zapier.com/hooks/catch/\n",
);

/// Every beginning.
pub(super) fn rows() -> Vec<Row> {
    let number = |digits: &str| {
        digits
            .bytes()
            .fold(0, |sum, b| sum * 10 + u16::from(b.wrapping_sub(b'0')))
    };
    let mut rows = Vec::with_capacity(320);
    for line in TABLE.split('\n') {
        let mut words = line.split(' ');
        let form = words.next().unwrap_or_default();
        let Some(set) = form.bytes().next().and_then(Set::of) else {
            continue;
        };
        let lengths = form.get(1..).unwrap_or_default();
        let (least, most) = match lengths.split_once('-') {
            Some((least, "")) => (number(least), ANY),
            Some((least, most)) => (number(least), number(most)),
            None => (number(lengths), number(lengths)),
        };
        rows.extend(words.map(|prefix| Row {
            prefix,
            set,
            least,
            most,
        }));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_no_beginning_stands_twice() {
        let rows = rows();
        let words: usize = TABLE
            .trim_end()
            .split('\n')
            .map(|line| line.split(' ').count() - 1)
            .sum();
        assert_eq!(rows.len(), words);
        let mut seen: Vec<_> = rows.iter().map(|row| row.prefix).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), words);
        assert!(rows.iter().all(|row| row.least <= row.most));
    }
}
