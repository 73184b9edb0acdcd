import { hydrateRoot } from 'react-dom/client';
import { Page } from './react.jsx';

globalThis.problems = [];
globalThis.hydratePage = () => {
  hydrateRoot(document, <Page {...PAGE} />, {
    onRecoverableError: (error) => globalThis.problems.push(error.message),
  });
};
