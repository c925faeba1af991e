import { type ErasureReceipt, listOf, ParleyRest, type SignedInSession } from './rest';
import type { ConversationKind, Person, Uuid } from './wire';

/** A person as an admin sees them. */
export interface AdminPerson extends Person {
  suspended?: boolean;
  admin?: boolean;
  bot?: boolean;
  erased?: boolean;
  created_at?: string;
  /** Who signs this person's tokens, if it is not this Parley. */
  issuer?: string | null;
}

export interface AdminPersonChange {
  suspended?: boolean;
  admin?: boolean;
  display_name?: string;
}

export type TokenScope = 'read' | 'write' | 'search' | 'admin';

export const SCOPES: readonly TokenScope[] = ['read', 'write', 'search', 'admin'];

/** What a bot signs in with; the key itself is told only once. */
export interface BotKey {
  id: Uuid;
  label: string;
  scopes: TokenScope[];
  created_at: string;
  expires_at?: string | null;
  last_used_at?: string | null;
}

export interface NewBotKey {
  label: string;
  scopes: readonly TokenScope[];
  expires_in_days?: number;
}

export interface AdminConversation {
  conversation: Uuid;
  kind: ConversationKind;
  title: string | null;
  members_count: number;
  head_seq?: number;
  last_at?: string | null;
  archived?: boolean;
}

export interface AdminPage<T> {
  items: T[];
  /** Names the next page; absent on the last one. */
  next: string | undefined;
}

/** What an admin may do with the accounts of a Parley; needs a token with the group and scope admin. */
export class ParleyAdmin extends ParleyRest {
  async users(text: string, after?: string, limit = 50): Promise<AdminPage<AdminPerson>> {
    return pageOf(await this.get('/api/admin/users', { q: text || undefined, after, limit }));
  }

  user(id: Uuid): Promise<AdminPerson> {
    return this.get(`/api/admin/users/${id}`, {});
  }

  createUser(name: string, displayName: string, password?: string): Promise<AdminPerson> {
    const body = { name, display_name: displayName, ...(password ? { password } : {}) };
    return this.post('/api/admin/users', body);
  }

  changeUser(id: Uuid, change: AdminPersonChange): Promise<AdminPerson> {
    return this.send('PATCH', `/api/admin/users/${id}`, change);
  }

  eraseUser(id: Uuid): Promise<ErasureReceipt> {
    return this.delete(`/api/admin/users/${id}`);
  }

  /** How far the erasure of somebody is: it goes on after the first answer. */
  erasure(id: Uuid): Promise<ErasureReceipt> {
    return this.get(`/api/admin/erasures/${id}`, {});
  }

  async userSessions(id: Uuid): Promise<SignedInSession[]> {
    return listOf(await this.get(`/api/admin/users/${id}/sessions`, {}));
  }

  endUserSession(id: Uuid, session: Uuid): Promise<void> {
    return this.delete(`/api/admin/users/${id}/sessions/${session}`);
  }

  endUserSessions(id: Uuid): Promise<void> {
    return this.delete(`/api/admin/users/${id}/sessions`);
  }

  createBot(name: string, displayName: string): Promise<AdminPerson> {
    return this.post('/api/admin/bots', { name, display_name: displayName });
  }

  async keys(bot: Uuid): Promise<BotKey[]> {
    return listOf(await this.get(`/api/admin/bots/${bot}/keys`, {}));
  }

  /** `key` is told this once. */
  createKey(bot: Uuid, key: NewBotKey): Promise<BotKey & { key: string }> {
    return this.post(`/api/admin/bots/${bot}/keys`, key);
  }

  deleteKey(bot: Uuid, key: Uuid): Promise<void> {
    return this.delete(`/api/admin/bots/${bot}/keys/${key}`);
  }

  async conversations(text: string, after?: string): Promise<AdminPage<AdminConversation>> {
    const query = { q: text || undefined, after, limit: 50 };
    return pageOf(await this.get('/api/conversations/all', query));
  }
}

function pageOf<T>(page: { next?: string | null }): AdminPage<T> {
  return { items: listOf(page), next: page.next ?? undefined };
}
