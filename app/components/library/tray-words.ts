import type { TrayRoom } from '#services/catalog/library-desk.ts'

const figure = (n: number): string => n.toLocaleString('en-GB')

/** What does not fit on the tray: how much does, and where to go with the rest. */
export const trayFull = ({ most, room }: TrayRoom): string =>
  `Nothing was put on the tray: it holds ${figure(most)} assets, and ${room === 0 ? 'no more fit' : `only ${figure(room)} more ${room === 1 ? 'fits' : 'fit'}`}. ` +
  'Take some off or select fewer. “Act on them…” above the list takes a selection of any size, without the tray.'
