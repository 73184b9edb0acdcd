/** The one dialog of the gate: everything that was found, and the two ways on. */
import { t } from '../shared/i18n';
import type { Answered, Held } from './gate';
import { element, type Overlay } from './overlay';
import { bySeverity, quoted, severityLabel } from './severity';

export class GateDialog {
  #open: {
    readonly dialog: HTMLDialogElement;
    readonly answer: (answer: Answered) => void;
  } | null = null;

  constructor(private readonly overlay: Overlay) {}

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** Opens in the browser's top layer, where no site's layer covers it or pulls the focus out. */
  ask(held: Held, contact: string): Promise<Answered> {
    return new Promise((answer) => {
      const dialog = this.#build(held, contact);
      this.#open = { dialog, answer };
      dialog.addEventListener('cancel', (event) => {
        event.preventDefault();
        if (event.isTrusted) this.close('back');
      });
      this.overlay.show(...held.composers.map((one) => one.box));
      this.overlay.surface.append(dialog);
      dialog.showModal();
      dialog.querySelector('button')?.focus();
    });
  }

  /**
   * A page that removes our element or puts something of its own over it leaves a question
   * without an answer: it is asked again, on top.
   */
  remind(): void {
    const dialog = this.#open?.dialog;
    if (!dialog) return;
    if (this.overlay.host.isConnected && dialog.matches(':modal') && this.#isOnTop(dialog)) return;
    this.overlay.show();
    const focused = this.overlay.root.activeElement;
    dialog.close();
    dialog.showModal();
    if (focused instanceof HTMLElement && dialog.contains(focused)) focused.focus();
    else dialog.querySelector('button')?.focus();
  }

  #isOnTop(dialog: HTMLElement): boolean {
    const { left, top, right, bottom } = dialog.getBoundingClientRect();
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return hit === this.overlay.host || hit?.contains(this.overlay.host) === true;
  }

  close(answer: Answered): void {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    open.dialog.close();
    open.dialog.remove();
    open.answer(answer);
  }

  onKey(event: KeyboardEvent): boolean {
    if (!this.#open) return false;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close('back');
    } else if (event.key === 'Tab') {
      const stops = [...this.#open.dialog.querySelectorAll<HTMLElement>('[tabindex], button')];
      const at = stops.indexOf(this.overlay.root.activeElement as HTMLElement);
      event.preventDefault();
      stops[(at + (event.shiftKey ? stops.length - 1 : 1)) % stops.length]?.focus();
    }
    return true;
  }

  #build(held: Held, contact: string): HTMLDialogElement {
    const dialog = element('dialog', 'gate');
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-modal', 'true');
    const title = element('h2', '', t('gate.title'));
    const body = element('div', 'body', title, element('p', 'intro', t(introOf(held))));
    body.id = 'gate-body';
    // A long list is scrolled by keyboard too.
    body.tabIndex = 0;
    dialog.setAttribute('aria-label', t('gate.title'));
    dialog.setAttribute('aria-describedby', body.id);
    const sorted = [...held.findings].sort((a, b) => bySeverity(a.finding, b.finding));
    const first = sorted.filter((one) => held.holding.includes(one.finding));
    const others = sorted.filter((one) => !held.holding.includes(one.finding));
    body.append(listOf(first));
    if (others.length > 0) body.append(element('h3', '', t('gate.more')), listOf(others));
    if (contact) body.append(element('p', 'ask', t('gate.contact', { contact })));

    const back = element('button', 'main', t('gate.back'));
    const post = element('button', '', t('gate.post'));
    for (const button of [back, post]) button.type = 'button';
    this.overlay.onActivate(back, () => this.close('back'));
    this.overlay.onActivate(post, () => this.close('post'));
    const row = element('div', 'row', back);
    if (!held.isBlocked) row.append(post);
    dialog.append(body, row);
    return dialog;
  }
}

function introOf({ isBlocked, holding }: Held): 'gate.blocked' | 'gate.intro' | 'gate.introWarn' {
  if (isBlocked) return 'gate.blocked';
  return holding.some((one) => one.severity === 'stop') ? 'gate.intro' : 'gate.introWarn';
}

function listOf(findings: Held['findings']): HTMLUListElement {
  const list = element('ul');
  for (const { finding } of findings) {
    const title = element('p', 'quoted', finding.title, ' ', quoted(finding.text));
    list.append(
      element(
        'li',
        finding.severity,
        severityLabel(finding.severity),
        title,
        element('p', 'message', finding.message),
      ),
    );
  }
  return list;
}
