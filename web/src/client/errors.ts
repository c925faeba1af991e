import type { WireError } from './wire';

/** Every code of the protocol's table of errors, and what to do about it. */
export const ERRORS = {
  malformed: 'Send valid JSON of the documented shape.',
  invalid: 'Correct the field that the detail names.',
  unknown_type: 'Use a documented frame type.',
  unauthenticated: 'Log in, or refresh the access token.',
  credentials_wrong: 'Check the name and the password.',
  name_taken: 'Choose another name.',
  too_large: 'Stay within the limits that hello states.',
  method_not_allowed: 'Use a documented method.',
  rate_limited: 'Wait for retry_after_ms, then go on more slowly.',
  overloaded: 'Wait for retry_after_ms, then send it again with the same id.',
  unavailable: 'Send it again with the same id in a moment.',
  timeout: 'Send it again with the same id: it may have been stored.',
  behind: 'Ask again: the view has not reached that position yet.',
  cursor_invalid: 'Start again without the cursor.',
  internal: 'Send it again with the same id; if it stays, tell the operator.',
  not_found: 'Check the id: it does not exist, or not for you.',
  forbidden: 'Ask somebody with a higher role.',
  message_not_found: 'Check the message id.',
  message_exists: 'Use a new message id: this one belongs to another message.',
  message_deleted: 'The message was deleted and stays so.',
  conversation_exists: 'Use a new conversation id: this one belongs to another.',
  last_owner: 'Make somebody else an owner first.',
  last_admin: 'Make somebody else an admin of the deployment first.',
  not_for_this_kind: 'This kind of conversation does not allow it.',
  not_a_member: 'The person is not a member.',
  muted: 'Wait until the mute is over: retry_after_ms tells when.',
  banned: 'The person must be unbanned first.',
  slow_mode: 'Wait for retry_after_ms: members speak in turn here.',
  archived: 'Take the conversation out of the archive first.',
  limit_reached: 'Remove something of the kind first.',
  blocked: 'This person does not take messages from you.',
  held: 'Wait: a moderator looks at it first.',
  rejected_by_filter: 'Write it in other words.',
  suspended: 'Ask the operator: the account is suspended.',
  insufficient_scope: 'Use a token that has the scope for it.',
  sign_in_required: 'Sign in: guests read public channels and nothing else.',
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Refusals of this library itself. */
export type LocalErrorCode = 'outbox_full' | 'unreachable' | 'unanswered' | 'signed_out';

/** A later server may know more codes than this library. */
export type AnyErrorCode = ErrorCode | LocalErrorCode | (string & {});

/** A refusal, by the server or by this library. Only a temporary one is worth a repeat. */
export class ParleyError extends Error {
  readonly code: AnyErrorCode;
  readonly temporary: boolean;
  readonly status: number | undefined;
  readonly retryAfterMillis: number | undefined;

  constructor(
    code: AnyErrorCode,
    detail: string,
    temporary: boolean,
    status?: number,
    retryAfterMillis?: number,
  ) {
    super(detail);
    this.name = 'ParleyError';
    this.code = code;
    this.temporary = temporary;
    this.status = status;
    this.retryAfterMillis = retryAfterMillis;
  }

  static ofWire(error: WireError): ParleyError {
    const detail = error.detail ?? error.code;
    return new ParleyError(error.code, detail, error.temporary, undefined, error.retry_after_ms);
  }

  /** The server said no for good: asking again for the same thing cannot help. */
  get refused(): boolean {
    return !this.temporary;
  }

  /** What to do about it, as the protocol says. */
  get advice(): string | undefined {
    return (ERRORS as Record<string, string>)[this.code];
  }
}
