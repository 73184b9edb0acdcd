import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { inShell } from './shell.js';
import { Page } from './vue.js';

export const render = async () =>
  inShell(await renderToString(createSSRApp(Page, { text: PAGE.text })));
