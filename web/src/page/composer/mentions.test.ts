import { describe, expect, it } from 'vitest';
import { completed, meant, typedName } from './mentions';

const ada = { id: '1', name: 'ada', display_name: 'Ada' };
const ben = { id: '2', name: 'ben.o', display_name: 'Ben' };

describe('mentions', () => {
  it('are seen while they are typed, but not in an address', () => {
    expect(typedName('Hello @be', 9)).toBe('be');
    expect(typedName('Hello @', 7)).toBe('');
    expect(typedName('ada@be', 6)).toBeUndefined();
    expect(typedName('Hello @ben there', 16)).toBeUndefined();
  });

  it('are completed at the caret', () => {
    expect(completed('Hi @be, ok', 6, 'ben.o')).toEqual(['Hi @ben.o , ok', 10]);
  });

  it('name people, here and all', () => {
    expect(meant('@ada and @ben.o.', [ada, ben])).toEqual({ mentions: ['1', '2'] });
    expect(meant('mail x@ada', [ada])).toEqual({});
    expect(meant('@here: @adam', [ada])).toEqual({ everyone: 'here' });
  });
});
