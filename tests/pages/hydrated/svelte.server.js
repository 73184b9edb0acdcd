import { render as draw } from 'svelte/server';
import Page from './Page.svelte';
import { inShell } from './shell.js';

export const render = () => inShell(draw(Page, { props: { text: PAGE.text } }).body);
