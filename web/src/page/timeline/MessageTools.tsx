import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { InboxItem, Message } from '../../client';
import type { Attached } from '../composer/Attached';
import { Icon, type IconName } from '../shell/Icon';
import type { Chat } from '../state/chat';
import { ForwardDialog } from './ForwardDialog';
import { HistoryDialog } from './HistoryDialog';
import { ReactionPicker, react } from './Reactions';

export interface ToolsProps {
  chat: Chat;
  item: InboxItem | undefined;
  message: Message;
  onEditing: (id: string | undefined) => void;
  onAttach: (message: Message, as: Attached['as']) => void;
  /** Absent inside a thread. */
  onThread?: ((root: string) => void) | undefined;
}

/** As high as the menu, about. */
const MENU_PIXELS = 220;

type Open = 'picker' | 'more' | 'delete' | 'forward' | 'history' | undefined;

export function MessageTools(props: ToolsProps) {
  const { chat, message, item } = props;
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const tools = useRef<HTMLDivElement>(null);
  const isLow = useLow(tools, open);
  const isMine = message.author === chat.me.id;
  if (open === 'delete') {
    return (
      <div className="message-tools asking">
        <DeleteForAll chat={chat} message={message} onDone={close} />
        <button type="button" onClick={close}>
          Keep
        </button>
      </div>
    );
  }
  return (
    <>
      <div
        ref={tools}
        className="message-tools"
        role="toolbar"
        aria-label="What to do with the message"
        data-open={open !== undefined}
        data-up={isLow}
        onKeyDown={(event) => event.key === 'Escape' && close()}
        onBlur={(event) => {
          const isMenu = open === 'more' || open === 'picker';
          if (isMenu && !event.currentTarget.contains(event.relatedTarget)) {
            close();
          }
        }}
      >
        <Tool icon="smile" label="React" onClick={() => setOpen(open ? undefined : 'picker')} />
        <Tool icon="reply" label="Reply" onClick={() => props.onAttach(message, 'reply')} />
        {props.onThread && (
          <Tool
            icon="thread"
            label="Answer in a thread"
            onClick={() => props.onThread?.(message.thread ?? message.id)}
          />
        )}
        {isMine && <Tool icon="edit" label="Edit" onClick={() => props.onEditing(message.id)} />}
        {(isMine || mayModerate(item)) && (
          <Tool icon="trash" label="Delete" onClick={() => setOpen('delete')} />
        )}
        <Tool
          icon="more"
          label="More"
          onClick={() => setOpen(open === 'more' ? undefined : 'more')}
        />
        {open === 'picker' && (
          <ReactionPicker
            onClose={close}
            onPick={(emoji) => {
              react(chat, message, emoji);
              close();
            }}
          />
        )}
        {open === 'more' && <More chat={chat} message={message} onOpen={setOpen} />}
      </div>
      {open === 'forward' && <ForwardDialog chat={chat} message={message} onClose={close} />}
      {open === 'history' && <HistoryDialog chat={chat} message={message} onClose={close} />}
    </>
  );
}

/** Whether what opens below would be cut off by the end of the log. */
function useLow(tools: RefObject<HTMLElement | null>, open: Open): boolean {
  const [isLow, setLow] = useState(false);
  useLayoutEffect(() => {
    const log = tools.current?.closest('[role=log]')?.getBoundingClientRect();
    const place = tools.current?.getBoundingClientRect();
    if (open !== undefined && log && place) {
      setLow(log.bottom - place.bottom < MENU_PIXELS);
    }
  }, [tools, open]);
  return isLow;
}

export function mayModerate(item: InboxItem | undefined): boolean {
  return item?.role === 'owner' || item?.role === 'admin' || item?.role === 'moderator';
}

function DeleteForAll(props: { chat: Chat; message: Message; onDone: () => void }) {
  const { conversation, id } = props.message;
  const remove = async () => {
    if (!(await props.chat.run('delete', { conversation, message_id: id }))) {
      props.onDone();
    }
  };
  return (
    <button type="button" className="danger" onClick={() => void remove()}>
      Delete
    </button>
  );
}

function More(props: { chat: Chat; message: Message; onOpen: (open: Open) => void }) {
  const { chat, message, onOpen } = props;
  const { conversation, id } = message;
  const pin = () => {
    void chat.run(message.pinned ? 'unpin' : 'pin', { conversation, message_id: id });
    onOpen(undefined);
  };
  const report = () => {
    chat.reporting.set(message);
    onOpen(undefined);
  };
  return (
    <ul className="menu" aria-label="More">
      <Entry label={message.pinned ? 'Unpin' : 'Pin'} onClick={pin} />
      <Entry label="Forward" onClick={() => onOpen('forward')} />
      {message.revision > 0 && <Entry label="Edit history" onClick={() => onOpen('history')} />}
      <Entry label="Hide for me" onClick={() => chat.hide(conversation, id)} />
      {message.author !== chat.me.id && <Entry label="Report" onClick={report} />}
    </ul>
  );
}

function Entry(props: { label: string; onClick: () => void }) {
  return (
    <li>
      <button type="button" onClick={props.onClick}>
        {props.label}
      </button>
    </li>
  );
}

function Tool(props: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={props.label} title={props.label} onClick={props.onClick}>
      <Icon name={props.icon} />
    </button>
  );
}
