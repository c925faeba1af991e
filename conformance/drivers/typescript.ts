/**
 * The TypeScript client as a client under test: instructions in, reports out, a JSON object a line.
 */
import { createInterface } from 'node:readline';
import { ParleyClient, ParleyError, ParleyRest } from '../../web/src/client/index';

interface Instruction {
  do: string;
  url: string;
  socket: string;
  tokens: string[];
  conversation: string;
  message_id: string;
  text: string;
  seq: number;
}

function report(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Each renewal gives the next token, the last one for ever. */
class Scripted {
  private at = 0;

  constructor(private readonly tokens: string[]) {}

  fresh(): Promise<string> {
    return Promise.resolve(this.tokens[this.at] ?? '');
  }

  renew(): Promise<string> {
    if (this.at + 1 >= this.tokens.length) {
      return Promise.reject(new ParleyError('unauthenticated', 'There is no other token.', false));
    }
    this.at += 1;
    return this.fresh();
  }
}

let client: ParleyClient | undefined;

function start(told: Instruction): void {
  const tokens = new Scripted(told.tokens);
  const rest = new ParleyRest(told.url, tokens);
  client = new ParleyClient({
    url: told.socket,
    tokens,
    fetchEvents: (conversation, after, through) => rest.events(conversation, after, through),
  });
  client.on('event', ({ conversation, seq }) => report({ event: { conversation, seq } }));
  client.on('gap', ({ conversation, from, to }) => report({ gap: { conversation, from, to } }));
  client.on('state', (state) => {
    if (state.at === 'live') {
      report({ state: { at: 'live' } });
    } else if (state.at === 'stopped') {
      report({ state: { at: 'stopped', code: state.code } });
    }
  });
  client.start();
}

async function send({ conversation, message_id, text }: Instruction): Promise<void> {
  try {
    const answer = await client?.send({ conversation, message_id, text });
    report({ answer: { message_id, seq: answer?.seq, duplicate: answer?.duplicate } });
  } catch (error) {
    report({ answer: { message_id, code: error instanceof ParleyError ? error.code : 'error' } });
  }
}

function tell(told: Instruction): void {
  switch (told.do) {
    case 'start':
      start(told);
      break;
    case 'send':
      void send(told);
      break;
    case 'read':
      client?.read(told.conversation, told.seq);
      break;
    case 'stop':
      client?.stop();
      break;
  }
}

createInterface({ input: process.stdin })
  .on('line', (line) => tell(JSON.parse(line)))
  .on('close', () => process.exit(0));
