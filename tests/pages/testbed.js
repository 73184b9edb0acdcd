// What a test may read of a page: what was posted, straight from the editor's own model, and what
// each editor's model holds now. The pages themselves never use it for anything else.

/** `at` is in milliseconds of the page's own clock. @type {{site: string, composer: string, text: string, at: number}[]} */
const posted = [];
const models = {};

globalThis.testbed = {
  posted,
  /** The text that the editor's model holds: what would be posted. */
  text: (composer) => models[composer]?.() ?? null,
};

/** Makes an editor's model readable under the composer's name. */
export function expose(composer, read) {
  models[composer] = read;
}

/** Stands for the request that the real site would send. */
export function post(site, composer, text) {
  posted.push({ site, composer, text, at: performance.now() });
}

/** What is on every site and is no compose box: search, login, codes, settings, filters. */
const NO_COMPOSERS = `
  <input id="field" aria-label="A word you do not want to see">
  <div role="dialog" aria-label="Who is it">
    <div role="search"><input id="search" aria-label="What"></div>
    <input id="combobox" role="combobox" aria-expanded="false" aria-label="People">
    <input id="search-type" type="search">
    <form action="#">
      <input id="user" name="session_key" aria-label="Email or phone">
      <input id="password" type="password" aria-label="Password">
      <button type="button">Save</button>
    </form>
    <input id="one-time-code" autocomplete="one-time-code" aria-label="From your telephone">
    <input id="short" maxlength="8" aria-label="From your telephone">
    <input id="number" inputmode="numeric" aria-label="Telephone">
    <input id="filter" aria-label="Filter by name">
    <input id="look-for" placeholder="Buscar amistades">
    <input id="verification" name="verificationCode" aria-label="From your telephone">
    <div class="cm-editor"><div id="code" contenteditable="true" role="textbox" aria-label="Script"></div></div>
    <button type="button">Send</button>
  </div>
  <button type="button">Post</button>`;

/** Puts them into an element. */
export function noComposers(place) {
  place.id = 'no-composers';
  place.innerHTML = NO_COMPOSERS;
}

/** Settings: boxes that are none because of where they are. */
export function settings(place) {
  place.id = 'no-composers';
  place.innerHTML = `
    <textarea id="reason" aria-label="Why do you leave?"></textarea>
    <div role="dialog"><input id="word" aria-label="A word you do not want to see"></div>
    <button type="button">Save</button>`;
}

/** A box that no site has today: what a redesign may look like. */
export function strangeComposer(place, site) {
  place.innerHTML = `
    <div class="strange" role="dialog" aria-label="Something new">
      <div class="strange-box" contenteditable="true" aria-label="Say something new"></div>
      <button type="button" class="strange-button">Publish</button>
    </div>`;
  const [box, button] = ['.strange-box', '.strange-button'].map((one) => place.querySelector(one));
  const name = `${site}-strange`;
  expose(name, () => box.innerText.replace(/\n$/, ''));
  button.addEventListener('click', () => {
    if (!box.textContent) return;
    post(site, name, box.innerText);
    box.textContent = '';
  });
}
