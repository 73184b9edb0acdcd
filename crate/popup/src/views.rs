//! What is shown. A view is made anew from the state whenever anything has changed; the focus
//! stays where it was.

use serde_json::json;
use web_sys::Element;

use crate::app::App;
use crate::browser::js_of;
use crate::checklist::{Item, Mark, Tick, text};
use crate::dom::{add, button, document, draw, focus, link, part, set};

const GUIDE: &str = "guide.html";
const PRACTICE: &str = "practice.html";
const NOTICE: &str = "notice.html";
/// The popup in a tab of its own, where a file can be chosen: a popup closes when it loses the focus.
const PAGE: &str = "popup.html?page";

/// Draws everything. `same` where it is the same view as before.
pub fn show(app: &App, same: bool) {
    let (Some(document), Some(nav), Some(view), Some(said)) =
        (document(), part("views"), part("view"), part("said"))
    else {
        return;
    };
    if let Some(root) = document.document_element() {
        set(&root, "lang", app.texts.language);
    }
    document.set_title(app.texts.t("popup.title"));
    let focused = document.active_element().as_ref().and_then(name_of);

    navigation(app, &nav);
    if let Some(company) = part("whose") {
        company.set_text_content(Some(&whose(app)));
    }
    view.set_text_content(None);
    match app.view.as_str() {
        "about" => about(app, &view),
        "settings" => settings(app, &view),
        "habits" if app.list.shown => habits(app, &view),
        platform if app.list.shown && app.list.platforms().any(|(id, _, _)| id == platform) => {
            checklist(app, &view, platform);
        }
        _ => home(app, &view),
    }
    if said.text_content().unwrap_or_default() != app.said {
        said.set_text_content(Some(&app.said));
    }
    let Some(mut focused) = focused.filter(|_| same) else {
        return;
    };
    // What had the focus, else what has come in its place: nobody is to start from the top again.
    if let Ok(None) = document.query_selector(&focused) {
        let asked = document.query_selector(".asked button").ok().flatten();
        focused = String::from(if asked.is_some() {
            ".asked button"
        } else {
            "#view"
        });
    }
    if let Ok(Some(element)) = document.query_selector(&focused) {
        focus(&element);
    }
}

/// A new view is read from its start.
pub fn focus_on_view() {
    if let Some(view) = part("view") {
        focus(&view);
    }
}

/// How an element is found again after it was made anew.
fn name_of(element: &Element) -> Option<String> {
    let (attribute, value) = match element.get_attribute("data-do") {
        Some(does) => ("data-do", does),
        None => ("href", element.get_attribute("href")?),
    };
    let mut name = String::from("[");
    name.push_str(attribute);
    name.push_str("=\"");
    name.push_str(&value.replace('\\', "\\\\").replace('"', "\\\""));
    name.push_str("\"]");
    Some(name)
}

fn is_checklist(app: &App) -> bool {
    app.view == "habits" || app.list.platforms().any(|(id, _, _)| id == app.view)
}

/// The ways to the views. They are made once: a click must not lose its target under it.
fn navigation(app: &App, nav: &Element) {
    set(nav, "aria-label", app.texts.t("popup.views"));
    let at_checklist = is_checklist(app);
    for (address, key, current) in [
        (
            "#",
            "popup.home",
            !at_checklist && app.view != "about" && app.view != "settings",
        ),
        ("#x", "popup.checklist", at_checklist),
        ("#about", "popup.about", app.view == "about"),
        ("#settings", "popup.settings", app.view == "settings"),
    ] {
        let mut selector = String::from("[href=\"");
        selector.push_str(address);
        selector.push_str("\"]");
        let known = nav.query_selector(&selector).ok().flatten();
        if address == "#x" && !app.list.shown {
            if let Some(known) = known {
                known.remove();
            }
            continue;
        }
        let to = known.unwrap_or_else(|| link(nav, "", "", address));
        to.set_text_content(Some(app.texts.t(key)));
        if current {
            set(&to, "aria-current", "page");
        } else {
            let _ = to.remove_attribute("aria-current");
        }
    }
}

/// Whose guide it is.
fn whose(app: &App) -> String {
    let company = text(&app.policy["guide"], "company");
    if company.is_empty() {
        return String::new();
    }
    app.texts.with("popup.guideOf", &[("company", company)])
}

// --- home ---------------------------------------------------------------------------------------

fn home(app: &App, view: &Element) {
    if !app.tab.is_null() {
        status(app, view);
    }
    if app.list.shown {
        progress(app, view);
    }
    let ways = add(view, "div", "ways", "");
    link(
        &ways,
        "button main",
        app.texts.t("popup.practice"),
        PRACTICE,
    );
    link(&ways, "button", app.texts.t("popup.guide"), GUIDE);
    guide(app, view);
    problems(app, view);
    add(view, "p", "promise", app.texts.t("popup.promise"));
}

/// Whether this tab is covered, and why not.
fn status(app: &App, view: &Element) {
    let state = text(&app.status, "state");
    let mut class = String::from("status ");
    class.push_str(state);
    let panel = add(view, "section", &class, "");
    set(&panel, "role", "status");
    if state.is_empty() {
        return;
    }
    let boxes = app.status["boxes"].as_u64().unwrap_or_default();
    let sentence = match (state, boxes) {
        ("covered", 1) => app.texts.t("popup.covered.one").to_owned(),
        ("covered", _) => app
            .texts
            .with("popup.covered.many", &[("count", &boxes.to_string())]),
        ("barred", _) => app
            .texts
            .with("popup.barred", &[("sites", text(&app.status, "sites"))]),
        _ => app.texts.of("popup.", state).to_owned(),
    };
    add(&panel, "p", "", &sentence);
    if state == "uncovered" {
        for trouble in app.status["troubles"].as_array().into_iter().flatten() {
            let why = app
                .texts
                .of("status.trouble.", trouble.as_str().unwrap_or_default());
            add(&panel, "p", "soft", why);
        }
    }
    let may_pause = app.stored["pageSettings"]["mayPause"].as_bool();
    let paused = state == "paused";
    if state == "covered" || state == "uncovered" || paused {
        if may_pause.unwrap_or(true) {
            let (key, does) = if paused {
                ("popup.resume", "pause off")
            } else {
                ("popup.pause", "pause on")
            };
            button(&panel, "small", app.texts.t(key), does);
        }
        let hint = app.texts.with("popup.key", &[("key", &app.card_key)]);
        add(&panel, "p", "soft hint", &hint);
    }
}

/// A ring for each platform, with its text.
fn progress(app: &App, view: &Element) {
    add(view, "h2", "", app.texts.t("popup.privacy"));
    let rings = add(view, "ul", "rings", "");
    let mut due = 0;
    for (id, name, _) in app.list.platforms() {
        due += app.list.progress(id, &app.ticks, app.now).due;
        let mut address = String::from("#");
        address.push_str(id);
        let entry = add(&rings, "li", "", "");
        let to = link(&entry, "", "", &address);
        ring(app, &to, id);
        add(&to, "span", "name", name);
        add(&to, "span", "soft", &how_far(app, id));
    }
    if due > 0 {
        let key = if due == 1 {
            "checklist.due.one"
        } else {
            "checklist.due.many"
        };
        let said = app.texts.with(key, &[("count", &due.to_string())]);
        add(view, "p", "due", &said);
    }
}

fn how_far(app: &App, platform: &str) -> String {
    let progress = app.list.progress(platform, &app.ticks, app.now);
    let (done, all) = (progress.done.to_string(), progress.all.to_string());
    app.texts
        .with("checklist.progress", &[("done", &done), ("all", &all)])
}

fn ring(app: &App, parent: &Element, platform: &str) {
    let progress = app.list.progress(platform, &app.ticks, app.now);
    let share = (progress.done * 100)
        .checked_div(progress.all)
        .unwrap_or(100);
    let svg = draw(
        parent,
        "svg",
        &[
            ("viewBox", "0 0 36 36"),
            ("class", "ring"),
            ("aria-hidden", "true"),
        ],
    );
    let circle = [
        ("cx", "18"),
        ("cy", "18"),
        ("r", "15"),
        ("pathLength", "100"),
    ];
    draw(&svg, "circle", &circle);
    if share > 0 {
        let arc = draw(&svg, "circle", &circle);
        set(&arc, "class", "arc");
        let mut dashes = share.to_string();
        dashes.push_str(" 100");
        set(&arc, "stroke-dasharray", &dashes);
    }
    if progress.all > 0 && progress.done == progress.all {
        draw(
            &svg,
            "path",
            &[("d", "M11.5 18.5l4.5 4.5 8.5-9"), ("class", "tick")],
        );
    }
}

/// Which guide is in force, and from where.
fn guide(app: &App, view: &Element) {
    let guide = &app.policy["guide"];
    let box_of = add(view, "section", "guide", "");
    add(&box_of, "h2", "", app.texts.t("popup.guideTitle"));
    if guide.is_object() {
        let mut parts = vec![whose(app)];
        for (key, slot) in [
            ("version", "popup.guideVersion"),
            ("validUntil", "popup.guideUntil"),
        ] {
            let value = text(guide, key);
            if !value.is_empty() {
                parts.push(app.texts.with(slot, &[("version", value), ("date", value)]));
            }
        }
        add(&box_of, "p", "", &parts.join(" · "));
        if guide["isExpired"] == true {
            add(&box_of, "p", "problem", app.texts.t("popup.guideExpired"));
        }
    }
    let source = text(&app.policy, "source");
    let own = guide["isOwn"] == true;
    let said = match source {
        "policy" if !own => app.texts.t("popup.source.settings"),
        "" => "",
        _ => app.texts.of("popup.source.", source),
    };
    add(&box_of, "p", "soft", said);
}

/// What is wrong with policy or guide: a plain sentence, and the details for whoever can help.
fn problems(app: &App, view: &Element) {
    let broken = &app.guide["problem"];
    let policy = app.policy["problems"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let mut details = Vec::new();
    for problem in policy {
        details.push([
            text(problem, "key"),
            text(problem, "message"),
            text(problem, "remedy"),
        ]);
    }
    let guide = broken["details"].as_array().into_iter().flatten();
    for problem in guide {
        details.push([
            text(problem, "path"),
            text(problem, "message"),
            text(problem, "remedy"),
        ]);
    }
    if broken.is_null() && policy.is_empty() {
        return;
    }
    let panel = add(view, "section", "problem", "");
    let key = if broken.is_null() {
        "popup.policyProblem"
    } else {
        "popup.guideBroken"
    };
    add(&panel, "p", "", app.texts.t(key));
    if details.is_empty() {
        return;
    }
    let fold = add(&panel, "details", "", "");
    add(&fold, "summary", "", app.texts.t("popup.details"));
    let list = add(&fold, "ul", "", "");
    // As the engine says them: in English, for IT.
    set(&list, "lang", "en");
    for [place, message, remedy] in details {
        let entry = add(&list, "li", "", "");
        if !place.is_empty() {
            add(&entry, "code", "", place);
        }
        add(&entry, "span", "", message);
        add(&entry, "span", "soft", remedy);
    }
}

// --- checklist ----------------------------------------------------------------------------------

fn tabs(app: &App, view: &Element) {
    let nav = add(view, "nav", "tabs", "");
    set(&nav, "aria-label", app.texts.t("checklist.platforms"));
    for (id, name, _) in app.list.platforms() {
        tab(app, &nav, id, name);
    }
    tab(app, &nav, "habits", app.texts.t("checklist.habits"))
}

fn tab(app: &App, nav: &Element, id: &str, name: &str) {
    let mut address = String::from("#");
    address.push_str(id);
    let to = link(nav, "", name, &address);
    if app.view == id {
        set(&to, "aria-current", "page");
    }
}

fn checklist(app: &App, view: &Element, platform: &str) {
    tabs(app, view);
    let Some((_, name, hub)) = app.list.platforms().find(|(id, _, _)| *id == platform) else {
        return;
    };
    let head = add(view, "div", "head", "");
    ring(app, &head, platform);
    let title = add(&head, "div", "", "");
    add(
        &title,
        "h2",
        "",
        &app.texts.with("checklist.title", &[("platform", name)]),
    );
    add(&title, "p", "soft", &how_far(app, platform));
    add(view, "p", "soft", app.texts.t("checklist.intro"));
    let all = app.texts.with("checklist.hub", &[("platform", name)]);
    link(view, "", &all, hub);
    let list = add(view, "ul", "items", "");
    for entry in app.list.items_of(platform) {
        item(app, &list, entry);
    }
    let checked = app
        .texts
        .with("checklist.checked", &[("date", app.list.checked())]);
    add(view, "p", "soft", &checked);
}

fn does(verb: &str, id: &str) -> String {
    let mut does = String::from(verb);
    does.push(' ');
    does.push_str(id);
    does
}

fn item(app: &App, list: &Element, item: Item<'_>) {
    let id = item.id();
    let language = app.texts.language;
    let setting = item.said("setting", language);
    let tick = app.ticks.get(id);
    let mark = tick.map(|tick| tick.mark);
    let is_open = app.open.iter().any(|open| open == id);
    let is_due = app.list.is_due(item, &app.ticks, app.now);
    let entry = add(list, "li", mark.map_or("", Mark::as_str), "");

    let row = add(&entry, "div", "row", "");
    let label = add(&row, "label", "", "");
    let check = add(&label, "input", "", "");
    set(&check, "type", "checkbox");
    set(&check, "data-do", &does("check", id));
    if mark == Some(Mark::Done) && !is_due {
        set(&check, "checked", "");
    }
    add(&label, "span", "", setting);
    let fold = button(&row, "fold", "", &does("fold", id));
    set(
        &fold,
        "aria-label",
        &app.texts.with("checklist.more", &[("setting", setting)]),
    );
    set(
        &fold,
        "aria-expanded",
        if is_open { "true" } else { "false" },
    );
    let arrow = draw(
        &fold,
        "svg",
        &[("viewBox", "0 0 12 12"), ("aria-hidden", "true")],
    );
    draw(&arrow, "path", &[("d", "M2.5 4.5l3.5 3.5 3.5-3.5")]);

    if let Some(tick) = tick {
        let state = add(
            &entry,
            "p",
            "state soft",
            &state_of(app, item, tick, is_due),
        );
        if is_due && mark == Some(Mark::Done) {
            button(
                &state,
                "small",
                app.texts.t("checklist.again"),
                &does("again", id),
            );
        }
    }
    if !is_open {
        return;
    }
    let more = add(&entry, "div", "more", "");
    for (key, said) in [("checklist.you", "you"), ("checklist.company", "company")] {
        let said = item.said(said, language);
        if !said.is_empty() {
            let line = add(&more, "p", "", "");
            add(&line, "b", "", app.texts.t(key));
            add(&line, "span", "", said);
        }
    }
    if item.word("audience") == "personal" {
        add(&more, "p", "soft", app.texts.t("checklist.personal"));
    }
    let ways = add(&more, "p", "ways-to", "");
    link(
        &ways,
        "button main",
        app.texts.t("checklist.open"),
        item.word("url"),
    );
    let fallback = item.word("fallback");
    if !fallback.is_empty() {
        link(&ways, "", app.texts.t("checklist.fallback"), fallback);
    }
    let confidence = item.word("confidence");
    if !confidence.is_empty() {
        let sure = app.texts.of("checklist.confidence.", confidence);
        let mut sure = String::from(sure);
        sure.push(' ');
        sure.push_str(
            &app.texts
                .with("checklist.evidence", &[("date", item.word("checked"))]),
        );
        add(&more, "p", "soft", &sure);
    }
    let answers = add(&more, "p", "answers", "");
    for (verb, own) in [("later", Mark::Later), ("not-for-me", Mark::NotForMe)] {
        let answer = button(
            &answers,
            "small",
            app.texts.of("checklist.", verb),
            &does(verb, id),
        );
        let pressed = mark == Some(own);
        set(
            &answer,
            "aria-pressed",
            if pressed { "true" } else { "false" },
        );
    }
}

fn state_of(app: &App, item: Item<'_>, tick: Tick, is_due: bool) -> String {
    let due = app.list.due_at(item, tick);
    let at = day(app, tick.at);
    let again = due.map(|due| day(app, due)).unwrap_or_default();
    let key = match (tick.mark, is_due, due) {
        (_, true, _) => "checklist.state.due",
        (Mark::Done, _, Some(_)) => "checklist.state.done",
        (Mark::Done, _, None) => "checklist.state.doneForGood",
        (Mark::Later, ..) => "checklist.state.later",
        (Mark::NotForMe, ..) => "checklist.state.notForMe",
    };
    app.texts.with(key, &[("date", &at), ("again", &again)])
}

fn day(app: &App, at: f64) -> String {
    let form = js_of(&json!({ "day": "numeric", "month": "short", "year": "numeric" }));
    let date = js_sys::Date::new(&at.into());
    String::from(date.to_locale_date_string(app.texts.language, &form))
}

fn habits(app: &App, view: &Element) {
    tabs(app, view);
    add(view, "h2", "", app.texts.t("checklist.habitsTitle"));
    let list = add(view, "ol", "habits", "");
    for (section, title, said) in app.list.habits(app.texts.language) {
        let entry = add(&list, "li", "", "");
        add(&entry, "h3", "", title);
        add(&entry, "p", "", said);
        let mut address = String::from(GUIDE);
        address.push('#');
        address.push_str(section);
        let to = link(&entry, "", app.texts.t("checklist.inGuide"), &address);
        let name = app
            .texts
            .with("checklist.inGuideAbout", &[("title", title)]);
        set(&to, "aria-label", &name);
    }
}

// --- what Tacto does and does not do --------------------------------------------------------------

fn about(app: &App, view: &Element) {
    add(view, "h2", "", app.texts.t("about.title"));
    for (class, title, lines) in [
        (
            "does",
            "about.does",
            &[
                "about.does.read",
                "about.does.warn",
                "about.does.hold",
                "about.does.protect",
            ][..],
        ),
        (
            "does-not",
            "about.doesNot",
            &[
                "about.doesNot.send",
                "about.doesNot.record",
                "about.doesNot.tell",
                "about.doesNot.change",
                "about.doesNot.see",
            ],
        ),
        (
            "check",
            "about.check",
            &[
                "about.check.permissions",
                "about.check.network",
                "about.check.storage",
                "about.check.source",
            ],
        ),
    ] {
        add(view, "h3", class, app.texts.t(title));
        let list = add(view, "ul", class, "");
        for key in lines {
            add(&list, "li", "", app.texts.t(key));
        }
    }
    link(view, "button", app.texts.t("about.notice"), NOTICE);
}

// --- settings -----------------------------------------------------------------------------------

fn settings(app: &App, view: &Element) {
    let preferences = &app.stored["preferences"];
    add(view, "h2", "", app.texts.t("settings.title"));

    let label = add(view, "label", "choice", app.texts.t("settings.language"));
    let select = add(&label, "select", "", "");
    set(&select, "data-do", "language");
    let may_choose = app.may("language");
    let chosen = match text(
        if may_choose {
            preferences
        } else {
            &app.stored["pageSettings"]
        },
        "language",
    ) {
        "" => "auto",
        chosen => chosen,
    };
    for (value, key) in [
        ("auto", "settings.language.auto"),
        ("es", "settings.language.es"),
        ("en", "settings.language.en"),
    ] {
        let option = add(&select, "option", "", app.texts.t(key));
        set(&option, "value", value);
        if value == chosen {
            set(&option, "selected", "");
        }
    }
    if !may_choose {
        set(&select, "disabled", "");
        add(view, "p", "soft", app.texts.t("settings.byCompany"));
    }

    if app.list.shown {
        let label = add(view, "label", "choice check", "");
        let check = add(&label, "input", "", "");
        set(&check, "type", "checkbox");
        set(&check, "data-do", "reminders");
        let may_remind = app.may("reminders");
        if may_remind && preferences["reminders"].as_bool().unwrap_or(true) {
            set(&check, "checked", "");
        }
        add(&label, "span", "", app.texts.t("settings.reminders"));
        if !may_remind {
            set(&check, "disabled", "");
            add(view, "p", "soft", app.texts.t("settings.byCompany"));
        }
    }
    data(app, view);
    let version = app
        .texts
        .with("settings.version", &[("version", &app.version)]);
    add(view, "p", "soft version", &version);
}

/// Take out, put in, throw away.
fn data(app: &App, view: &Element) {
    add(view, "h2", "", app.texts.t("data.title"));
    add(view, "p", "soft", app.texts.t("data.intro"));
    let ways = add(view, "div", "ways", "");
    button(&ways, "", app.texts.t("data.export"), "export");
    if app.tab.is_null() {
        let label = add(&ways, "label", "button file", app.texts.t("data.import"));
        let file = add(&label, "input", "", "");
        for (key, value) in [
            ("type", "file"),
            ("accept", ".json,application/json"),
            ("data-do", "import"),
        ] {
            set(&file, key, value);
        }
    } else {
        let mut page = String::from(PAGE);
        page.push_str("#settings");
        link(&ways, "button", app.texts.t("data.importOnPage"), &page);
    }
    if app.sure {
        let asked = add(view, "div", "asked", "");
        set(&asked, "role", "group");
        set(&asked, "aria-label", app.texts.t("data.sure"));
        add(&asked, "p", "", app.texts.t("data.sure"));
        button(&asked, "danger", app.texts.t("data.eraseNow"), "erase-now");
        button(&asked, "", app.texts.t("data.keep"), "keep");
    } else {
        button(&ways, "", app.texts.t("data.erase"), "erase");
    }
}
