import { hydrate } from 'svelte';
import Page from './Page.svelte';

globalThis.problems = [];
globalThis.hydratePage = () => {
  console.warn = (problem) => globalThis.problems.push(String(problem));
  hydrate(Page, { target: document.body, props: { text: PAGE.text } });
};
