import type { ReactNode } from 'react'

/** A row of figures; put `Stat`s into it. */
export function Stats({ children }: { children: ReactNode }) {
  return <dl className="stats">{children}</dl>
}

/** One figure, its name, and a word on how to read it. */
export function Stat({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="stat">
      <dt>{label}</dt>
      <dd>{value}</dd>
      {note && <dd className="stat-note">{note}</dd>}
    </div>
  )
}
