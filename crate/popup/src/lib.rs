//! The toolbar popup: where an employee meets Tacto calmly. [`checklist`] is what it knows, `views`
//! what it shows, `app` what happens when somebody presses something.
//!
//! It is part of the same wasm as the engine (crate/web) and needs none of it: opening the popup
//! loads no guide. Nothing here sends anything anywhere; what is stored is stored in the browser.

mod app;
mod browser;
pub mod checklist;
mod dom;
mod texts;
mod views;

use checklist::{Checklist, Mark, Tick, Ticks};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// Shows the popup in its document. `start` is what its script has read meanwhile: `texts`,
/// `checklist`, `stored`, `tab`, `page`, `version`, `browserLanguage`.
///
/// # Errors
/// What the browser refused.
#[wasm_bindgen(js_name = startPopup)]
pub fn start_popup(start: &JsValue) -> Result<(), JsValue> {
    app::start(browser::value_of(start))
}

/// What the panel on a site's settings page says: the items that live at this address, a list of
/// `{id, setting, you, company, state, due}`, `state` null where nothing was said yet.
///
/// `stored` is what `storage.local` has under `checklist` and `popupSettings`.
#[must_use]
#[wasm_bindgen(js_name = settingsPage)]
pub fn settings_page(
    shipped: &str,
    stored: &JsValue,
    address: &str,
    language: &str,
    now: f64,
) -> JsValue {
    let stored = browser::value_of(stored);
    let list = Checklist::read(shipped, &stored["popupSettings"]["checklist"]);
    if !list.shown {
        return browser::js_of(&json!([]));
    }
    let ticks = Ticks::read(&stored["checklist"]);
    let mut all = Vec::new();
    for item in list.items_at(address) {
        let state = ticks.get(item.id()).map(|tick| tick.mark.as_str());
        all.push(json!({
            "id": item.id(),
            "setting": item.said("setting", language),
            "you": item.said("you", language),
            "company": item.said("company", language),
            "state": state,
            "due": list.is_due(item, &ticks, now),
        }));
    }
    browser::js_of(&Value::Array(all))
}

/// What to store when somebody says something of an item: `state` is `done`, `later`,
/// `not-for-me`, or empty to take it back. For `storage.local.set`; null where there is no such item
/// or state.
#[must_use]
#[wasm_bindgen(js_name = tickItem)]
pub fn tick_item(shipped: &str, stored: &JsValue, id: &str, state: &str, now: f64) -> JsValue {
    let stored = browser::value_of(stored);
    let list = Checklist::read(shipped, &stored["popupSettings"]["checklist"]);
    let mark = Mark::read(state);
    if !list.has(id) || (mark.is_none() && !state.is_empty()) {
        return JsValue::NULL;
    }
    let mut ticks = Ticks::read(&stored["checklist"]);
    ticks.set(id, mark.map(|mark| Tick { mark, at: now }));
    browser::js_of(&entries(&list, &ticks))
}

/// Ticks, and when they are due, as they are stored.
fn entries(list: &Checklist, ticks: &Ticks) -> Value {
    json!({ "checklist": ticks.to_value(), "checklistDue": list.due(ticks) })
}
