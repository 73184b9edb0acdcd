/** A zip that depends on the files' names and bytes alone: no clock, no owner, no order of a disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** The earliest time that a zip can say, in every time zone. */
const NO_TIME = new Date(1980, 0, 1);

/** The files below a folder: path with slashes -> bytes, sorted by path. */
export function filesOf(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'));
  paths.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

/** The deflate is fflate's own, so that another zlib in another Node writes the same bytes. */
export function zip(files) {
  return Buffer.from(zipSync(Object.fromEntries(files), { level: 9, mtime: NO_TIME }));
}
