//! Which files a plan comes to, and what is in each.

use serde_json::{Map, Value, json};

use super::File;
use super::admx::{self, Template};
use super::mobileconfig::{Payload, profile};
use super::plan::{Chromium, Firefox, Plan};
use super::registry::Registry;
use crate::failure::Failure;

/// A browser of the Chromium family.
struct Product {
    /// Its folder in the output.
    folder: &'static str,
    title: &'static str,
    /// Its folder for policies on Linux.
    linux: &'static str,
    /// Its key in the registry.
    registry: &'static str,
    /// Its preference domain on macOS.
    domain: &'static str,
}

const CHROME: Product = Product {
    folder: "chrome",
    title: "Google Chrome",
    linux: "/etc/opt/chrome/policies/managed",
    registry: r"SOFTWARE\Policies\Google\Chrome",
    domain: "com.google.Chrome",
};
const EDGE: Product = Product {
    folder: "edge",
    title: "Microsoft Edge",
    linux: "/etc/opt/edge/policies/managed",
    registry: r"SOFTWARE\Policies\Microsoft\Edge",
    domain: "com.microsoft.Edge",
};
const CHROMIUM: Product = Product {
    folder: "chromium",
    title: "Chromium",
    linux: "/etc/chromium/policies/managed",
    registry: r"SOFTWARE\Policies\Chromium",
    domain: "org.chromium.Chromium",
};

const FIREFOX_REGISTRY: &str = r"SOFTWARE\Policies\Mozilla\Firefox";
const FIREFOX_DOMAIN: &str = "org.mozilla.firefox";

/// The stores' own addresses, from which an extension is updated whatever the policy says.
const STORES: [&str; 2] = [
    "https://clients2.google.com/",
    "https://edge.microsoft.com/",
];

/// Every file.
pub fn all(plan: &Plan) -> Result<Vec<File>, Failure> {
    let mut files = Vec::new();
    if let Some(chromium) = &plan.chromium {
        for product in [&CHROME, &CHROMIUM] {
            chromium_files(plan, product, chromium, &mut files)?;
        }
        files.push(checked(
            "chrome/admin-console.json",
            pretty(&Value::Object(console(plan))),
        ));
    }
    if let Some(edge) = plan.edge.as_ref().or(plan.chromium.as_ref()) {
        chromium_files(plan, &EDGE, edge, &mut files)?;
    }
    if let Some(firefox) = &plan.firefox {
        firefox_files(plan, firefox, &mut files)?;
    }
    files.push(unchecked("README.txt", readme(plan).into_bytes()));
    Ok(files)
}

fn checked(name: impl Into<String>, bytes: Vec<u8>) -> File {
    File {
        name: name.into(),
        bytes,
        checked: true,
    }
}

fn unchecked(name: impl Into<String>, bytes: Vec<u8>) -> File {
    File {
        name: name.into(),
        bytes,
        checked: false,
    }
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// An entry of `ExtensionSettings`.
fn installation(product: &Product, extension: &Chromium) -> Map<String, Value> {
    let mut entry = Map::new();
    entry.insert("installation_mode".into(), "force_installed".into());
    entry.insert("update_url".into(), extension.update_url.as_str().into());
    if !STORES
        .iter()
        .any(|store| extension.update_url.starts_with(store))
    {
        // Without it a later update would be looked for where the manifest says alone.
        entry.insert("override_update_url".into(), true.into());
    }
    if extension.pinned {
        let (key, value) = if product.folder == "edge" {
            ("toolbar_state", "force_shown")
        } else {
            ("toolbar_pin", "force_pinned")
        };
        entry.insert(key.into(), value.into());
    }
    entry
}

fn chromium_files(
    plan: &Plan,
    product: &Product,
    extension: &Chromium,
    files: &mut Vec<File>,
) -> Result<(), Failure> {
    let Product {
        folder,
        title,
        registry,
        domain,
        ..
    } = product;
    let id = extension.id.as_str();
    let entry = installation(product, extension);

    // Two files, since browsers read all that are in the folder: settings change more often.
    files.push(checked(
        format!("{folder}/linux/tacto-install.json"),
        pretty(&json!({ "ExtensionSettings": { id: entry } })),
    ));
    files.push(checked(
        format!("{folder}/linux/tacto-settings.json"),
        pretty(&json!({ "3rdparty": { "extensions": { id: plan.settings.structured() } } })),
    ));

    // Sub-keys, not one text of JSON: that would replace what is there of other extensions.
    let installed = format!(r"{registry}\ExtensionSettings\{id}");
    let settings = format!(r"{registry}\3rdparty\extensions\{id}\policy");
    let reg = write(Registry::new().without(&installed).key(&installed), &entry);
    let reg = write(
        reg.without(&settings).key(&settings),
        &plan.settings.texts(),
    );
    files.push(checked(format!("{folder}/windows/tacto.reg"), reg.bytes()));
    let third = format!(r"{registry}\3rdparty\extensions\{id}");
    let remove = Registry::new().without(&installed).without(&third);
    files.push(unchecked(
        format!("{folder}/windows/tacto-remove.reg"),
        remove.bytes(),
    ));

    let payloads = [
        Payload {
            domain: (*domain).to_owned(),
            settings: [("ExtensionSettings".to_owned(), json!({ id: entry }))]
                .into_iter()
                .collect(),
        },
        Payload {
            domain: format!("{domain}.extensions.{id}"),
            settings: plan.settings.structured(),
        },
    ];
    let name = format!("Tacto ({title})");
    let bytes = profile(folder, &name, &plan.organization, &payloads)?;
    files.push(checked(format!("{folder}/macos/tacto.mobileconfig"), bytes));

    template(plan, folder, title, installed, settings, &entry, files)
}

fn template(
    plan: &Plan,
    browser: &str,
    title: &str,
    installation: String,
    settings: String,
    entry: &Map<String, Value>,
    files: &mut Vec<File>,
) -> Result<(), Failure> {
    let texts = entry
        .iter()
        .filter(|(name, _)| *name != "installation_mode")
        .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?.to_owned())));
    let switches = entry
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.as_bool()?)));
    let template = Template {
        browser,
        title,
        installation,
        texts: texts.collect(),
        switches: switches.collect(),
        settings,
        values: &plan.settings,
    };
    let folder = format!("{browser}/windows/template");
    files.push(unchecked(
        format!("{folder}/tacto-{browser}.admx"),
        admx::definitions(&template)?,
    ));
    for language in admx::LANGUAGES {
        files.push(unchecked(
            format!("{folder}/{language}/tacto-{browser}.adml"),
            admx::texts(&template, language)?,
        ));
    }
    Ok(())
}

fn firefox_files(plan: &Plan, firefox: &Firefox, files: &mut Vec<File>) -> Result<(), Failure> {
    let id = firefox.id.as_str();
    let mut entry = Map::new();
    entry.insert("installation_mode".into(), "force_installed".into());
    entry.insert("install_url".into(), firefox.install_url.as_str().into());
    if firefox.pinned {
        entry.insert("default_area".into(), "navbar".into());
    }
    if firefox.private_windows {
        entry.insert("private_browsing".into(), true.into());
    }
    let structured = Value::Object(plan.settings.structured());
    let policies = json!({
        "ExtensionSettings": { id: entry },
        "3rdparty": { "Extensions": { id: structured } },
    });
    files.push(checked(
        "firefox/policies.json",
        pretty(&json!({ "policies": policies })),
    ));

    let installed = format!(r"{FIREFOX_REGISTRY}\ExtensionSettings\{id}");
    let settings = format!(r"{FIREFOX_REGISTRY}\3rdparty\Extensions\{id}");
    let reg = write(Registry::new().without(&installed).key(&installed), &entry);
    let reg = write(
        reg.without(&settings).key(&settings),
        &plan.settings.texts(),
    );
    files.push(checked("firefox/windows/tacto.reg", reg.bytes()));
    let remove = Registry::new().without(&installed).without(&settings);
    files.push(unchecked(
        "firefox/windows/tacto-remove.reg",
        remove.bytes(),
    ));

    let mut domain: Map<String, Value> = policies.as_object().cloned().unwrap_or_default();
    domain.insert("EnterprisePoliciesEnabled".into(), true.into());
    let payload = Payload {
        domain: FIREFOX_DOMAIN.to_owned(),
        settings: domain,
    };
    let bytes = profile("firefox", "Tacto (Firefox)", &plan.organization, &[payload])?;
    files.push(checked("firefox/macos/tacto.mobileconfig", bytes));

    template(
        plan,
        "firefox",
        "Mozilla Firefox",
        installed,
        settings,
        &entry,
        files,
    )
}

/// Texts and switches; there is nothing else in what is written here.
fn write(mut registry: Registry, values: &Map<String, Value>) -> Registry {
    for (name, value) in values {
        registry = match value {
            Value::String(text) => registry.text(name, text),
            Value::Bool(on) => registry.switch(name, *on),
            other => registry.text(name, &other.to_string()),
        };
    }
    registry
}

/// As the Google admin console takes it.
fn console(plan: &Plan) -> Map<String, Value> {
    plan.settings
        .structured()
        .into_iter()
        .map(|(key, value)| (key, json!({ "Value": value })))
        .collect()
}

fn readme(plan: &Plan) -> String {
    let mut out = String::from(
        "Written by `tacto policy write`. Change the TOML and write again, not these files.\n\
         Check them, or your own, with `tacto policy check FILE`.\n",
    );
    let mut browser = |product: &Product, id: &str| {
        let Product {
            folder,
            title,
            linux,
            domain,
            ..
        } = product;
        out.push_str(&format!(
            "\n{title}, extension {id}\n\
             \x20 Linux    {folder}/linux/*.json -> {linux}/\n\
             \x20 Windows  {folder}/windows/tacto.reg (to take it back: tacto-remove.reg),\n\
             \x20          or {folder}/windows/template into PolicyDefinitions or Intune\n\
             \x20 macOS    {folder}/macos/tacto.mobileconfig by MDM (domains {domain}, {domain}.extensions.{id})\n",
        ));
    };
    if let Some(chromium) = &plan.chromium {
        browser(&CHROME, &chromium.id);
        browser(&CHROMIUM, &chromium.id);
    }
    if let Some(edge) = plan.edge.as_ref().or(plan.chromium.as_ref()) {
        browser(&EDGE, &edge.id);
    }
    if let Some(chromium) = &plan.chromium {
        out.push_str(&format!(
            "\nGoogle admin console: add {} by its address {}, force install,\n\
             \x20 and paste chrome/admin-console.json into \"Policy for extensions\".\n",
            chromium.id, chromium.update_url
        ));
    }
    if let Some(firefox) = &plan.firefox {
        out.push_str(&format!(
            "\nFirefox, add-on {}\n\
             \x20 Linux    firefox/policies.json -> /etc/firefox/policies/\n\
             \x20 Windows  firefox/windows/tacto.reg (to take it back: tacto-remove.reg),\n\
             \x20          or firefox/windows/template into PolicyDefinitions or Intune\n\
             \x20 macOS    firefox/macos/tacto.mobileconfig by MDM (domain {FIREFOX_DOMAIN})\n\
             \nThere is one policies.json, and one ExtensionSettings for each browser: where the company has\n\
             such already, put Tacto's entry into it.\n",
            firefox.id
        ));
    }
    out
}
