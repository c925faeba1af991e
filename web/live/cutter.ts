import { connect, createServer, type Server, type Socket } from 'node:net';

/** A road to the server that a test can cut, or stall as a bad network does: open, but nothing passes. */
export class Cutter {
  private readonly server: Server;
  private readonly pairs = new Set<[Socket, Socket]>();
  private isBlocked = false;

  private constructor(server: Server) {
    this.server = server;
  }

  static async to(host: string, port: number): Promise<Cutter> {
    const server = createServer();
    const cutter = new Cutter(server);
    server.on('connection', (near) => cutter.joined(near, connect(port, host)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return cutter;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** Ends every connection without a word, and with `block` refuses new ones. */
  cut(block = false): void {
    this.isBlocked = block;
    for (const [near, far] of this.pairs) {
      near.destroy();
      far.destroy();
    }
  }

  /** What is open stays open, and nothing comes through either way. */
  stall(): void {
    for (const [near, far] of this.pairs) {
      near.unpipe(far).pause();
      far.unpipe(near).pause();
    }
  }

  heal(): void {
    this.isBlocked = false;
  }

  close(): void {
    this.cut(true);
    this.server.close();
  }

  private joined(near: Socket, far: Socket): void {
    if (this.isBlocked) {
      near.destroy();
      far.destroy();
      return;
    }
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    const over = () => {
      near.destroy();
      far.destroy();
      this.pairs.delete(pair);
    };
    near.on('error', over).on('close', over);
    far.on('error', over).on('close', over);
  }
}
