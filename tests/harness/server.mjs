// The pages under the sites' real host names, and a record of everything that a browser asked for.
//
// Both browsers are told to use `proxy` for everything, so that every connection that leaves them
// (the page's, the extension's, the browser's own) is seen here. Known hosts are tunnelled to a TLS
// server on 127.0.0.1 with a certificate made on the spot; any other host is refused and recorded.
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import selfsigned from 'selfsigned';
import { buildPages, pagesDir } from '../pages/build.mjs';

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "worker-src 'none'",
];

/** What each host serves, and under which Content-Security-Policy: strict, as the sites' are. */
const SITES = {
  'x.com': { page: 'x.html', policy: POLICY },
  'twitter.com': { page: 'x.html', policy: POLICY },
  'www.facebook.com': { page: 'facebook.html', policy: POLICY },
  'business.facebook.com': { page: 'facebook.html', policy: POLICY },
  'www.linkedin.com': {
    page: 'linkedin.html',
    policy: [...POLICY, "require-trusted-types-for 'script'", 'trusted-types default'],
  },
};

/** The page with one bare editor, under a host name of its own choice. */
const LAB = '/lab';
/** Pages that a server has drawn, each by another framework. */
const HYDRATED = /^\/hydrated\/([a-z0-9-]+)$/;
const pageOf = (host, pathname) => {
  const [, framework] = HYDRATED.exec(pathname) ?? [];
  if (framework) return `hydrated-${framework}.html`;
  return pathname === LAB ? 'lab.html' : SITES[host]?.page;
};

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css' };

const listen = (server) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });

/**
 * Starts the pages and the proxy.
 * @returns `proxy` (host:port), `requests` (what the pages' hosts were asked), `refused` (the other
 *   hosts that somebody wanted), `files` (what else is served, over plain http: address -> `type`
 *   and `body`), `arriving` (what sends the rest of a page that was asked for `in-parts`), `close()`.
 */
export async function startServer() {
  // ./build.sh test has built them for all test files, which run side by side.
  if (!process.env.TACTO_PAGES_BUILT) await buildPages();
  const hosts = Object.keys(SITES);
  const certificate = await selfsigned.generate([{ name: 'commonName', value: hosts[0] }], {
    // A key on an elliptic curve is made in a twentieth of the time of an RSA key.
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) }],
  });
  const requests = [];
  const refused = [];
  const arriving = [];

  const pages = createHttpsServer(
    { key: certificate.private, cert: certificate.cert },
    async (request, response) => {
      const host = request.headers.host.replace(/:.*/, '');
      const { pathname, searchParams } = new URL(request.url, `https://${host}`);
      requests.push({ host, method: request.method, path: request.url });
      const file = /^\/[a-z0-9-]+\.(js|css)$/.test(pathname)
        ? pathname.slice(1)
        : pageOf(host, pathname);
      if (file === undefined) {
        response.writeHead(404).end();
        return;
      }
      try {
        const body = await readFile(join(pagesDir, file));
        response.writeHead(200, {
          'Content-Type': TYPES[file.split('.').pop()],
          // A hostile page would not forbid itself anything.
          ...(searchParams.has('no-policy')
            ? {}
            : { 'Content-Security-Policy': SITES[host].policy.join('; ') }),
          // Firefox keeps no page in its back/forward cache that may not be stored.
          'Cache-Control': 'no-cache',
        });
        // A page that is still arriving: the rest comes when the test says so.
        if (searchParams.has('in-parts')) {
          const half = body.indexOf('<output');
          response.write(body.subarray(0, half));
          await new Promise((resume) => arriving.push(resume));
          response.end(body.subarray(half));
          return;
        }
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    },
  );
  const pagesPort = await listen(pages);

  const sockets = new Set();
  const files = new Map();
  const proxy = createHttpServer((request, response) => {
    const file = files.get(request.url.replace(/\?.*/, ''));
    if (file) {
      response.writeHead(200, { 'Content-Type': file.type, 'Cache-Control': 'no-store' });
      response.end(file.body);
      return;
    }
    refused.push({ host: new URL(request.url).host, url: request.url });
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket, head) => {
    const host = request.url.replace(/:.*/, '');
    socket.on('error', () => socket.destroy());
    if (!(host in SITES)) {
      refused.push({ host, url: request.url });
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const tunnel = connect(pagesPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.write(head);
      tunnel.pipe(socket);
      socket.pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('close', () => tunnel.destroy());
  });
  proxy.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const proxyPort = await listen(proxy);

  return {
    proxy: `127.0.0.1:${proxyPort}`,
    requests,
    refused,
    arriving,
    files,
    async close() {
      for (const socket of sockets) socket.destroy();
      pages.closeAllConnections();
      await Promise.all([pages, proxy].map((s) => new Promise((done) => s.close(done))));
    },
  };
}
