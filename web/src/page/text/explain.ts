import { ParleyError } from '../../client';

/** What a person can do about it; where nothing is said, the server's own words are shown. */
const ADVICE: Record<string, string> = {
  forbidden: 'Your role here does not allow it: ask an admin or the owner.',
  last_owner: 'You are the only owner: hand the ownership over first.',
  last_admin: 'This is the only admin: make somebody else an admin first.',
  banned: 'You are banned from here: ask a moderator.',
  archived: 'This conversation is archived: an admin can take it out of the archive.',
  sign_in_required: 'Sign in to write and take part.',
  limit_reached: 'There are as many of these as may be: remove one first.',
  unreachable: 'The server cannot be reached: check the network, then try again.',
  unanswered: 'The server did not answer: try again.',
  not_found: 'It does not exist, or you may not see it.',
  blocked: 'This person does not take messages or invitations from you.',
  held: 'A moderator looks at it first.',
  rejected_by_filter: 'The word filter here does not let it through: write it in other words.',
  suspended: 'This account is suspended: ask the operator of this Parley.',
  insufficient_scope: 'You were not given the right to do this.',
  credentials_wrong: 'The name or the password is not right.',
  message_deleted: 'The message has been deleted meanwhile.',
  too_large: 'That is too long.',
};

export function explain(error: unknown): string {
  if (!(error instanceof ParleyError)) {
    return error instanceof Error ? error.message : 'That did not work.';
  }
  const wait = error.retryAfterMillis === undefined ? '' : ` ${inWords(error.retryAfterMillis)}.`;
  switch (error.code) {
    case 'slow_mode':
      return `Slow mode: you may write again${wait || ' in a moment.'}`;
    case 'muted':
      return `You are muted here: you may write again${wait || ' later.'}`;
    case 'rate_limited':
      return `That was too fast: try again${wait || ' in a moment.'}`;
    default:
      return ADVICE[error.code] ?? error.message;
  }
}

function inWords(millis: number): string {
  const seconds = Math.max(1, Math.ceil(millis / 1_000));
  if (seconds < 90) {
    return `in ${seconds} s`;
  }
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `in ${minutes} minutes` : `in ${Math.ceil(minutes / 60)} hours`;
}
