import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Draftable, type Message, type Uuid, uuid7 } from '../../client';
import { Icon } from '../shell/Icon';
import type { Chat } from '../state/chat';
import { useMentionable } from '../state/mentionable';
import { usePerson } from '../state/people';
import { excerpt } from '../text/excerpt';
import { type Extra, ExtrasDialog, NO_EXTRA } from './Extras';
import { MentionList, type Offer, offersOf } from './MentionList';
import { completed, meant, typedName } from './mentions';
import { ScheduleDialog } from './ScheduleDialog';
import { useDraft } from './useDraft';

/** The message that the next one will answer. */
export interface Attached {
  message: Message;
  as: 'reply' | 'thread';
}

interface Props {
  chat: Chat;
  conversation: Uuid;
  title: string;
  /** Why nothing can be written here. */
  closed: string | undefined;
  attached: Attached | undefined;
  thread?: Uuid;
  onDetach: () => void;
  onEditLast: () => void;
}

/** UTF-16 units, where the server does not say. */
const TEXT_MAX = 20_000;

export function Composer(props: Props) {
  const { chat, conversation, attached, onDetach, closed, thread } = props;
  const [text, setText] = useDraft(chat, conversation, thread !== undefined);
  const [extra, setExtra] = useState<Extra>(NO_EXTRA);
  const [dialog, setDialog] = useState<'extras' | 'schedule'>();
  const [caret, setCaret] = useState(-1);
  const [at, setAt] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const isClosed = closed !== undefined;
  const isEmpty = text.trim() === '' && extra.attachments.length === 0;
  const typed = caret < 0 ? undefined : typedName(text, caret);
  const people = useMentionable(chat, conversation, typed !== undefined);
  const offers = offersOf(typed, people);

  useEffect(() => {
    // On a phone the keyboard would cover the conversation that was just opened.
    if (attached !== undefined || window.matchMedia('(hover: hover)').matches) {
      area.current?.focus();
    }
  }, [attached]);

  const content = (): Draftable => ({
    text: text.trim(),
    ...meant(text, chat.people.known.get().values()),
    ...contextOf(attached, thread),
    ...(extra.attachments.length > 0 ? { attachments: [...extra.attachments] } : {}),
    ...(extra.expiresAfterSeconds > 0 ? { expires_after_seconds: extra.expiresAfterSeconds } : {}),
  });
  const clear = () => {
    setText('');
    setCaret(-1);
    setExtra(NO_EXTRA);
    onDetach();
  };
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!isEmpty && !isClosed) {
      chat.send(conversation, content());
      clear();
    }
  };
  const schedule = async (when: string) => {
    await chat.command('schedule', { conversation, message_id: uuid7(), at: when, ...content() });
    clear();
  };
  const pick = ({ name }: Offer) => {
    const [next, place] = completed(text, caret, name);
    setText(next);
    setCaret(-1);
    requestAnimationFrame(() => area.current?.setSelectionRange(place, place));
  };
  const pressed = (event: KeyboardEvent) => {
    const offer = offers[at];
    if (offer !== undefined && handledByList(event, at, offers.length, setAt, () => pick(offer))) {
      event.preventDefault();
    } else if (offer !== undefined && event.key === 'Escape') {
      setCaret(-1);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      onDetach();
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      props.onEditLast();
    }
  };

  return (
    <form className="composer" onSubmit={send}>
      {attached && <AttachedLine chat={chat} attached={attached} onDetach={onDetach} />}
      <ExtraLine extra={extra} onClear={() => setExtra(NO_EXTRA)} />
      <div className="composer-box">
        {offers.length > 0 && <MentionList id={list} offers={offers} at={at} onPick={pick} />}
        <textarea
          ref={area}
          aria-label={thread ? 'Reply in the thread' : `Message to ${props.title}`}
          placeholder={closed ?? (thread ? 'Reply in the thread' : `Message to ${props.title}`)}
          rows={1}
          maxLength={chat.client.limits.text_chars ?? TEXT_MAX}
          disabled={isClosed}
          aria-controls={offers.length > 0 ? list : undefined}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setCaret(event.target.selectionStart);
            setAt(0);
            chat.client.type(conversation, thread);
          }}
          onKeyDown={pressed}
        />
        <div className="composer-tools">
          <ComposerTool
            icon="attach"
            label="Add a file or an end"
            onClick={() => setDialog('extras')}
          />
          <ComposerTool icon="clock" label="Send later" onClick={() => setDialog('schedule')} />
          <button type="submit" className="send" aria-label="Send" disabled={isEmpty || isClosed}>
            <Icon name="send" />
          </button>
        </div>
      </div>
      {dialog === 'extras' && (
        <ExtrasDialog extra={extra} onChange={setExtra} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'schedule' && (
        <ScheduleDialog
          chat={chat}
          conversation={conversation}
          hasText={!isEmpty}
          onSchedule={schedule}
          onClose={() => setDialog(undefined)}
        />
      )}
    </form>
  );
}

function handledByList(
  event: KeyboardEvent,
  at: number,
  count: number,
  move: (at: number) => void,
  pick: () => void,
): boolean {
  switch (event.key) {
    case 'ArrowDown':
      move((at + 1) % count);
      return true;
    case 'ArrowUp':
      move((at + count - 1) % count);
      return true;
    case 'Enter':
    case 'Tab':
      pick();
      return true;
    default:
      return false;
  }
}

function ComposerTool(props: { icon: 'attach' | 'clock'; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      className="tool"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}

function ExtraLine({ extra, onClear }: { extra: Extra; onClear: () => void }) {
  const parts = [
    ...extra.attachments.map(({ name }) => name),
    ...(extra.expiresAfterSeconds > 0 ? ['disappears by itself'] : []),
  ];
  return parts.length === 0 ? null : (
    <p className="attached">
      <Icon name="attach" />
      <span className="quote-text">{parts.join(', ')}</span>
      <button type="button" className="tool" aria-label="Without these" onClick={onClear}>
        <Icon name="close" />
      </button>
    </p>
  );
}

function AttachedLine(props: { chat: Chat; attached: Attached; onDetach: () => void }) {
  const { message, as } = props.attached;
  const author = usePerson(props.chat.people, message.author);
  return (
    <p className="attached">
      <Icon name={as} />
      <span>
        Answering <strong>{author?.display_name}</strong>
      </span>
      <span className="quote-text">{excerpt(message.text)}</span>
      <button
        type="button"
        className="tool"
        aria-label="Do not answer this message"
        onClick={props.onDetach}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}

/** An answer inside a thread stays in it. */
function contextOf(attached: Attached | undefined, thread: Uuid | undefined) {
  const inside = thread ?? attached?.message.thread ?? undefined;
  return {
    ...(attached ? { reply_to: attached.message.id } : {}),
    ...(inside ? { thread: inside } : {}),
  };
}
