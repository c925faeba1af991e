/** A typed list of listeners per kind of news. A listener added during an emit hears the next one. */
export class Emitter<News extends object> {
  private readonly listeners = new Map<keyof News, Set<(news: never) => void>>();

  on<K extends keyof News>(kind: K, listener: (news: News[K]) => void): () => void {
    const all = this.listeners.get(kind) ?? new Set();
    this.listeners.set(kind, all.add(listener as (news: never) => void));
    return () => all.delete(listener as (news: never) => void);
  }

  emit<K extends keyof News>(kind: K, news: News[K]): void {
    for (const listener of [...(this.listeners.get(kind) ?? [])]) {
      (listener as (news: News[K]) => void)(news);
    }
  }
}
