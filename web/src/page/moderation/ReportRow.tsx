import type { Reported } from '../../client';
import { Outcome } from '../shell/Outcome';
import { Sure } from '../shell/Sure';
import { useDoing } from '../shell/useDoing';
import type { Chat } from '../state/chat';
import { usePerson } from '../state/people';
import { Markdown } from '../text/Markdown';
import { briefWithTime } from '../text/moment';
import { REASONS } from './reasons';
import { Whose } from './Whose';

/** A reported message: who says what about it, and what can be done. */
export function ReportRow(props: { chat: Chat; reported: Reported; onDone: () => void }) {
  const { chat, reported, onDone } = props;
  const { conversation, message, reports } = reported;
  const { busy, error, attempt } = useDoing();
  const isGone = message.deleted || message.erased;
  const ofAuthor = { conversation, user: message.author };
  const settle = (settlement: 'dismissed' | 'acted', doing?: () => Promise<unknown>) =>
    void attempt(async () => {
      await doing?.();
      await chat.rest.settleReport(conversation, message.id, settlement);
    }).then((done) => done && onDone());
  return (
    <li className="case">
      <Whose chat={chat} conversation={conversation} author={message.author} at={message.at} />
      <blockquote>
        {isGone ? (
          <p className="message-gone">This message is deleted.</p>
        ) : (
          <Markdown text={message.text} me={chat.me.name} />
        )}
      </blockquote>
      <ul className="case-why" aria-label="Reports">
        {reports.map((report) => (
          <li key={report.user}>
            <Reporter chat={chat} user={report.user} />: <strong>{REASONS[report.reason]}</strong>
            {report.note && <> – {report.note}</>}{' '}
            <time dateTime={report.at}>{briefWithTime(report.at)}</time>
          </li>
        ))}
      </ul>
      <div className="case-tools">
        <button
          type="button"
          className="secondary"
          disabled={busy}
          onClick={() => settle('dismissed')}
        >
          Dismiss
        </button>
        {!isGone && (
          <button
            type="button"
            className="secondary danger"
            disabled={busy}
            onClick={() =>
              settle('acted', () =>
                chat.command('delete', { conversation, message_id: message.id }),
              )
            }
          >
            Delete the message
          </button>
        )}
        {isGone && (
          <button
            type="button"
            className="secondary"
            disabled={busy}
            onClick={() => settle('acted')}
          >
            Dealt with
          </button>
        )}
        <Sure
          label="Remove the author"
          question="They are put out of the conversation, and may come back if it lets them."
          className="secondary danger"
          onYes={() => settle('acted', () => chat.command('remove', ofAuthor))}
        />
        <Sure
          label="Ban the author"
          question="They are put out of the conversation for ever, until somebody unbans them."
          className="secondary danger"
          onYes={() => settle('acted', () => chat.command('ban', ofAuthor))}
        />
      </div>
      <Outcome error={error} done={undefined} />
    </li>
  );
}

function Reporter({ chat, user }: { chat: Chat; user: string }) {
  return <>{usePerson(chat.people, user)?.display_name ?? '…'}</>;
}
