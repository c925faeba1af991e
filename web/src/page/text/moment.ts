const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const DAY_OF_YEAR = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const LONG_DAY = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const DAY_MILLIS = 86_400_000;

export function time(at: string): string {
  return TIME.format(new Date(at));
}

export function full(at: string): string {
  return FULL.format(new Date(at));
}

export function sameDay(one: string, other: string): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

export function dayName(at: string, now = new Date()): string {
  const days = daysAgo(at, now);
  if (days === 0) {
    return 'Today';
  }
  return days === 1 ? 'Yesterday' : LONG_DAY.format(new Date(at));
}

/** As short as tells it: the time today, the weekday within a week, else the date. */
export function brief(at: string, now = new Date()): string {
  const date = new Date(at);
  const days = daysAgo(at, now);
  if (days === 0) {
    return TIME.format(date);
  }
  if (Math.abs(days) < 7) {
    return WEEKDAY.format(date);
  }
  return (date.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR).format(date);
}

export function briefWithTime(at: string): string {
  return sameDay(at, new Date().toISOString()) ? time(at) : `${brief(at)}, ${time(at)}`;
}

function daysAgo(at: string, now: Date): number {
  const midnight = (date: Date) => new Date(date).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(new Date(at))) / DAY_MILLIS);
}
