const PATHS = {
  search: 'M10.5 17a6.5 6.5 0 1 1 0-13 6.500 6.500 0 0 1 0 13zM15.500 15.500 20 20',
  people:
    'M9 11a3.200 3.200 0 1 0 0-6.400A3.200 3.200 0 0 0 9 11zM3 19c.4-3.200 2.700-5 6-5s5.600 1.800 6 5M16 5a3 3 0 0 1 0 5.800M17.500 14.300c2 .6 3.200 2.200 3.500 4.700',
  plus: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M5 12h13M12.500 6l6 6-6 6',
  reply: 'M9 7l-5 5 5 5M4 12h9c4 0 6.500 2 7 6',
  thread: 'M5 5h14v10H11l-4 4v-4H5zM9 9h6M9 12h4',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  trash: 'M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13M10.500 11v5.500M13.500 11v5.500',
  leave: 'M10 5H5v14h5M14 8l4 4-4 4M18 12H9',
  down: 'M12 5v13M6 12.500l6 6 6-6',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
