type Answer = () => Response | Promise<Response>;

/** The server's end of REST: a test says what it answers, and may take its time. */
export class FakeRest {
  readonly asked: { path: string; body: unknown }[] = [];
  private readonly answers = new Map<string, Answer>();

  on(path: string, answer: Answer): void {
    this.answers.set(path, answer);
  }

  readonly fetch = async (url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const path = new URL(String(url)).pathname;
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    this.asked.push({ path, body });
    const answer = this.answers.get(path);
    return answer === undefined ? json({}) : answer();
  };

  /** What was sent there, oldest first. */
  bodies(path: string): unknown[] {
    return this.asked.filter((each) => each.path === path).map(({ body }) => body);
  }
}

export function json(body: object, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

export function problem(status: number, code: string, detail = code): Response {
  return json({ code, detail, temporary: false }, status);
}

/** An answer that comes when the test says so. */
export function heldBack(): { answer: Answer; give: (response: Response) => void } {
  let give: (response: Response) => void = () => {};
  const given = new Promise<Response>((resolve) => {
    give = resolve;
  });
  return { answer: () => given, give };
}
