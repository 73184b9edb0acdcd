// All of the body as one Vue app.
import { h, ref } from 'vue';

export const Page = {
  props: ['text'],
  setup({ text }) {
    const count = ref(0);
    return () =>
      h('main', [
        h('textarea', { 'aria-label': 'Say something', rows: 4, cols: 60, value: text }),
        h('button', { type: 'button', onClick: () => count.value++ }, 'Count'),
        h('output', String(count.value)),
      ]);
  },
};
