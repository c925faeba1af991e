import type { Uuid } from '../../client';

/** The windows of a browser share its cookie: they tell each other who has just logged in. */
const CHANNEL = 'parley.session';

export function announceSignIn(user: Uuid): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ user });
  channel.close();
}

export function onSignInElsewhere(listener: (user: Uuid) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<{ user: Uuid }>) => listener(data.user);
  return () => channel.close();
}
