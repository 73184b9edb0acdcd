import { renderToString } from 'react-dom/server';
import { Page } from './react.jsx';

export const render = () => `<!doctype html>${renderToString(<Page {...PAGE} />)}`;
