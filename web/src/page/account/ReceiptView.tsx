import type { ErasureReceipt } from '../../client';
import { full } from '../text/moment';

/** What erasing somebody destroyed, and when. */
export function ReceiptView({ receipt }: { receipt: ErasureReceipt }) {
  const { key_destroyed_at: destroyedAt, log } = receipt;
  return (
    <section className="erasure" aria-label="Receipt">
      <dl>
        {receipt.receipt && (
          <>
            <dt>Number</dt>
            <dd>
              <code>{receipt.receipt}</code>
            </dd>
          </>
        )}
        <dt>Account</dt>
        <dd>
          <code>{receipt.user}</code>
        </dd>
        <dt>Asked for</dt>
        <dd>{full(receipt.requested_at)}</dd>
        <dt>Content key destroyed</dt>
        <dd>{destroyedAt ? full(destroyedAt) : 'not yet'}</dd>
        <dt>Sessions ended</dt>
        <dd>{receipt.sessions_ended}</dd>
        <dt>Destroyed</dt>
        <dd>
          <ul>
            {receipt.destroyed.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </dd>
        <dt>Log</dt>
        <dd>
          {log.clean
            ? `Clean${log.clean_at ? ` since ${full(log.clean_at)}` : ''}`
            : 'Being cleaned: older records of the profile go with the next compaction'}
        </dd>
      </dl>
      {receipt.note && <p className="hint">{receipt.note}</p>}
    </section>
  );
}
