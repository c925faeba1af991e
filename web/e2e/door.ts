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

/** What the operator of the tested stack knows; `parley with-stack` gives it to a command. */
const OPERATOR = {
  identity: process.env.PARLEY_IDENTITY_URL,
  secret: process.env.PARLEY_OPERATOR_SECRET,
};

/** Why there can be no admin here; undefined if there can. */
export function whyNoAdmin(): string | undefined {
  return OPERATOR.identity && OPERATOR.secret
    ? undefined
    : 'Needs PARLEY_IDENTITY_URL and PARLEY_OPERATOR_SECRET: run it by parley with-stack.';
}

/** As `./parley admin NAME` does it. */
export async function makeAdmin(name: string): Promise<void> {
  const response = await fetch(`${OPERATOR.identity}/internal/people/${name}/admin`, {
    method: 'PUT',
    headers: { 'Parley-Operator': OPERATOR.secret ?? '' },
  });
  if (!response.ok) {
    throw new Error(`Expected ${name} to be made an admin, but: ${response.status}`);
  }
}
