/** What is around a body that a framework has drawn. */
export const inShell = (body) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hydrated</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/lab.css"><script src="${PAGE.script}" defer></script></head><body>${body}</body></html>`;
