import type { Random } from './backoff';
import type { Clock } from './clock';
import type { ParleyError } from './errors';
import { Latest } from './latest';
import type { Transmit } from './outbox';
import type { PersonalFrames, Uuid } from './wire';

const MARK_MILLIS = 300;
const DRAFT_MILLIS = 600;

type Told = { [T in keyof PersonalFrames]: { t: T; d: PersonalFrames[T] } }[keyof PersonalFrames];

type ReadMark = PersonalFrames['read'] & { only?: 'delivered' };

/** What one person keeps for himself: told until the server has it, the last word only. */
export class Personal {
  private readonly marks: Latest<ReadMark>;
  private readonly drafts: Latest<PersonalFrames['draft']>;
  private readonly rest: Latest<Told>;

  constructor(clock: Clock, random: Random, failed: (error: ParleyError) => void) {
    this.marks = new Latest<ReadMark>(
      {
        type: ({ only }) => only ?? 'read',
        merge: (older, newer) => (newer.seq > older.seq ? newer : older),
        delayMillis: MARK_MILLIS,
        // A mark of a conversation that was just left is nobody's business.
      },
      clock,
      random,
    );
    this.drafts = new Latest<PersonalFrames['draft']>(
      {
        type: () => 'draft',
        merge: (older, newer) => (newer.text === older.text ? older : newer),
        delayMillis: DRAFT_MILLIS,
        // What was typed where one may not be any more goes with the place.
        failed: (_, error) => {
          if (error.code !== 'not_found') {
            failed(error);
          }
        },
      },
      clock,
      random,
    );
    this.rest = new Latest<Told>(
      {
        type: ({ t }) => t,
        merge: (_, newer) => newer,
        delayMillis: 0,
        failed: (_, error) => failed(error),
      },
      clock,
      random,
    );
  }

  read(mark: PersonalFrames['read']): void {
    this.marks.set(`${mark.conversation}/${mark.thread ?? ''}`, mark);
  }

  delivered(mark: PersonalFrames['delivered']): void {
    this.marks.set(`${mark.conversation}//delivered`, { ...mark, only: 'delivered' });
  }

  draft(draft: PersonalFrames['draft']): void {
    this.drafts.set(draft.conversation, draft);
  }

  isDrafting(conversation: Uuid): boolean {
    return this.drafts.isPending(conversation);
  }

  settings(settings: PersonalFrames['settings']): void {
    const { conversation, ...changed } = settings;
    for (const [name, value] of Object.entries(changed)) {
      this.rest.set(`${conversation}/${name}`, {
        t: 'settings',
        d: { conversation, [name]: value },
      });
    }
  }

  hide(hide: PersonalFrames['hide']): void {
    this.rest.set(`${hide.conversation}/hide/${hide.message_id}`, { t: 'hide', d: hide });
  }

  report(report: PersonalFrames['report']): void {
    this.rest.set(`${report.conversation}/report/${report.message_id}`, { t: 'report', d: report });
  }

  opened(transmit: Transmit): void {
    this.marks.opened((type, { only: _, ...mark }: { only?: string }, answered) =>
      transmit(type, mark, answered),
    );
    this.drafts.opened(transmit);
    this.rest.opened((type, told, answered) => transmit(type, (told as Told).d, answered));
  }

  flush(): void {
    this.marks.flush();
    this.drafts.flush();
    this.rest.flush();
  }

  closed(): void {
    this.marks.closed();
    this.drafts.closed();
    this.rest.closed();
  }

  clear(): void {
    this.marks.clear();
    this.drafts.clear();
    this.rest.clear();
  }
}
