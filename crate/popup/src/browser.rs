//! What the popup asks of the browser, and how values cross: one way for all of them.

use js_sys::{Array, JSON, Object, Reflect};
use serde_json::Value;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = get)]
    async fn local_get(keys: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = set)]
    async fn local_set(entries: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
    async fn send_message(message: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "onChanged"], js_name = addListener)]
    fn on_changed(listener: &JsValue) -> Result<(), JsValue>;
}

/// What JavaScript has, as JSON; null where it cannot be such.
pub fn value_of(js: &JsValue) -> Value {
    JSON::stringify(js)
        .ok()
        .and_then(|text| text.as_string())
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(Value::Null)
}

/// JSON as JavaScript has it.
pub fn js_of(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => number.as_f64().unwrap_or_default().into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => {
            let js = Array::new();
            for item in items {
                js.push(&js_of(item));
            }
            js.into()
        }
        Value::Object(entries) => {
            let js = Object::new();
            for (key, value) in entries {
                // A plain object takes everything.
                let _ = Reflect::set(&js, &key.as_str().into(), &js_of(value));
            }
            js.into()
        }
    }
}

/// What is stored under these keys.
pub async fn stored(keys: &Value) -> Result<Value, JsValue> {
    local_get(&js_of(keys)).await.map(|found| value_of(&found))
}

/// Stores entries, all or none.
pub async fn store(entries: &Value) -> Result<(), JsValue> {
    local_set(&js_of(entries)).await.map(|_| ())
}

/// Asks the background; null where it does not answer.
pub async fn ask(message: &Value) -> Value {
    match send_message(&js_of(message)).await {
        Ok(answer) => value_of(&answer),
        Err(_) => Value::Null,
    }
}

/// Calls back whenever anything stored has changed.
pub fn on_stored(changed: impl Fn() + 'static) -> Result<(), JsValue> {
    let listener = Closure::<dyn Fn()>::new(changed);
    // The popup's document and this listener end together.
    on_changed(&listener.into_js_value())
}
