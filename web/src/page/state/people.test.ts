import { expect, it } from 'vitest';
import { ParleyRest } from '../../client';
import { isErased, People } from './people';

it('who was erased is called a deleted account everywhere', () => {
  const people = new People(new ParleyRest('https://parley.example'));
  people.learn([
    { id: 'a', name: 'erased-0a1b2c3d', display_name: '' },
    { id: 'b', name: 'erasmus', display_name: 'Erasmus' },
  ]);

  const [a, b] = ['a', 'b'].map((id) => people.known.get().get(id));
  expect(a?.display_name).toBe('Deleted account');
  expect(b?.display_name).toBe('Erasmus');
  expect([a && isErased(a), b && isErased(b)]).toEqual([true, false]);
});
