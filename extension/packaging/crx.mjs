/** CRX3: the zip, signed with the company's key. The id that browsers know it by is the key's. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import createCRX3Stream from 'crx3/lib/crx3stream.js';

/** In bits. Chrome's own and the Web Store's. */
const KEY_LENGTH = 2048;

/** Writes a new key that only its owner may read, where nothing is yet. */
export function newKey(path) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: KEY_LENGTH });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(path, pem, { mode: 0o600, flag: 'wx' });
}

/** What is wrong with a key file, or null. */
export function keyProblem(path) {
  let key;
  try {
    key = createPrivateKey(readFileSync(path));
  } catch (error) {
    return error.code === 'ENOENT' ? 'there is no such file' : 'it is no private key in PEM';
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa') return 'it is no RSA key, which is what browsers take';
  return bits < KEY_LENGTH ? `it has ${bits} bits; browsers want ${KEY_LENGTH}` : null;
}

/** Whether others than the owner may read the key. Windows has other means. */
export function readByOthers(path) {
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

/** The first half of the SHA-256 of the public key, with the letters a to p for its digits. */
export function idOf(keyPath) {
  const key = createPublicKey(readFileSync(keyPath)).export({ type: 'spki', format: 'der' });
  const digits = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return [...digits].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

/** RSA with PKCS #1 v1.5 has no random part: the same zip and key give the same bytes. */
export async function crx(zip, keyPath) {
  const folder = mkdtempSync(join(tmpdir(), 'tacto-crx-'));
  try {
    const path = join(folder, 'tacto.crx');
    const out = createCRX3Stream(path, { keyPath });
    out.end(zip);
    await finished(out);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
