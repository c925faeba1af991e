import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';

const PATIENCE_MILLIS = 20_000;
const LOOK_MILLIS = 5;

/** A page in which a test acts as a person does: by what is written on things. */
export class Page {
  private readonly place = document.body.appendChild(document.createElement('div'));
  private readonly root: Root;

  constructor() {
    this.root = createRoot(this.place);
  }

  async shows(content: ReactNode): Promise<void> {
    await acts(async () => this.root.render(content));
  }

  /** What comes from elsewhere, and everything that follows from it. */
  async after(happens: () => unknown): Promise<void> {
    await acts(async () => void (await happens()));
  }

  /** Waits for what takes its time, as the one who looks at the page does. */
  async until(check: () => void): Promise<void> {
    const end = Date.now() + PATIENCE_MILLIS;
    for (;;) {
      try {
        check();
        return;
      } catch (failure) {
        if (Date.now() > end) {
          throw failure;
        }
        await acts(async () => new Promise((resolve) => setTimeout(resolve, LOOK_MILLIS)));
      }
    }
  }

  closes(): void {
    this.root.unmount();
    this.place.remove();
  }

  /** One key after the other, at the end of what is there. */
  async types(label: string, text: string): Promise<void> {
    const field = this.field(label);
    field.focus();
    for (const key of text) {
      await this.writes(field, field.value + key);
    }
  }

  async fills(label: string, text: string): Promise<void> {
    await this.writes(this.field(label), text);
  }

  /** `inside`: what the part of the page is called, where there are several such buttons. */
  async presses(name: string, inside?: string): Promise<void> {
    await acts(async () => this.button(name, inside).click());
  }

  field(label: string): HTMLInputElement | HTMLTextAreaElement {
    for (const each of this.place.querySelectorAll('input, textarea')) {
      const name = each.getAttribute('aria-label') ?? each.closest('label')?.textContent?.trim();
      if (name === label) {
        return each as HTMLInputElement;
      }
    }
    throw new Error(`Expected a field "${label}", but there is none in: ${this.text}`);
  }

  button(name: string, inside?: string): HTMLButtonElement {
    const part = inside === undefined ? '' : `[aria-label="${inside}"] `;
    for (const each of this.place.querySelectorAll<HTMLButtonElement>(`${part}button`)) {
      if ((each.getAttribute('aria-label') ?? each.textContent) === name) {
        return each;
      }
    }
    throw new Error(`Expected a button "${name}", but there is none in: ${this.text}`);
  }

  /** What is read out, without what is empty. */
  get alerts(): string[] {
    return [...this.place.querySelectorAll('[role=alert]')]
      .map((each) => each.textContent ?? '')
      .filter((text) => text !== '');
  }

  get text(): string {
    return this.place.textContent ?? '';
  }

  /** Past React's own bookkeeping of the value, as the browser does it. */
  private async writes(field: HTMLInputElement | HTMLTextAreaElement, text: string) {
    const kind = Object.getPrototypeOf(field);
    await acts(async () => {
      Object.getOwnPropertyDescriptor(kind, 'value')?.set?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
}

/** Until everything that follows is on the page. Between such acts it moves as it does for a person. */
async function acts(run: () => Promise<unknown>): Promise<void> {
  const world = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
  world.IS_REACT_ACT_ENVIRONMENT = true;
  try {
    await act(async () => void (await run()));
  } finally {
    world.IS_REACT_ACT_ENVIRONMENT = false;
  }
}
