import { useId } from 'react'

/** How far something is; without `value` it says only that it is under way. */
export function Progress({ label, value, max = 100, note }: { label: string; value?: number; max?: number; note?: string }) {
  const id = useId()
  return (
    <div className="progress">
      <div className="cluster" data-justify="between">
        <span id={id}>{label}</span>
        <span className="muted numeric">{note ?? (value === undefined ? '' : `${Math.round((value / max) * 100)} %`)}</span>
      </div>
      <progress value={value} max={max} aria-labelledby={id} />
    </div>
  )
}
