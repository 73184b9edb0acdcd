/**
 * The last good policy, kept for a start at which the browser does not give it yet. It holds the
 * company's names, so it lies in IndexedDB under the extension's own origin: `storage.local` can be
 * read by content scripts, and so by whoever breaks into one.
 */

/** What a policy says: key by key, as the browser gives it. */
export type PolicyValues = Readonly<Record<string, unknown>>;

export interface KeptPolicy {
  readonly values: PolicyValues;
  /** When it came into force, in milliseconds since 1970. */
  readonly since: number;
}

const DATABASE = 'policy';
const STORE = 'kept';
const LAST = 'last';

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within<Result>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open();
  try {
    return await done(use(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

/** The last good policy; null where there is none, or where the disk cannot be read. */
export async function readKept(): Promise<KeptPolicy | null> {
  try {
    const kept: unknown = await within('readonly', (store) => store.get(LAST));
    return (kept as KeptPolicy | undefined) ?? null;
  } catch {
    return null;
  }
}

/** Keeps a policy, or forgets the last one. A disk that cannot be written is no reason to stop. */
export async function keep(policy: KeptPolicy | null): Promise<void> {
  try {
    await within('readwrite', (store) =>
      policy ? store.put(policy, LAST) : (store.delete(LAST) as IDBRequest),
    );
  } catch (error) {
    console.error('Tacto: the policy could not be kept:', error);
  }
}
