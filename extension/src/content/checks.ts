/**
 * The way to the background and back. The port is opened when there is something to check and
 * left to the browser to close; nothing here keeps a sleeping background awake.
 */
import type { Report } from '#engine';
import {
  type FrameStatus,
  type Looks,
  type PageDraft,
  PORT,
  type SectionQuote,
  type ToBackground,
  type ToContent,
  type Trouble,
} from '../shared/messages';

export type Answer =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'declined'; readonly trouble: Trouble };

/** A background that is starting needs some 100 ms; one that takes this long is not coming. */
const PATIENCE_MS = 3000;
const GONE_MS = 200;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

const SILENT: Answer = { kind: 'declined', trouble: 'silent' };

interface Waiting {
  readonly draft: PageDraft;
  readonly answer: (answer: Answer) => void;
  readonly timer: ReturnType<typeof setTimeout>;
  retried: boolean;
}

export class Checks {
  #port: chrome.runtime.Port | null = null;
  #next = 1;
  #waiting = new Map<number, Waiting>();
  #failures = 0;
  #notBefore = 0;
  #status: FrameStatus | null = null;
  /** What reports have brought of the guide. */
  readonly sections = new Map<string, SectionQuote>();
  contact = '';

  constructor(
    private readonly onPaused: (paused: boolean) => void,
    private readonly onLooks: (looks: Looks) => void,
    /** The extension was updated, disabled or removed: this script is an orphan. */
    private readonly onGone: () => void,
  ) {
    chrome.runtime.onMessage.addListener(this.#onTold);
  }

  /** The popup's word, which comes even where no port is open. */
  readonly #onTold = (message: ToContent): void => {
    if (message.kind === 'paused') this.onPaused(message.paused);
  };

  check(draft: PageDraft): Promise<Answer> {
    return new Promise((answer) => {
      const id = this.#next++;
      const timer = setTimeout(() => {
        this.#settle(id, SILENT);
        // A port that swallows questions is as good as closed.
        this.#drop();
      }, PATIENCE_MS);
      this.#waiting.set(id, { draft, answer, timer, retried: false });
      if (!this.#send({ kind: 'check', id, draft })) this.#settle(id, SILENT);
    });
  }

  tell(status: FrameStatus): void {
    this.#status = status;
    if (this.#port) this.#send({ kind: 'status', status });
    else this.#open();
  }

  /** The engine takes a moment to load; a person takes longer to type the first word. */
  wake(): void {
    this.#send({ kind: 'wake' });
  }

  openGuide(section: string): void {
    this.#send({ kind: 'openGuide', section });
  }

  close(): void {
    try {
      chrome.runtime.onMessage.removeListener(this.#onTold);
    } catch {
      // The extension is gone, and its listeners with it.
    }
    this.rest();
  }

  /** Lets go of the port until there is something to say: a page that is put away keeps none. */
  rest(): void {
    const port = this.#port;
    this.#port = null;
    for (const id of [...this.#waiting.keys()]) this.#settle(id, SILENT);
    try {
      port?.disconnect();
    } catch {
      // The extension is gone, and the port with it.
    }
  }

  #send(message: ToBackground): boolean {
    const port = this.#port ?? this.#open();
    if (!port) return false;
    try {
      port.postMessage(message);
      return true;
    } catch {
      this.#drop();
      return false;
    }
  }

  /** Ends everything where the extension was updated, disabled or removed. */
  isAlive(): boolean {
    const alive = hasExtension();
    if (!alive) this.onGone();
    return alive;
  }

  #open(): chrome.runtime.Port | null {
    if (!this.isAlive()) return null;
    if (performance.now() < this.#notBefore) return null;
    try {
      const port = chrome.runtime.connect({ name: PORT });
      port.onMessage.addListener((message: ToContent) => this.#receive(message));
      port.onDisconnect.addListener(() => {
        // Read, so that the browser does not report it as an error nobody saw.
        void chrome.runtime?.lastError;
        if (this.#port === port) this.#lost();
      });
      this.#port = port;
      // A background that has just started knows nothing of this frame.
      if (this.#status)
        port.postMessage({ kind: 'status', status: this.#status } satisfies ToBackground);
      return port;
    } catch {
      this.#backOff();
      return null;
    }
  }

  /** The background went to sleep, or died with questions unanswered: those are asked once more. */
  #lost(): void {
    this.#port = null;
    // The port may close a moment before the browser takes the extension away.
    setTimeout(() => this.isAlive(), GONE_MS);
    if (!this.isAlive() || this.#waiting.size === 0) return;
    this.#backOff();
    this.#notBefore = Math.min(this.#notBefore, performance.now());
    for (const [id, waiting] of [...this.#waiting]) {
      const again = !waiting.retried && this.#send({ kind: 'check', id, draft: waiting.draft });
      waiting.retried = true;
      if (!again) this.#settle(id, SILENT);
    }
  }

  #drop(): void {
    const port = this.#port;
    this.#port = null;
    this.#backOff();
    try {
      port?.disconnect();
    } catch {
      // It is closed already.
    }
  }

  /** Looked at when somebody types next; no timer runs meanwhile. */
  #backOff(): void {
    const wait = Math.min(FIRST_PAUSE_MS * 4 ** this.#failures++, LONGEST_PAUSE_MS);
    this.#notBefore = performance.now() + wait;
  }

  #receive(message: ToContent): void {
    if (message.kind === 'there') return;
    if (message.kind === 'paused') {
      this.onPaused(message.paused);
      return;
    }
    this.#failures = 0;
    this.#notBefore = 0;
    if (message.kind === 'report') {
      this.contact = message.contact;
      if (message.looks) this.onLooks(message.looks);
      for (const [id, section] of Object.entries(message.sections)) this.sections.set(id, section);
      this.#settle(message.id, { kind: 'report', report: message.report });
    } else {
      this.#settle(message.id, { kind: 'declined', trouble: message.trouble });
    }
  }

  #settle(id: number, answer: Answer): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    waiting.answer(answer);
  }
}

function hasExtension(): boolean {
  try {
    return Boolean(chrome.runtime?.id);
  } catch {
    return false;
  }
}
