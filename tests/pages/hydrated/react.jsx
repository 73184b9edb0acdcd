// The whole document as one React tree; with React 18 and, from ../react-19, with React 19.
import { useState } from 'react';

export function Page({ script, text }) {
  const [count, setCount] = useState(0);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Hydrated</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/lab.css" />
        <script src={script} defer />
      </head>
      <body>
        <main>
          <textarea aria-label="Say something" rows="4" cols="60" defaultValue={text} />
          <button type="button" onClick={() => setCount(count + 1)}>
            Count
          </button>
          <output>{count}</output>
        </main>
      </body>
    </html>
  );
}
