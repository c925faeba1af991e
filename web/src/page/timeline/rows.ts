import type { Message } from '../../client';
import { sameDay } from '../text/moment';

export interface Row {
  message: Message;
  /** A new day begins with this message. */
  isNewDay: boolean;
  /** It goes on where the message before it ended: same author, soon after, same context. */
  isContinued: boolean;
}

const SOON_MILLIS = 5 * 60_000;

export function rowsOf(messages: readonly Message[]): Row[] {
  return messages.map((message, place) => {
    const before = messages[place - 1];
    const isNewDay = before === undefined || !sameDay(before.at, message.at);
    return { message, isNewDay, isContinued: !isNewDay && continues(before, message) };
  });
}

function continues(before: Message | undefined, message: Message): boolean {
  return (
    before !== undefined &&
    before.author === message.author &&
    before.thread === message.thread &&
    message.reply_to === null &&
    Date.parse(message.at) - Date.parse(before.at) < SOON_MILLIS
  );
}
