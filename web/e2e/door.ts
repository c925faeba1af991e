import type { Grant } from '../src/client';

export const ADDRESS = process.env.PARLEY_URL ?? 'http://localhost:8080';

/** Apart from every earlier run against the same Parley. */
export const RUN = `${Date.now().toString(36).slice(-5)}${Math.floor(Math.random() * 36).toString(36)}`;

/** A command by REST, as any other client gives it. */
export async function post(grant: Grant, path: string, body: object, method = 'POST') {
  const response = await fetch(ADDRESS + path, {
    method,
    headers: {
      authorization: `Bearer ${grant.access_token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    const answer = `${response.status} ${await response.text()}`;
    throw new Error(`Expected ${method} ${path} to be taken, but: ${answer}`);
  }
}
