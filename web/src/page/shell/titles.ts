import type { InboxItem } from '../../client';
import { type People, usePerson } from '../state/people';

/** What a conversation is called for the one who reads. */
export function useTitle(people: People, item: InboxItem | undefined): string {
  const peer = usePerson(people, item?.kind === 'direct' ? item.peer : null);
  if (item === undefined) {
    return '';
  }
  switch (item.kind) {
    case 'self':
      return 'Notes to myself';
    case 'direct':
      return peer?.display_name ?? '…';
    case 'group':
    case 'channel':
    case 'space':
      return item.title || 'Untitled';
  }
}
