import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Draftable, type Uuid, uuid7 } from '../../client';
import { Icon } from '../shell/Icon';
import type { Chat } from '../state/chat';
import { type Attached, AttachedLine, ExtraLine } from './Attached';
import { type Extra, ExtrasDialog, NO_EXTRA } from './Extras';
import { MentionList } from './MentionList';
import { meant } from './mentions';
import { ScheduleDialog } from './ScheduleDialog';
import { useDraft } from './useDraft';
import { useMentions } from './useMentions';

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
  const area = useRef<HTMLTextAreaElement>(null);
  const mentions = useMentions(chat, conversation, { area, text, setText });
  const list = useId();
  const isClosed = closed !== undefined;
  const isEmpty = text.trim() === '' && extra.attachments.length === 0;
  const label = thread ? 'Reply in the thread' : `Message to ${props.title}`;
  useFocus(area, attached);

  const content = (): Draftable => ({
    text: text.trim(),
    ...meant(text, chat.people.known.get().values()),
    ...contextOf(attached, thread),
    ...(extra.attachments.length > 0 ? { attachments: [...extra.attachments] } : {}),
    ...(extra.expiresAfterSeconds > 0 ? { expires_after_seconds: extra.expiresAfterSeconds } : {}),
  });
  const clear = () => {
    setText('');
    mentions.close();
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
  const pressed = (event: KeyboardEvent) => {
    if (mentions.pressed(event)) {
      event.preventDefault();
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

  // The dialogs stand beside the form: what is submitted in them is not the message.
  return (
    <>
      <form className="composer" onSubmit={send}>
        {attached && <AttachedLine chat={chat} attached={attached} onDetach={onDetach} />}
        <ExtraLine extra={extra} onClear={() => setExtra(NO_EXTRA)} />
        <div className="composer-box">
          {mentions.offers.length > 0 && (
            <MentionList
              id={list}
              offers={mentions.offers}
              at={mentions.at}
              onPick={mentions.pick}
            />
          )}
          <textarea
            ref={area}
            aria-label={label}
            placeholder={closed ?? label}
            rows={1}
            maxLength={chat.client.limits.text_chars ?? TEXT_MAX}
            disabled={isClosed}
            aria-controls={mentions.offers.length > 0 ? list : undefined}
            aria-activedescendant={
              mentions.offers.length > 0 ? `${list}-${mentions.at}` : undefined
            }
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              mentions.typedAt(event.target.selectionStart);
              chat.client.type(conversation, thread);
            }}
            onKeyDown={pressed}
          />
          <Tools
            isEmpty={isEmpty}
            isClosed={isClosed}
            onExtras={() => setDialog('extras')}
            onSchedule={() => setDialog('schedule')}
          />
        </div>
      </form>
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
    </>
  );
}

function Tools(props: {
  isEmpty: boolean;
  isClosed: boolean;
  onExtras: () => void;
  onSchedule: () => void;
}) {
  return (
    <div className="composer-tools">
      <Tool icon="attach" label="Add a file or an end" {...props} onClick={props.onExtras} />
      <Tool icon="clock" label="Send later" {...props} onClick={props.onSchedule} />
      <button
        type="submit"
        className="send"
        aria-label="Send"
        disabled={props.isEmpty || props.isClosed}
      >
        <Icon name="send" />
      </button>
    </div>
  );
}

function Tool(props: {
  icon: 'attach' | 'clock';
  label: string;
  isClosed: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="tool"
      aria-label={props.label}
      title={props.label}
      disabled={props.isClosed}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}

/** What was opened or is to be answered is written to at once, after what is there already. */
function useFocus(
  area: { current: HTMLTextAreaElement | null },
  attached: Attached | undefined,
): void {
  useEffect(() => {
    // On a phone the keyboard would cover the conversation that was just opened.
    if (attached !== undefined || window.matchMedia('(hover: hover)').matches) {
      area.current?.focus();
      const end = area.current?.value.length ?? 0;
      area.current?.setSelectionRange(end, end);
    }
  }, [area, attached]);
}

/** An answer inside a thread stays in it. */
function contextOf(attached: Attached | undefined, thread: Uuid | undefined) {
  const inside = thread ?? attached?.message.thread ?? undefined;
  return {
    ...(attached ? { reply_to: attached.message.id } : {}),
    ...(inside ? { thread: inside } : {}),
  };
}
