const paths = {
  none: <circle cx="8" cy="8" r="6.2" />,
  draft: <circle cx="8" cy="8" r="6.2" strokeDasharray="2.4 2.4" />,
  quarter: <><circle cx="8" cy="8" r="6.2" /><path d="M8 8V1.8A6.2 6.2 0 0 1 14.2 8z" fill="currentColor" /></>,
  half: <><circle cx="8" cy="8" r="6.2" /><path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" /></>,
  three: <><circle cx="8" cy="8" r="6.2" /><path d="M8 8V1.8A6.2 6.2 0 1 1 1.8 8z" fill="currentColor" /></>,
  full: <circle cx="8" cy="8" r="6.2" fill="currentColor" />,
  hold: <><circle cx="8" cy="8" r="6.2" /><path d="M6.2 5.4v5.2M9.8 5.4v5.2" /></>,
  stopped: <><circle cx="8" cy="8" r="6.2" /><path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" /></>,
  redo: <path d="M13.6 9A5.7 5.7 0 1 1 12 4l1.6 1.6M13.6 2v3.6H10" />,
  late: <><path d="M8 1.2 15.2 14.4H.8z" fill="currentColor" stroke="none" /><path d="M8 6v4M8 11.6v1.2" stroke="#fff" strokeWidth="1.6" /></>,
  check: <path d="M2.5 8.5 6.5 12.5 13.5 4" />,
  saved: <><circle cx="8" cy="8" r="6.4" /><path d="M5 8.2 7.2 10.4 11 6" /></>,
  plus: <path d="M8 2.5v11M2.5 8h11" />,
  x: <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" />,
  down: <path d="M3.5 6l4.5 4.5L12.5 6" />,
  up: <path d="M3.5 10 8 5.5l4.5 4.5" />,
  find: <><circle cx="7" cy="7" r="4.6" /><path d="M10.5 10.5 14.5 14.5" /></>,
  phone: <path d="M3.2 2.4 5.6 2l1.3 3.2-1.6 1.3a8 8 0 0 0 4.2 4.2l1.3-1.6L14 10.4l-.4 2.4c-.1.7-.7 1.2-1.4 1.2A10.4 10.4 0 0 1 2 3.8c0-.7.5-1.3 1.2-1.4z" />,
  right: <path d="M2 8h11M9 4l4 4-4 4" />,
  both: <path d="M2 5.5h11M10 2.5l3 3-3 3M14 10.5H3M6 7.5l-3 3 3 3" />,
  menu: <path d="M2 4h12M2 8h12M2 12h12" />,
  desc: <path d="M8 3v10M4 9l4 4 4-4" />,
  asc: <path d="M8 13V3M4 7l4-4 4 4" />,
  print: <path d="M4 6V2h8v4M4 11.5H2V6h12v5.5h-2M4 9.5h8V14H4z" />,
  cloud: <path d="M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.7.6 2.7 2.7 0 0 1-.4 5.4zM8 6.5v3M8 11v.2" />,
  lock: <path d="M3.5 7h9v7h-9zM5 7V5a3 3 0 0 1 6 0v2" />,
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="i" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {paths[name]}
    </svg>
  );
}
