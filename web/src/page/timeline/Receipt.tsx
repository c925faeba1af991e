import type { InboxItem, Message } from '../../client';
import { useCell } from '../state/cell';
import type { Chat } from '../state/chat';

/** How far my last message has got, where few enough are here to be told. */
export function Receipt(props: { chat: Chat; item: InboxItem; message: Message }) {
  const { chat, item, message } = props;
  const reach = useCell(chat.live.reach);
  const others = [...reach].filter(([user]) => user !== chat.me.id).map(([, each]) => each);
  const read = others.filter((each) => each.read >= message.seq).length;
  const delivered = others.filter((each) => each.delivered >= message.seq).length;
  return <p className="receipt">{textOf(item, read, delivered)}</p>;
}

function textOf(item: InboxItem, read: number, delivered: number): string {
  if (item.kind === 'direct') {
    return read > 0 ? 'Read' : delivered > 0 ? 'Delivered' : 'Sent';
  }
  if (read > 0) {
    return `Read by ${read >= item.members_count - 1 ? 'everybody' : read}`;
  }
  return delivered > 0 ? `Delivered to ${delivered}` : 'Sent';
}
