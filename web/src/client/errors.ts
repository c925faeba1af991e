import type { WireError } from './wire';

/**
 * A refusal: by the server (its `code` is the server's), or by this library (`connection_lost`,
 * `outbox_full`, `unreachable`, `unanswered`, `signed_out`). Only a temporary one is worth a repeat.
 */
export class ParleyError extends Error {
  readonly code: string;
  readonly temporary: boolean;
  readonly status: number | undefined;

  constructor(code: string, detail: string, temporary: boolean, status?: number) {
    super(detail);
    this.name = 'ParleyError';
    this.code = code;
    this.temporary = temporary;
    this.status = status;
  }

  static ofWire(error: WireError): ParleyError {
    return new ParleyError(error.code, error.detail ?? error.code, error.temporary);
  }

  /** The server said no for good: asking again for the same thing cannot help. */
  get refused(): boolean {
    return !this.temporary;
  }
}
