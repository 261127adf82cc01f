/** How far something is; without `value` it says only that it is under way. */
export function Progress({ label, value, max = 100, note }: { label: string; value?: number; max?: number; note?: string }) {
  return (
    <label className="progress">
      <span className="cluster" data-justify="between">
        <span>{label}</span>
        <span className="muted numeric">{note ?? (value === undefined ? '' : `${Math.round((value / max) * 100)} %`)}</span>
      </span>
      <progress value={value} max={max} />
    </label>
  )
}
