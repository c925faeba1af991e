import type { AdminPerson } from '../../client';
import { isErased } from '../state/people';

/** What is special about somebody, in words. */
export function standing(person: AdminPerson): string[] {
  return [
    person.bot && 'bot',
    person.admin && 'admin',
    person.suspended && 'suspended',
    (person.erased || isErased(person)) && 'deleted',
    person.issuer && `from ${person.issuer}`,
  ].filter((each): each is string => typeof each === 'string');
}
