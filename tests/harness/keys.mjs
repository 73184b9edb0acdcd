// Many real keys at once: sent without waiting for each, in the order given.

/** WebDriver's code points for keys without a character. */
const WEBDRIVER = {
  Control: '\uE009',
  Shift: '\uE008',
  Backspace: '\uE003',
  Enter: '\uE006',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  Delete: '\uE017',
  F8: '\uE038',
};

/** `Control+Shift+z` as what is held and what is pressed; a lone character is itself. */
function chord(key) {
  if ([...key].length === 1) return { held: [], key };
  const held = key.split('+');
  return { key: held.pop(), held };
}

/**
 * Presses keys one after the other: characters, names of keys, chords.
 * @param keys e.g. `['a', 'ñ', 'Enter', 'Control+Shift+z']`
 */
export async function press(page, kind, keys) {
  if (kind === 'firefox') {
    const actions = keys.flatMap((one) => {
      const { held, key } = chord(one);
      const all = [...held, key].map((name) => WEBDRIVER[name] ?? name);
      return [
        ...all.map((value) => ({ type: 'keyDown', value })),
        ...all.reverse().map((value) => ({ type: 'keyUp', value })),
      ];
    });
    await page.browser().connection.send('input.performActions', {
      context: page.mainFrame()._id,
      actions: [{ type: 'key', id: 'keys', actions }],
    });
    return;
  }
  const { keyboard } = page;
  const session = await sessionOf(page);
  const sent = keys.flatMap((one) => {
    const { held, key } = chord(one);
    if (key.length === 1 ? key > '~' : !(key in WEBDRIVER)) {
      // No key of the American keyboard, but of some other.
      const event = { key, text: key, unmodifiedText: key };
      return ['keyDown', 'keyUp'].map((type) =>
        session.send(
          'Input.dispatchKeyEvent',
          type === 'keyDown' ? { type, ...event } : { type, key },
        ),
      );
    }
    const all = [...held, key];
    return [
      ...all.map((name) => keyboard.down(name)),
      ...all.reverse().map((name) => keyboard.up(name)),
    ];
  });
  await Promise.all(sent);
}

const sessions = new WeakMap();

function sessionOf(page) {
  if (!sessions.has(page)) sessions.set(page, page.createCDPSession());
  return sessions.get(page);
}

/** Copies words as a person would: out of a field of the page's own, which is taken away again. */
export async function copy(page, kind, words) {
  await page.evaluate((text) => {
    const field = document.createElement('textarea');
    field.id = 'source';
    field.value = text;
    document.body.append(field);
    field.focus();
    field.select();
  }, words);
  await press(page, kind, ['Control+c']);
  await page.evaluate(() => document.getElementById('source').remove());
}
