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
  smile:
    'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM9 10v.5M15 10v.5M8.500 14c.8 1.500 2 2.200 3.500 2.200s2.700-.7 3.500-2.200',
  pin: 'M9 4h6M10 4v6l-3 4h10l-3-4V4M12 14v6',
  more: 'M5.500 12a.6.6 0 1 0 1.200 0 .6.6 0 1 0-1.200 0M11.400 12a.6.6 0 1 0 1.200 0 .6.6 0 1 0-1.200 0M17.300 12a.6.6 0 1 0 1.200 0 .6.6 0 1 0-1.200 0',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.500l3 2',
  attach:
    'M8 12.500l5.500-5.500a2.800 2.800 0 0 1 4 4L10 18.500a4.500 4.500 0 0 1-6.300-6.300L11 5',
  info: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 11v5M12 8v.01',
  file: 'M7 4h7l4 4v12H7zM14 4v4h4',
  muted: 'M5 10v4h3l4 4V6l-4 4zM16 9.500l4 5M20 9.500l-4 5',
  again: 'M19 5v5h-5M18.500 10A7 7 0 1 0 19 14',
  flag: 'M6 20V5M6 5h11l-2.500 4L17 13H6',
  shield: 'M12 4l7 2.500v5c0 4-2.800 6.800-7 8.500-4.200-1.700-7-4.500-7-8.500v-5z',
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

/** An icon that tells something by itself. */
export function Sign({ name, label }: { name: IconName; label: string }) {
  return (
    <span className="sign" role="img" aria-label={label} title={label}>
      <Icon name={name} />
    </span>
  );
}
