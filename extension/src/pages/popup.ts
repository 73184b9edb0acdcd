/** What a click on the toolbar opens: whether this tab is covered, and where to read and practise. */
import { t } from '../shared/i18n';
import { CARD_KEY } from '../shared/keys';
import type { FromPopup, GuideInfo, TabStatus } from '../shared/messages';
import { entitle, make, withKey } from './dom';

function ask<Answer>(message: FromPopup): Promise<Answer> {
  return chrome.runtime.sendMessage(message);
}

function sentence({ state, boxes }: TabStatus): string {
  if (state === 'covered')
    return t(boxes === 1 ? 'popup.covered.one' : 'popup.covered.many', { count: boxes });
  return t(`popup.${state}`);
}

function statusLine(status: TabStatus): HTMLElement {
  const line = make(
    'div',
    { class: `status ${status.state}`, role: 'status' },
    make('p', {}, sentence(status)),
  );
  if (status.state === 'uncovered') {
    for (const trouble of status.troubles)
      line.append(make('p', { class: 'soft' }, t(`status.trouble.${trouble}`)));
  }
  return line;
}

function pageLink(look: string, text: string, page: string): HTMLElement {
  return make('a', { class: look, href: page, target: '_blank' }, text);
}

async function show(): Promise<void> {
  entitle(t('popup.title'));
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const tabId = tab?.id;
  const [status, guide] = await Promise.all([
    tabId === undefined ? null : ask<TabStatus>({ kind: 'tabStatus', tab: tabId }),
    ask<GuideInfo>({ kind: 'guideInfo' }),
  ]);

  const about = guide.problem
    ? t('popup.guideBroken')
    : [
        t('popup.guideOf', { company: guide.company }),
        guide.version && t('popup.guideVersion', { version: guide.version }),
      ]
        .filter(Boolean)
        .join(', ');
  const header = make(
    'header',
    {},
    make('img', { src: '../icons/tacto-48.png', alt: '' }),
    make('div', {}, make('h1', {}, t('popup.title')), make('p', { class: 'guide soft' }, about)),
  );
  const body: HTMLElement[] = [header];
  if (status) body.push(statusLine(status));
  const nav = make(
    'nav',
    {},
    pageLink('button main', t('popup.practice'), 'practice.html'),
    pageLink('button', t('popup.guide'), 'guide.html'),
  );
  if (tabId !== undefined && status && status.state !== 'idle')
    nav.append(pauseButton(tabId, status));
  body.push(nav);
  body.push(
    make(
      'footer',
      {},
      make('p', {}, t('popup.promise')),
      make('p', {}, ...withKey(t('popup.key', { key: CARD_KEY }), CARD_KEY)),
    ),
  );
  document.body.replaceChildren(...body);
}

function pauseButton(tab: number, status: TabStatus): HTMLElement {
  const paused = status.state === 'paused';
  const button = make('button', { type: 'button' }, t(paused ? 'popup.resume' : 'popup.pause'));
  button.addEventListener('click', () => {
    void ask({ kind: 'pause', tab, paused: !paused }).then(show);
  });
  return button;
}

void show();
