import type { Person } from '../../client';

export interface Offer {
  name: string;
  note: string;
}

interface Props {
  id: string;
  offers: readonly Offer[];
  at: number;
  onPick: (offer: Offer) => void;
}

export function offersOf(typed: string | undefined, people: readonly Person[]): Offer[] {
  if (typed === undefined) {
    return [];
  }
  const prefix = typed.toLowerCase();
  const everybody = [
    { name: 'here', note: 'everybody who is here now' },
    { name: 'all', note: 'every member' },
  ];
  const named = people.map(({ name, display_name }) => ({ name, note: display_name }));
  return [...named, ...everybody]
    .filter(
      ({ name, note }) =>
        name.toLowerCase().startsWith(prefix) || note.toLowerCase().startsWith(prefix),
    )
    .slice(0, 8);
}

/** Arrow keys move in it, Enter or Tab takes; the focus stays in the text. */
export function MentionList({ id, offers, at, onPick }: Props) {
  return (
    <div id={id} className="menu mentions" role="listbox" aria-label="People to mention">
      {offers.map((offer, place) => (
        <button
          key={offer.name}
          id={`${id}-${place}`}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={place === at}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(offer);
          }}
        >
          <strong>@{offer.name}</strong> <span className="choice-note">{offer.note}</span>
        </button>
      ))}
    </div>
  );
}
