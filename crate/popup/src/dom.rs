//! Making elements. Texts are set as texts: nothing is ever parsed as HTML.
//!
//! Names and attributes are ours, so the browser has nothing to refuse. Should it all the same,
//! the element is left out and what would have gone into it goes into its parent: a popup that
//! looks odd is better than none, and a check at every step would double the code.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The popup's document.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element of the popup's page with this id.
pub fn part(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// An element at the end of another one, with its classes and its text.
pub fn add(parent: &Element, name: &str, class: &str, text: &str) -> Element {
    let made = document().and_then(|document| document.create_element(name).ok());
    let made = placed(parent, made);
    if !class.is_empty() {
        made.set_class_name(class);
    }
    if !text.is_empty() {
        made.set_text_content(Some(text));
    }
    made
}

/// A part of a drawing.
pub fn draw(parent: &Element, name: &str, attributes: &[(&str, &str)]) -> Element {
    let made = document().and_then(|document| document.create_element_ns(Some(SVG), name).ok());
    let made = placed(parent, made);
    for (key, value) in attributes {
        set(&made, key, value);
    }
    made
}

fn placed(parent: &Element, made: Option<Element>) -> Element {
    match made {
        Some(made) if parent.append_child(&made).is_ok() => made,
        _ => parent.clone(),
    }
}

/// An attribute.
pub fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// A link. What leads out of the popup opens a tab of its own.
pub fn link(parent: &Element, class: &str, text: &str, address: &str) -> Element {
    let made = add(parent, "a", class, text);
    set(&made, "href", address);
    if !address.starts_with('#') {
        set(&made, "target", "_blank");
        set(&made, "rel", "noreferrer");
    }
    made
}

/// A button, and what it does (`app::act`).
pub fn button(parent: &Element, class: &str, text: &str, does: &str) -> Element {
    let made = add(parent, "button", class, text);
    set(&made, "type", "button");
    set(&made, "data-do", does);
    made
}

/// Moves the focus.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
