import type { ErasureReceipt, SessionEnd } from '../../client';

/** What the sign-in page says to who was here a moment ago. */
export interface Farewell {
  says: string;
  /** Of an account that was deleted. */
  receipt?: ErasureReceipt;
}

export function farewellOf(end: SessionEnd): Farewell {
  switch (end) {
    case 'ended':
      return { says: 'You were logged out: this session has ended. Please log in again.' };
    case 'suspended':
      return { says: 'This account is suspended. Ask the operator of this Parley why.' };
    case 'another_person':
      return {
        says: 'Somebody else has logged in with this browser, so you were logged out here.',
      };
  }
}
