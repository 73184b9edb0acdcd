/**
 * On a site's own settings pages: a small panel that says which items of the checklist live here,
 * and ticks them off when asked to. It changes no setting, takes no focus, and is gone for this
 * visit once it is closed.
 *
 * In the top frame of every page of the three sites, since they change pages without loading one;
 * until somebody is at their settings it does nothing but look at the address when that changes.
 */

import areas from '#settings-areas';
import { lang, learn, speak, t } from '../shared/i18n';
import type { FromPanel, Looks, PanelItem, PanelItems } from '../shared/messages';
import { followSettings, type PageSettings } from '../shared/settings';
import { drawing, element, Overlay } from './overlay';
import { isDarkBehind } from './theme';

const TICK = 'M2.5 6.5l2.5 2.5 4.5-6';
const CROSS = 'M2.5 2.5l7 7M9.5 2.5l-7 7';
/** After a click, a page without the Navigation API has changed its address by then. */
const SETTLE_MS = 400;

/** The host and first step of the path: `x.com/settings`. */
function areaOf({ hostname, pathname }: Location): string {
  const host = hostname.replace(/^www\./, '').replace(/^twitter\.com$/, 'x.com');
  return `${host}/${pathname.split('/')[1] ?? ''}`;
}

function ask<Answer>(message: FromPanel): Promise<Answer> {
  return chrome.runtime.sendMessage(message);
}

class SettingsPanel {
  #overlay: Overlay | null = null;
  #box: HTMLElement | null = null;
  #address = '';
  #isOn = false;
  readonly #closed = new Set<string>();
  readonly #over = new AbortController();

  constructor() {
    const { signal } = this.#over;
    const look = (): void => void this.#look();
    const { navigation } = window as { navigation?: EventTarget };
    if (navigation) navigation.addEventListener('currententrychange', look, { signal });
    else window.addEventListener('click', () => setTimeout(look, SETTLE_MS), { signal });
    window.addEventListener('popstate', look, { signal });
    window.addEventListener('hashchange', look, { signal });
    followSettings((settings) => this.#follow(settings));
  }

  #follow({ platforms, language }: PageSettings): void {
    const spoken = speak(language);
    const [host = ''] = areaOf(location).split('/');
    const platform = (['x', 'facebook', 'linkedin'] as const).find((name) =>
      host.endsWith(`${name}.com`),
    );
    this.#isOn = platform !== undefined && platforms[platform];
    if (spoken || !this.#isOn) this.#address = '';
    void this.#look();
  }

  async #look(): Promise<void> {
    const { href } = location;
    if (href === this.#address || this.#over.signal.aborted) return;
    this.#address = href;
    if (!this.#isOn || !areas.includes(areaOf(location)) || this.#closed.has(location.pathname)) {
      this.#hide();
      return;
    }
    try {
      const { items, looks } = await ask<PanelItems>({ kind: 'settingsPage', address: href });
      if (location.href !== href || this.#over.signal.aborted) return;
      if (items.length > 0) this.#show(items, looks);
      else this.#hide();
    } catch {
      // The extension was updated, disabled or removed.
      this.#over.abort();
      this.#hide();
    }
  }

  #hide(): void {
    this.#overlay?.remove();
    this.#overlay = null;
    this.#box = null;
  }

  #show(items: readonly PanelItem[], { texts, style }: Looks): void {
    learn(texts);
    this.#overlay ??= new Overlay();
    const overlay = this.#overlay;
    overlay.dress(style);
    overlay.surface.lang = lang;
    overlay.setDark(isDarkBehind(document.body ?? document.documentElement));
    overlay.onKey = (event) => {
      if (event.key === 'Escape') this.#close();
    };
    const box = element('section', 'panel');
    box.setAttribute('aria-label', t('panel.title'));
    const close = element('button', 'icon', drawing(CROSS));
    close.setAttribute('aria-label', t('panel.close'));
    overlay.onActivate(close, () => this.#close());
    box.append(
      element('div', 'head', element('h2', '', t('panel.title')), close),
      element('p', 'intro', t('panel.intro')),
      element('ul', '', ...items.map((item) => this.#item(overlay, item))),
    );
    const hadFocus = this.#box !== null && overlay.root.activeElement !== null;
    if (this.#box) this.#box.replaceWith(box);
    else overlay.surface.append(box);
    this.#box = box;
    overlay.show();
    if (hadFocus) (box.querySelector<HTMLElement>('li button') ?? close).focus();
  }

  #item(overlay: Overlay, item: PanelItem): HTMLElement {
    const made = element(
      'li',
      '',
      element('p', 'setting', item.setting),
      element('p', 'why', item.you),
    );
    if (item.state === 'done' && !item.due) {
      made.append(element('p', 'done', drawing(TICK), t('panel.isDone')));
      return made;
    }
    const button = element('button', '', t('panel.done'));
    button.setAttribute('aria-label', t('panel.doneFor', { setting: item.setting }));
    overlay.onActivate(button, () => void this.#tick(item.id));
    made.append(button);
    return made;
  }

  async #tick(id: string): Promise<void> {
    const kept = await ask<boolean>({ kind: 'tickItem', id }).catch(() => false);
    this.#address = '';
    await this.#look();
    const overlay = this.#overlay;
    if (!overlay || !this.#box) return;
    if (kept) overlay.say(t('panel.isDone'));
    else {
      this.#box.append(element('p', 'problem', t('panel.full')));
      overlay.say(t('panel.full'));
    }
  }

  #close(): void {
    this.#closed.add(location.pathname);
    this.#hide();
  }
}

if (document.contentType === 'text/html') new SettingsPanel();
