// Looks into Tacto's closed shadow root, where no page script can look: through the DevTools
// protocol in Chromium, through WebDriver BiDi in Firefox.

/** Every closed root that is not the browser's own, of one frame. */
async function closedRoots(page, kind, frame) {
  return kind === 'chromium'
    ? closedRootsOfChromium(page, frame)
    : closedRootsOfFirefox(page, frame);
}

const sessions = new WeakMap();

async function chromiumSession(page) {
  if (!sessions.has(page)) sessions.set(page, page.createCDPSession());
  return sessions.get(page);
}

async function closedRootsOfChromium(page, frame) {
  const session = await chromiumSession(page);
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const found = [];
  const walk = (node) => {
    for (const shadow of node.shadowRoots ?? []) {
      if (shadow.shadowRootType === 'closed') found.push(shadow.backendNodeId);
      walk(shadow);
    }
    for (const child of node.children ?? []) walk(child);
  };
  const documentOf = (node) => {
    if (node.contentDocument?.documentURL === frame.url()) return node.contentDocument;
    return (node.children ?? []).reduce((found, child) => found ?? documentOf(child), null);
  };
  const top = frame === page.mainFrame() ? root : documentOf(root);
  if (top) walk(top);
  return found;
}

async function bidi(page, method, params) {
  const { result } = await page.browser().connection.send(method, params);
  return result;
}

async function closedRootsOfFirefox(page, frame) {
  const answer = await bidi(page, 'script.evaluate', {
    expression: 'document.documentElement',
    target: { context: frame._id },
    awaitPromise: false,
    serializationOptions: { includeShadowTree: 'all', maxDomDepth: null },
  });
  const found = [];
  const walk = (node) => {
    const shadow = node.value?.shadowRoot;
    if (shadow) {
      if (shadow.value.mode === 'closed') found.push(shadow.sharedId);
      walk(shadow);
    }
    for (const child of node.value?.children ?? []) walk(child);
  };
  walk(answer.result);
  return found;
}

/**
 * Calls `fn(root, argument)` in the page with each closed root of a page's top frame, or of the
 * frame that is given, and returns the answers. `fn` sees the root as the page's own world does and must be self-contained; its answer
 * must survive JSON.
 */
export async function inClosedRoots(where, kind, fn, argument = null) {
  const frame = where.mainFrame?.() ?? where;
  const page = frame.page();
  const answers = [];
  for (const handle of await closedRoots(page, kind, frame)) {
    const answer =
      kind === 'chromium'
        ? await callInChromium(page, handle, fn, argument)
        : await callInFirefox(page, frame, handle, fn, argument);
    if (answer !== undefined) answers.push(answer);
  }
  return answers;
}

async function callInChromium(page, backendNodeId, fn, argument) {
  const session = await chromiumSession(page);
  let object;
  try {
    ({ object } = await session.send('DOM.resolveNode', { backendNodeId }));
  } catch {
    return undefined; // Gone since it was found.
  }
  const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: `function (argument) { return (${fn})(this, argument); }`,
    arguments: [{ value: argument }],
    returnByValue: true,
  });
  if (exceptionDetails)
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

async function callInFirefox(page, frame, sharedId, fn, argument) {
  let answer;
  try {
    answer = await bidi(page, 'script.callFunction', {
      functionDeclaration: `(root, json) => JSON.stringify((${fn})(root, JSON.parse(json)) ?? null)`,
      arguments: [{ sharedId }, { type: 'string', value: JSON.stringify(argument) }],
      target: { context: frame._id },
      awaitPromise: false,
    });
  } catch {
    return undefined; // Gone since it was found.
  }
  if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
  return JSON.parse(answer.result.value);
}
