/** A box to try the guide in, without a social network: the same marks, card and gate. */

import type { Audience, Author, Platform, Surface } from '#engine';
import practice from '../adapters/practice.json';
import type { Adapter } from '../content/adapter';
import type { Context } from '../content/context';
import { Session } from '../content/session';
import { type Key, t } from '../shared/i18n';
import { CARD_KEY } from '../shared/keys';
import { entitle, make, withKey } from './dom';

const PLATFORMS: readonly Platform[] = ['x', 'facebook', 'linkedin'];
const SURFACES: readonly Surface[] = ['post', 'comment', 'message', 'profile', 'article'];
const AUDIENCES: readonly Audience[] = [
  'public',
  'connections',
  'friends',
  'group',
  'private',
  'unknown',
];
const AUTHORS: readonly Author[] = ['employee', 'spokesperson', 'corporate-account'];

function choice<Value extends string>(
  label: Key,
  values: readonly Value[],
  named: (value: Value) => Key,
): HTMLSelectElement {
  const select = make(
    'select',
    {},
    ...values.map((value) => make('option', { value }, t(named(value)))),
  );
  choices.append(make('label', {}, t(label), select));
  return select;
}

entitle(t('practice.title'));
const choices = make('div', { class: 'choices' });
const platform = choice('practice.where', PLATFORMS, (value) => `platform.${value}`);
platform.value = 'linkedin';
const surface = choice('practice.surface', SURFACES, (value) => `surface.${value}`);
const audience = choice('practice.audience', AUDIENCES, (value) => `audienceName.${value}`);
const author = choice('practice.author', AUTHORS, (value) => `author.${value}`);
const box = make('textarea', { placeholder: t('practice.placeholder'), autocomplete: 'off' });
const said = make('p', { class: 'soft', role: 'status' });
const post = make('button', { type: 'submit', class: 'main' }, t('practice.post'));
const form = make(
  'form',
  { class: 'compose' },
  choices,
  make('label', { class: 'draft' }, t('practice.box'), box),
  make('div', { class: 'end' }, said, post),
);
document.body.append(
  make(
    'main',
    {},
    make('h1', {}, t('practice.title')),
    make('p', { class: 'intro' }, ...withKey(t('practice.intro', { key: CARD_KEY }), CARD_KEY)),
    form,
  ),
);

const session = new Session({
  // The build has checked it against its schema (build.mjs).
  adapter: practice as unknown as Adapter,
  contextOf: (): Context => ({
    platform: platform.value as Platform,
    surface: surface.value as Surface,
    audience: audience.value as Audience,
    author: author.value as Author,
  }),
});
choices.addEventListener('change', () => session.refresh());
form.addEventListener('submit', (event) => {
  event.preventDefault();
  said.textContent = t(box.value.trim() === '' ? 'practice.empty' : 'practice.posted');
});
box.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
box.addEventListener('input', () => {
  said.textContent = '';
});
box.focus();
