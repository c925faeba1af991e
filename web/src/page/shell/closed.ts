import { type InboxItem, isMuted } from '../../client';
import { mayAdminister } from '../people/roles';
import { briefWithTime } from '../text/moment';

/** Why nothing can be written here, and what to do; undefined if it can. */
export function whyClosed(item: InboxItem | undefined): string | undefined {
  if (item === undefined) {
    return undefined;
  }
  if (item.archived) {
    return mayAdminister(item.role)
      ? 'Archived: take it out of the archive in its details'
      : 'Archived: nothing can be written here';
  }
  if (item.role === 'read_only') {
    return 'You may only read here';
  }
  return isMuted(item.my_muted_until, Date.now())
    ? `You are muted until ${briefWithTime(item.my_muted_until ?? '')}`
    : undefined;
}
