//! Configuration profiles for macOS.

use std::fmt::Write as _;

use plist::{Dictionary, Value};
use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;

/// One domain's settings in a profile.
pub struct Payload {
    /// The preference domain, e.g. `com.google.Chrome`.
    pub domain: String,
    pub settings: Map<String, Json>,
}

/// A profile as property list in XML. The same input gives the same bytes, identifiers included:
/// macOS takes a profile with the same identifier for a newer one, and replaces it.
pub fn profile(
    browser: &str,
    name: &str,
    organization: &str,
    payloads: &[Payload],
) -> Result<Vec<u8>, Failure> {
    let content = payloads.iter().map(|payload| {
        let mut entry = head(
            &payload.domain,
            &format!("{browser}.{}", payload.domain),
            name,
        );
        for (key, value) in &payload.settings {
            entry.insert(key.clone(), property(value));
        }
        Value::Dictionary(entry)
    });
    let mut profile = head("Configuration", browser, name);
    profile.insert("PayloadContent".into(), Value::Array(content.collect()));
    profile.insert("PayloadOrganization".into(), organization.into());
    profile.insert("PayloadScope".into(), "System".into());
    let mut out = Vec::new();
    plist::to_writer_xml(&mut out, &Value::Dictionary(profile))
        .map_err(|error| Failure::one(name, error.to_string(), ""))?;
    out.push(b'\n');
    Ok(out)
}

fn head(kind: &str, unique: &str, name: &str) -> Dictionary {
    let mut head = Dictionary::new();
    head.insert("PayloadType".into(), kind.into());
    head.insert("PayloadVersion".into(), 1_u64.into());
    let identifier = format!("tacto.{unique}");
    head.insert("PayloadUUID".into(), uuid(&identifier).into());
    head.insert("PayloadIdentifier".into(), identifier.into());
    head.insert("PayloadDisplayName".into(), name.into());
    head
}

/// A UUID of version 8 (RFC 9562: of one's own making), from a name.
fn uuid(name: &str) -> String {
    let hash = Sha256::digest(name.as_bytes());
    let mut bytes: Vec<u8> = hash.iter().take(16).copied().collect();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut out = String::new();
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        let _ = write!(out, "{byte:02X}");
    }
    out
}

fn property(value: &Json) -> Value {
    match value {
        Json::Null => Value::String(String::new()),
        Json::Bool(truth) => (*truth).into(),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => whole.into(),
            (None, real) => real.unwrap_or_default().into(),
        },
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => Value::Array(items.iter().map(property).collect()),
        Json::Object(members) => Value::Dictionary(
            members
                .iter()
                .map(|(name, member)| (name.clone(), property(member)))
                .collect(),
        ),
    }
}
