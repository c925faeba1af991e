import type { Role } from '../../client';

/** Highest first. */
export const ROLES: readonly Role[] = ['owner', 'admin', 'moderator', 'member', 'read_only'];

export function roleName(role: Role): string {
  return role.replace('_', '-');
}

export function mayAdminister(role: Role | null): boolean {
  return role === 'owner' || role === 'admin';
}

export function mayModerate(role: Role | null): boolean {
  return mayAdminister(role) || role === 'moderator';
}

export function ranksAbove(mine: Role | null, other: Role): boolean {
  return mine !== null && ROLES.indexOf(mine) < ROLES.indexOf(other);
}

/** What a person of this role may make of another. */
export function grantable(mine: Role | null): readonly Role[] {
  return ROLES.filter((role) => mine === 'owner' || ranksAbove(mine, role));
}
