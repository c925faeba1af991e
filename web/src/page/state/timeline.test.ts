import { describe, expect, it } from 'vitest';
import { type ConversationEvent, type Message, type MessagePage, ParleyRest } from '../../client';
import { Timeline } from './timeline';

const NOTHING_KNOWN = { me: 'me', head: () => 0, isMine: () => false };

/** A server that answers when the test says so. */
class SlowServer {
  readonly asked: URL[] = [];
  private readonly waiting: ((response: Response) => void)[] = [];

  readonly rest = new ParleyRest('https://parley.example', undefined, (url) => {
    this.asked.push(new URL(String(url)));
    return new Promise((resolve) => this.waiting.push(resolve));
  });

  answer(body: object, status = 200): void {
    this.waiting.shift()?.(new Response(JSON.stringify(body), { status }));
  }
}

function message(seq: number): Message {
  return { conversation: 'c', seq, id: `m${seq}`, text: `${seq}`, revision: 0 } as Message;
}

function page(from: number, to: number, before = false, after = false): MessagePage {
  const messages = Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
  return { messages, has_before: before, has_after: after };
}

function sent(seq: number): ConversationEvent {
  const data = { text: `${seq}` };
  return { conversation: 'c', seq, id: `m${seq}`, type: 'message.sent', data } as ConversationEvent;
}

const seqs = (timeline: Timeline) => timeline.state.get().window.messages.map((each) => each.seq);

describe('a timeline', () => {
  it('has the events that came while its page was on the way', async () => {
    const server = new SlowServer();
    const timeline = new Timeline('c', server.rest, NOTHING_KNOWN);
    const shown = timeline.show('end');

    timeline.apply(sent(3));
    timeline.apply(sent(4));
    server.answer(page(1, 3));
    await shown;

    expect(seqs(timeline)).toEqual([1, 2, 3, 4]);
  });

  it('has them too when the page that comes is the last one below', async () => {
    const server = new SlowServer();
    const timeline = new Timeline('c', server.rest, NOTHING_KNOWN);
    const shown = timeline.show(1);
    server.answer(page(1, 2, false, true));
    await shown;

    const grown = timeline.newer();
    timeline.apply(sent(5));
    server.answer(page(3, 4));
    await grown;

    expect(seqs(timeline)).toEqual([1, 2, 3, 4, 5]);
  });

  it('shows what was asked for last, whatever arrives first', async () => {
    const server = new SlowServer();
    const timeline = new Timeline('c', server.rest, NOTHING_KNOWN);
    const first = timeline.show(10);
    const second = timeline.show('end');

    server.answer(page(5, 15, true, true));
    server.answer(page(50, 60, true, false));
    await Promise.all([first, second]);

    expect(seqs(timeline)[0]).toBe(50);
    expect(timeline.state.get().focus.seq).toBe('end');
  });

  it('asks for one page at a time', async () => {
    const server = new SlowServer();
    const timeline = new Timeline('c', server.rest, NOTHING_KNOWN);
    const shown = timeline.show('end');
    server.answer(page(50, 60, true, false));
    await shown;

    void timeline.older();
    void timeline.older();

    expect(server.asked.map((url) => url.searchParams.get('before'))).toEqual([null, '50']);
  });

  it('says so when the conversation is not there, or not for this person', async () => {
    const server = new SlowServer();
    const timeline = new Timeline('c', server.rest, NOTHING_KNOWN);
    const shown = timeline.show('end');

    server.answer({ code: 'not_found', detail: 'There is no such conversation.' }, 404);
    await shown;

    expect(timeline.state.get()).toMatchObject({
      phase: 'failed',
      error: 'There is no such conversation.',
    });
  });
});
