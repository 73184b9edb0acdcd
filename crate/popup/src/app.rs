//! What happens: one state, one listener for each kind of event, every change drawn anew.

use std::cell::RefCell;

use gloo::events::EventListener;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Element, Event, HtmlInputElement, Url};

use crate::checklist::{self, Checklist, Mark, Tick, Ticks, text};
use crate::dom;
use crate::texts::Texts;
use crate::{browser, entries, views};

/// Everything that is shown comes from here.
pub struct App {
    pub texts: Texts,
    pub list: Checklist,
    pub ticks: Ticks,
    /// `storage.local`: `preferences`, `pageSettings`, `popupSettings`.
    pub stored: Value,
    /// The tab that the popup was opened over; null on a page of its own.
    pub tab: Value,
    /// What the background says of the tab; null until it has.
    pub status: Value,
    /// What it says of the policy and the guide; null until it has.
    pub policy: Value,
    pub guide: Value,
    pub version: String,
    /// The key that opens the next mark.
    pub card_key: String,
    /// Which view: what stands behind the `#` of the address.
    pub view: String,
    /// The items that are unfolded.
    pub open: Vec<String>,
    /// Whether "erase" has been pressed once.
    pub sure: bool,
    /// What there is to say of the last thing that was done.
    pub said: String,
    pub now: f64,
    shipped: String,
    browser_language: String,
    listeners: Vec<EventListener>,
}

thread_local! {
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
}

/// Does something with the state. Nothing is awaited meanwhile.
fn with<T>(use_it: impl FnOnce(&mut App) -> T) -> Option<T> {
    APP.with(|app| app.borrow_mut().as_mut().map(use_it))
}

const KEYS: [&str; 4] = ["checklist", "preferences", "pageSettings", "popupSettings"];

impl App {
    /// Takes over what is stored.
    fn take(&mut self, stored: Value) {
        self.list = Checklist::read(&self.shipped, &stored["popupSettings"]["checklist"]);
        self.ticks = Ticks::read(&stored["checklist"]);
        let mut language = text(&stored["pageSettings"], "language");
        if language.is_empty() {
            language = text(&stored["preferences"], "language");
        }
        self.texts.speak(language, &self.browser_language);
        self.stored = stored;
        self.now = js_sys::Date::now();
    }

    /// A choice of the person, where the company leaves it to them.
    pub fn may(&self, what: &str) -> bool {
        self.stored["popupSettings"]["employeeMay"][what]
            .as_bool()
            .unwrap_or(true)
    }
}

/// Starts with what the script has read.
pub fn start(mut start: Value) -> Result<(), JsValue> {
    let (tab, texts, stored) = (
        start["tab"].take(),
        start["texts"].take(),
        start["stored"].take(),
    );
    let word = |key: &str| text(&start, key).to_owned();
    let mut app = App {
        list: Checklist::read("", &Value::Null),
        ticks: Ticks::default(),
        stored: Value::Null,
        tab,
        status: Value::Null,
        policy: Value::Null,
        guide: Value::Null,
        version: word("version"),
        card_key: word("cardKey"),
        view: String::new(),
        open: Vec::new(),
        sure: false,
        said: String::new(),
        now: 0.0,
        shipped: word("checklist"),
        browser_language: word("browserLanguage"),
        texts: Texts::new(texts),
        listeners: Vec::new(),
    };
    app.take(stored);
    app.view = view_of_address();
    let (document, window) = dom::document()
        .zip(web_sys::window())
        .ok_or("there is no document")?;
    app.listeners = vec![
        EventListener::new(&document, "click", on_click),
        EventListener::new(&document, "change", on_change),
        EventListener::new(&window, "hashchange", |_| go()),
    ];
    views::show(&app, false);
    APP.with(|cell| *cell.borrow_mut() = Some(app));
    browser::on_stored(|| spawn_local(follow()))?;
    spawn_local(ask_background());
    Ok(())
}

fn view_of_address() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Draws anew.
fn redraw() {
    with(|app| views::show(app, true));
}

/// Another view was chosen.
fn go() {
    with(|app| {
        app.view = view_of_address();
        app.said.clear();
        app.sure = false;
        views::show(app, false);
        views::focus_on_view();
    });
}

/// Something stored has changed: by us, by another window, by the background, which keeps there
/// what it knows of the tabs, too.
async fn follow() {
    if let Ok(stored) = browser::stored(&json!(KEYS)).await
        && with(|app| app.stored != stored) == Some(true)
    {
        with(|app| app.take(stored));
        redraw();
    }
    ask_status().await;
}

async fn ask_status() {
    let tab = with(|app| app.tab.clone()).unwrap_or_default();
    if !tab.is_null() {
        let status = browser::ask(&json!({ "kind": "tabStatus", "tab": tab })).await;
        // What is drawn anew loses a press that has not been let go: not without a reason.
        if with(|app| app.status != status) == Some(true) {
            with(|app| app.status = status);
            redraw();
        }
    }
}

async fn ask_background() {
    ask_status().await;
    let policy = browser::ask(&json!({ "kind": "policyStatus" })).await;
    let guide = browser::ask(&json!({ "kind": "guideInfo" })).await;
    with(|app| {
        app.policy = policy;
        app.guide = guide;
    });
    redraw();
}

/// The nearest element that does something, and what.
fn action(event: &Event) -> Option<(Element, String)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let element = target.closest("[data-do]").ok()??;
    let does = element.get_attribute("data-do")?;
    Some((element, does))
}

fn on_click(event: &Event) {
    let Some((element, does)) = action(event) else {
        return;
    };
    // Boxes, lists and files tell by `change`.
    if element.tag_name() == "BUTTON" {
        act(&does);
    }
}

fn on_change(event: &Event) {
    let Some((element, does)) = action(event) else {
        return;
    };
    let Some(input) = element.dyn_ref::<HtmlInputElement>() else {
        let value = js_sys::Reflect::get(&element, &"value".into());
        let value = value.ok().and_then(|value| value.as_string());
        prefer("language", value.unwrap_or_default().into());
        return;
    };
    match does.split_once(' ') {
        Some(("check", id)) => tick(id, input.checked().then_some(Mark::Done)),
        _ if does == "reminders" => prefer("reminders", input.checked().into()),
        _ if does == "import" => {
            let file = input.files().and_then(|files| files.get(0));
            if let Some(file) = file {
                spawn_local(import(file.into()));
            }
            // The same file chosen again is a change again.
            input.set_value("");
        }
        _ => {}
    }
}

/// What a button does: a word, and perhaps an id behind it.
fn act(does: &str) {
    let (verb, id) = does.split_once(' ').unwrap_or((does, ""));
    match verb {
        "fold" => {
            with(|app| {
                let before = app.open.len();
                app.open.retain(|open| open != id);
                if app.open.len() == before {
                    app.open.push(id.to_owned());
                }
            });
            redraw();
        }
        "later" | "not-for-me" => {
            let mark = Mark::read(verb);
            let same = with(|app| app.ticks.get(id).map(|tick| tick.mark) == mark);
            tick(id, mark.filter(|_| same != Some(true)));
        }
        "again" => tick(id, Some(Mark::Done)),
        "pause" => spawn_local(pause(id == "on")),
        "export" => {
            let said = match export() {
                Ok(()) => "data.exported",
                Err(_) => "data.notExported",
            };
            say(said);
        }
        "erase" | "keep" => {
            with(|app| app.sure = verb == "erase");
            redraw();
        }
        "erase-now" => spawn_local(erase()),
        _ => {}
    }
}

fn say(key: &str) {
    with(|app| app.said = app.texts.t(key).to_owned());
    redraw();
}

fn tick(id: &str, mark: Option<Mark>) {
    let id = id.to_owned();
    spawn_local(async move {
        keep(None, move |app| {
            let at = js_sys::Date::now();
            app.ticks.set(&id, mark.map(|mark| Tick { mark, at }));
            entries(&app.list, &app.ticks)
        })
        .await;
    });
}

/// Changes what is stored as it is now, not as it was when the popup opened; then shows what is
/// stored, whether the change went in or not, and says which.
async fn keep(done: Option<&'static str>, change: impl FnOnce(&mut App) -> Value) {
    let now = browser::stored(&json!(KEYS)).await;
    let entries = with(|app| {
        if let Ok(now) = now {
            app.take(now);
        }
        change(app)
    });
    let Some(entries) = entries else { return };
    let kept = browser::store(&entries).await;
    let now = browser::stored(&json!(KEYS)).await;
    with(|app| {
        if let Ok(now) = now {
            app.take(now);
        }
        app.said = match (&kept, done) {
            (Err(_), _) => app.texts.t("data.full").to_owned(),
            (Ok(()), Some(done)) => app.texts.t(done).to_owned(),
            (Ok(()), None) => String::new(),
        };
    });
    redraw();
}

fn prefer(key: &'static str, value: Value) {
    spawn_local(keep(None, move |app| {
        let mut preferences = app.stored["preferences"].take();
        if !preferences.is_object() {
            preferences = json!({});
        }
        preferences[key] = value;
        json!({ "preferences": preferences })
    }));
}

async fn pause(paused: bool) {
    let tab = with(|app| app.tab.clone()).unwrap_or_default();
    let message = json!({ "kind": "pause", "tab": tab, "paused": paused });
    let status = browser::ask(&message).await;
    with(|app| app.status = status);
    redraw();
}

/// Hands the browser a file to save. It is made here and goes nowhere else.
fn export() -> Result<(), JsValue> {
    let file = with(|app| {
        let mut preferences = app.stored["preferences"].clone();
        if !preferences.is_object() {
            preferences = json!({});
        }
        browser::js_of(&checklist::export(&app.ticks, &preferences))
    })
    .ok_or(JsValue::NULL)?;
    let text = js_sys::JSON::stringify_with_replacer_and_space(&file, &JsValue::NULL, &2.into())?;
    let blob = Blob::new_with_str_sequence(&js_sys::Array::of1(&text.into()))?;
    let address = Url::create_object_url_with_blob(&blob)?;
    // In no document: its click is no event of the popup's.
    let document = dom::document().ok_or(JsValue::NULL)?;
    let link = document.create_element("a")?;
    dom::set(&link, "href", &address);
    dom::set(&link, "download", "tacto-checklist.json");
    if let Some(link) = link.dyn_ref::<web_sys::HtmlElement>() {
        link.click();
    }
    Ok(())
}

async fn import(file: Blob) {
    #[expect(clippy::cast_precision_loss, reason = "half a megabyte")]
    let too_large = file.size() > checklist::MAX_IMPORT as f64;
    let read = if too_large {
        Err("data.refused.tooLarge")
    } else {
        match JsFuture::from(file.text()).await {
            Ok(text) => checklist::import(&text.as_string().unwrap_or_default()),
            Err(_) => Err("data.refused.unreadable"),
        }
    };
    match read {
        Err(why) => say(why),
        Ok((ticks, preferences)) => {
            keep(Some("data.imported"), move |app| {
                let mut all = entries(&app.list, &ticks);
                all["preferences"] = preferences;
                all
            })
            .await;
        }
    }
}

async fn erase() {
    with(|app| app.sure = false);
    keep(Some("data.erased"), |app| {
        let mut all = entries(&app.list, &Ticks::default());
        all["preferences"] = json!({});
        all
    })
    .await;
}
