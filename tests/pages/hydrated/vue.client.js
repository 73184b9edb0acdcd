import { createSSRApp } from 'vue';
import { Page } from './vue.js';

globalThis.problems = [];
globalThis.hydratePage = () => {
  const app = createSSRApp(Page, { text: PAGE.text });
  app.config.warnHandler = (problem) => globalThis.problems.push(problem);
  app.mount(document.body);
};
