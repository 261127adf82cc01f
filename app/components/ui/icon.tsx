/** Drawn for the house on a 20 unit grid, one and a half units of line. */
const drawings = {
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm4 9.5 3.8 3.8',
  cart: 'M3 4h2l1.6 8.2h8.2L16.5 6.5H5.6M8 16.2v.1m6-.1v.1',
  account: 'M10 3.2a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6ZM3.5 17c.6-3.2 3.2-4.8 6.5-4.8s5.9 1.6 6.5 4.8',
  menu: 'M3 6h14M3 10h14M3 14h14',
  close: 'M5 5l10 10M15 5 5 15',
  check: 'm4 10.5 4 4 8-9',
  pages: 'M4 3h12v14H4zM8.5 13.5 7 12l1.5-1.5M11.5 13.5 13 12l-1.5-1.5M4 6.5h12',
  continuous: 'M4 3v14m12-14v14M10 4v12m-3-3 3 3 3-3',
  compare: 'M3 4.5h6v11H3zM11 4.5h6v11h-6z',
  'arrow-right': 'M4 10h12m-5-5 5 5-5 5',
  'arrow-left': 'M16 10H4m5-5-5 5 5 5',
  'arrow-up': 'M10 16V4M5 9l5-5 5 5',
  'arrow-down': 'M10 4v12m-5-5 5 5 5-5',
  'chevron-down': 'm5 8 5 5 5-5',
  info: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4ZM10 9v4.5M10 6.4v.1',
  success: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4ZM6.8 10.2l2.3 2.3 4.2-4.7',
  warning: 'M10 3.2 17.6 16.5H2.4L10 3.2ZM10 8v4m0 2.1v.1',
  danger: 'M6.9 2.8h6.2l4.1 4.1v6.2l-4.1 4.1H6.9l-4.1-4.1V6.9l4.1-4.1ZM10 6.5v4.5m0 2.3v.1',
  copy: 'M7 7h9v9H7zM13 4H4v9',
  download: 'M10 3v9m-4-4 4 4 4-4M3.5 16.5h13',
  upload: 'M10 13V4M6 8l4-4 4 4M3.5 16.5h13',
  picture: 'M3 4h14v12H3zM3 13.5l4-4 3.5 3.5 2.5-2.5 4 4M13.2 7.4v.1',
  document: 'M5 2.8h6.5L15 6.3v10.9H5zM11.5 2.8v3.5H15M7.5 10h5m-5 3h5',
  logo: 'M10 4a6 6 0 1 1 0 12 6 6 0 0 1 0-12ZM10 1.5v17M1.5 10h17',
  play: 'M6 3.8v12.4l10.2-6.2z',
  pause: 'M6.5 4v12M13.5 4v12',
  sound: 'M3 8v4M6 5.5v9M9 3.5v13M12 6v8M15 8v4M17.5 9.3v1.4',
  letters: 'M2.5 16 7 4.5 11.5 16M4.2 12h5.6M14.6 10.2a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2ZM17.2 10v5.6',
  archive: 'M3 4h14v3.5H3zM4.2 7.5h11.6v9H4.2zM8 10.5h4',
  folder: 'M2.8 5h5l1.7 2h7.7v9H2.8z',
  chart: 'M3 16.5h14M5 16V11m4 5V5m4 11V8m3.5 8V6.5',
  clock: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4ZM10 6v4.3l2.8 1.7',
  calendar: 'M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5',
  lock: 'M4.5 9h11v7.5h-11zM7 9V6.5a3 3 0 0 1 6 0V9',
  key: 'M6.5 7.5a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4Zm3.2 3.2h7.5m-2.5 0v2.8',
  shield: 'M10 2.8 16.2 5v5c0 3.7-2.5 6-6.2 7.3C6.3 16 3.8 13.7 3.8 10V5L10 2.8ZM7.3 9.8l2 2 3.5-3.8',
  tag: 'M3 3h6.5L17 10.5 10.5 17 3 9.5zM6.3 6.3v.1',
  globe:
    'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4ZM2.8 10h14.4M10 2.8c2.4 2 3.2 4.6 3.2 7.2s-.8 5.2-3.2 7.2c-2.4-2-3.2-4.6-3.2-7.2s.8-5.2 3.2-7.2Z',
  filter: 'M3 6h14M6 10h8M8.5 14h3',
  inbox: 'M3 11 5 4h10l2 7v5H3zM3 11h4l1 2h4l1-2h4',
  history: 'M4 10a6.2 6.2 0 1 1 1.9 4.5M4 10 2.2 8M4 10l2.1-1.8M10 6.5V10l2.5 1.5',
  people:
    'M7.5 4a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4ZM2.5 16c.4-2.8 2.3-4.2 5-4.2s4.6 1.4 5 4.2M13 4.3a2.6 2.6 0 0 1 0 4.9m1.6 2.9c1.6.5 2.6 1.8 2.9 3.9',
  receipt: 'M4.5 2.8h11v14.4l-1.9-1.4-1.8 1.4-1.8-1.4-1.8 1.4-1.8-1.4-1.9 1.4zM7.3 7h5.4m-5.4 3.5h5.4',
  lightbox: 'M3 4h14v9.5H3zM6 16.5h8M6.2 6.8h3v3.9h-3zM11 6.8h2.8v3.9H11z',
  turn: 'M15.5 6.5A6.6 6.6 0 1 0 16.6 10M16 3v3.8h-3.8',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  trash: 'M4 6h12M8 6V3.8h4V6M5.5 6l.7 10.7h7.6L14.5 6',
  edit: 'M4 16l.7-3.5L13.5 3.7l2.8 2.8-8.8 8.8L4 16Z',
  external: 'M8 4.5H4v11.5h11.5V12M11 4h5v5M16 4l-7 7',
  link: 'M8.5 11.5l3-3M7 9.5 4.8 11.7a2.5 2.5 0 0 0 3.5 3.5L10.5 13M9.5 7l2.2-2.2a2.5 2.5 0 0 1 3.5 3.5L13 10.5',
  sun: 'M10 6.7a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6ZM10 2v1.8m0 12.4V18M2 10h1.8m12.4 0H18M4.3 4.3l1.3 1.3m8.8 8.8 1.3 1.3m0-11.4-1.3 1.3m-8.8 8.8-1.3 1.3',
  moon: 'M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3Z',
  eye: 'M2.5 10C4 6.8 6.7 5.2 10 5.2s6 1.6 7.5 4.8c-1.5 3.2-4.2 4.8-7.5 4.8S4 13.2 2.5 10ZM10 7.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6Z',
} as const

export type IconName = keyof typeof drawings

/** A drawing beside words. Without `label` it is silent to screen readers. How it is drawn says `.icon`: a page has a hundred of them. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      <path d={drawings[name]} />
    </svg>
  )
}
