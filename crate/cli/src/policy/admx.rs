//! Administrative templates for Group Policy and Intune: an .admx for each browser, and its texts
//! in two languages, with the plan's own values filled in.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::plan::GROUP_POLICY_TEXT;
use super::schema;
use super::settings::Settings;
use crate::failure::Failure;

/// What a template installs and sets.
pub struct Template<'a> {
    /// `chrome`: part of names.
    pub browser: &'a str,
    /// `Google Chrome`.
    pub title: &'a str,
    /// The key of the installation.
    pub installation: String,
    /// Its texts and switches, the mode of installation apart.
    pub texts: Vec<(&'a str, String)>,
    pub switches: Vec<(&'a str, bool)>,
    /// The key of the settings.
    pub settings: String,
    pub values: &'a Settings,
}

/// A language of the templates' own words; the settings' are those of the schema.
struct Words {
    install: &'static str,
    install_why: &'static str,
    supported: &'static str,
    filled: &'static str,
    as_text: &'static str,
    /// A key's title and explanation.
    setting: fn(&str) -> (&'static str, &'static str),
}

const ENGLISH: Words = Words {
    install: "Install Tacto",
    install_why: "Enabled: the extension is installed from the company's server and cannot be removed. Disabled: it is removed.",
    supported: "Any version",
    filled: "Filled in with the value of your plan; Enabled is all that is needed.",
    as_text: "One text of JSON.",
    setting: |key| (schema::title(key), schema::description(key)),
};

const SPANISH: Words = Words {
    install: "Instalar Tacto",
    install_why: "Habilitada: la extensión se instala desde el servidor de la empresa y no se puede quitar. Deshabilitada: se quita.",
    supported: "Cualquier versión",
    filled: "Rellenada con el valor de tu plan; basta con habilitarla.",
    as_text: "Un texto JSON.",
    setting: in_spanish,
};

/// What the schema says in English. A test knows when a key is missing.
fn in_spanish(key: &str) -> (&'static str, &'static str) {
    match key {
        "guide" => (
            "Guía",
            "El paquete que escribe `tacto build`. Sustituye a la guía incluida.",
        ),
        "vocabulary" => (
            "Vocabulario",
            "El contenido de company.toml: `company` y `lists`. Las reglas incluidas, con vuestros nombres.",
        ),
        "lists" => (
            "Más entradas de listas",
            "El nombre de una lista, como clients, y las entradas que se añaden.",
        ),
        "hashedLists" => (
            "Listas con hash",
            "Lo que escribe `tacto hash`. Cada una lleva el nombre de la lista a la que pertenece.",
        ),
        "hashKey" => (
            "Clave de las listas con hash",
            "De 16 a 64 bytes en hexadecimal, para las listas con hash que no traen clave propia.",
        ),
        "platforms" => (
            "Plataformas",
            "Dónde funciona Tacto: x, facebook, linkedin. En todas, salvo que diga false.",
        ),
        "gate" => (
            "Retención",
            "Desde qué gravedad se retiene una publicación, una vez: \"stop\" (como viene) o \"warn\".",
        ),
        "block" => (
            "Bloqueo",
            "Lo que no se puede publicar: credentials, personalData (con dígitos de control válidos). Desactivado, salvo que diga true.",
        ),
        "language" => (
            "Idioma",
            "\"auto\" (como viene: el del navegador), \"es\" o \"en\".",
        ),
        "contact" => (
            "Contacto",
            "A quién preguntar, en español (es) y en inglés (en). En lugar del de la guía.",
        ),
        "checklist" => (
            "Lista de comprobación",
            "shown: si la ventana del botón muestra la lista de privacidad. items: más puntos.",
        ),
        "adapters" => (
            "Adaptadores de sitio",
            "En lugar del adaptador incluido de x, facebook o linkedin.",
        ),
        "employeeMay" => (
            "Lo que puede cambiar la persona",
            "pause, language, reminders. Todo, salvo que diga false.",
        ),
        _ => (schema::title(key), schema::description(key)),
    }
}

pub const LANGUAGES: [&str; 2] = ["en-US", "es-ES"];

const DEFINITIONS: &str = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions";

/// The settings with a text as their value: the words that it can be, if they are few.
fn keys() -> Vec<(&'static str, &'static [&'static str])> {
    schema::keys()
        .filter(|key| schema::is_text(key))
        .map(|key| {
            let words: &[_] = match key {
                "gate" => &["stop", "warn"],
                "language" => &["auto", "es", "en"],
                _ => &[],
            };
            (key, words)
        })
        .collect()
}

fn plain(key: &str) -> &str {
    schema::told_as_text(key).unwrap_or(key)
}

/// The .admx.
pub fn definitions(template: &Template<'_>) -> Result<Vec<u8>, Failure> {
    document("policyDefinitions", |out| {
        let namespace = format!("Tacto.Policies.{}", template.browser);
        let prefix = format!("tacto_{}", template.browser);
        out.create_element("policyNamespaces")
            .write_inner_content(|out| {
                let target = out.create_element("target");
                let target = target.with_attributes([
                    ("prefix", prefix.as_str()),
                    ("namespace", namespace.as_str()),
                ]);
                target.write_empty().map(|_| ())
            })?;
        let resources = out.create_element("resources");
        resources
            .with_attribute(("minRequiredRevision", "1.0"))
            .write_empty()?;
        out.create_element("supportedOn")
            .write_inner_content(|out| {
                out.create_element("definitions")
                    .write_inner_content(|out| {
                        let definition = out.create_element("definition");
                        let definition = definition.with_attributes([
                            ("name", "SUPPORTED"),
                            ("displayName", "$(string.supported)"),
                        ]);
                        definition.write_empty().map(|_| ())
                    })?;
                Ok(())
            })?;
        out.create_element("categories")
            .write_inner_content(|out| {
                let category = out.create_element("category");
                let category = category
                    .with_attributes([("name", "tacto"), ("displayName", "$(string.tacto)")]);
                category.write_empty().map(|_| ())
            })?;
        out.create_element("policies").write_inner_content(|out| {
            installation(out, template)?;
            for (key, words) in keys() {
                setting(out, template, key, words)?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

fn policy<'a>(
    out: &'a mut Writer<Vec<u8>>,
    name: &str,
    key: &str,
    more: &[(&str, &str)],
    inner: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> io::Result<&'a mut Writer<Vec<u8>>> {
    let (title, why) = (format!("$(string.{name})"), format!("$(string.{name}_why)"));
    out.create_element("policy")
        .with_attributes([
            ("name", name),
            ("class", "Both"),
            ("displayName", title.as_str()),
            ("explainText", why.as_str()),
            ("key", key),
        ])
        .with_attributes(more.iter().copied())
        .write_inner_content(|out| {
            out.create_element("parentCategory")
                .with_attribute(("ref", "tacto"))
                .write_empty()?;
            out.create_element("supportedOn")
                .with_attribute(("ref", "SUPPORTED"))
                .write_empty()?;
            inner(out)
        })
}

fn installation(out: &mut Writer<Vec<u8>>, template: &Template<'_>) -> io::Result<()> {
    let more = [("valueName", "installation_mode")];
    policy(out, "install", &template.installation, &more, |out| {
        for (name, mode) in [
            ("enabledValue", "force_installed"),
            ("disabledValue", "removed"),
        ] {
            out.create_element(name)
                .write_inner_content(|out| text(out, "string", mode))?;
        }
        out.create_element("enabledList")
            .write_inner_content(|out| {
                let item =
                    |out: &mut Writer<Vec<u8>>,
                     name: &str,
                     inner: &dyn Fn(&mut Writer<Vec<u8>>) -> io::Result<()>| {
                        out.create_element("item")
                            .with_attributes([
                                ("key", template.installation.as_str()),
                                ("valueName", name),
                            ])
                            .write_inner_content(|out| {
                                out.create_element("value")
                                    .write_inner_content(|out| inner(out))?;
                                Ok(())
                            })
                            .map(|_| ())
                    };
                for (name, value) in &template.texts {
                    item(out, name, &|out| text(out, "string", value))?;
                }
                for (name, on) in &template.switches {
                    let number = if *on { "1" } else { "0" };
                    item(out, name, &|out| {
                        out.create_element("decimal")
                            .with_attribute(("value", number))
                            .write_empty()
                            .map(|_| ())
                    })?;
                }
                Ok(())
            })?;
        Ok(())
    })?;
    Ok(())
}

fn setting(
    out: &mut Writer<Vec<u8>>,
    template: &Template<'_>,
    key: &str,
    words: &[&str],
) -> io::Result<()> {
    let presentation = format!("$(presentation.{key})");
    let more = [("presentation", presentation.as_str())];
    policy(out, key, &template.settings, &more, |out| {
        out.create_element("elements").write_inner_content(|out| {
            let named = [("id", key), ("valueName", key), ("required", "true")];
            if words.is_empty() {
                let longest = GROUP_POLICY_TEXT.to_string();
                let element = out.create_element("text").with_attributes(named);
                element
                    .with_attribute(("maxLength", longest.as_str()))
                    .write_empty()?;
            } else {
                out.create_element("enum")
                    .with_attributes(named)
                    .write_inner_content(|out| {
                        for word in words {
                            let shown = format!("$(string.{key}_{word})");
                            out.create_element("item")
                                .with_attribute(("displayName", shown.as_str()))
                                .write_inner_content(|out| {
                                    out.create_element("value")
                                        .write_inner_content(|out| text(out, "string", word))?;
                                    Ok(())
                                })?;
                        }
                        Ok(())
                    })?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// The .adml of a language of [`LANGUAGES`].
pub fn texts(template: &Template<'_>, language: &str) -> Result<Vec<u8>, Failure> {
    let words = if language == "es-ES" {
        SPANISH
    } else {
        ENGLISH
    };
    let values = template.values.texts();
    document("policyDefinitionResources", |out| {
        let title = format!("Tacto ({})", template.title);
        text(out, "displayName", &title)?;
        text(out, "description", &title)?;
        out.create_element("resources").write_inner_content(|out| {
            out.create_element("stringTable")
                .write_inner_content(|out| {
                    let mut string = |id: &str, shown: &str| {
                        let element = out.create_element("string").with_attribute(("id", id));
                        element
                            .write_text_content(BytesText::new(shown))
                            .map(|_| ())
                    };
                    string("tacto", &title)?;
                    string("supported", words.supported)?;
                    string("install", words.install)?;
                    string("install_why", words.install_why)?;
                    for (key, choices) in keys() {
                        let (title, why) = (words.setting)(plain(key));
                        string(key, &format!("{title} ({key})"))?;
                        let mut parts = vec![why];
                        if plain(key) != key {
                            parts.push(words.as_text);
                        }
                        if values.contains_key(key) {
                            parts.push(words.filled);
                        }
                        string(&format!("{key}_why"), &parts.join(" "))?;
                        for choice in choices {
                            string(&format!("{key}_{choice}"), choice)?;
                        }
                    }
                    Ok(())
                })?;
            out.create_element("presentationTable")
                .write_inner_content(|out| {
                    for (key, choices) in keys() {
                        let value = values
                            .get(key)
                            .and_then(serde_json::Value::as_str)
                            .unwrap_or_default();
                        presentation(out, key, (words.setting)(plain(key)).0, choices, value)?;
                    }
                    Ok(())
                })?;
            Ok(())
        })?;
        Ok(())
    })
}

fn presentation(
    out: &mut Writer<Vec<u8>>,
    key: &str,
    title: &str,
    choices: &[&str],
    value: &str,
) -> io::Result<()> {
    out.create_element("presentation")
        .with_attribute(("id", key))
        .write_inner_content(|out| {
            if choices.is_empty() {
                out.create_element("textBox")
                    .with_attribute(("refId", key))
                    .write_inner_content(|out| {
                        text(out, "label", title)?;
                        if !value.is_empty() && value.encode_utf16().count() <= GROUP_POLICY_TEXT {
                            text(out, "defaultValue", value)?;
                        }
                        Ok(())
                    })?;
            } else {
                let chosen = choices
                    .iter()
                    .position(|choice| *choice == value)
                    .unwrap_or_default()
                    .to_string();
                out.create_element("dropdownList")
                    .with_attributes([
                        ("refId", key),
                        ("noSort", "true"),
                        ("defaultItem", chosen.as_str()),
                    ])
                    .write_text_content(BytesText::new(title))?;
            }
            Ok(())
        })?;
    Ok(())
}

fn text(out: &mut Writer<Vec<u8>>, name: &str, content: &str) -> io::Result<()> {
    out.create_element(name)
        .write_text_content(BytesText::new(content))
        .map(|_| ())
}

fn document(
    root: &str,
    inner: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> Result<Vec<u8>, Failure> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    let written = out
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))
        .and_then(|()| {
            let element = out.create_element(root).with_attributes([
                ("xmlns", DEFINITIONS),
                ("revision", "1.0"),
                ("schemaVersion", "1.0"),
            ]);
            element.write_inner_content(inner).map(|_| ())
        });
    written.map_err(|error| Failure::one(root, error.to_string(), ""))?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_explained_in_spanish() {
        for (key, _) in keys() {
            let key = plain(key);
            assert_ne!(in_spanish(key).1, schema::description(key), "{key}");
        }
    }
}
