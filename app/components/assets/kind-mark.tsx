import { Icon, type IconName } from '../ui/icon.tsx'
import { clockWords } from './clock-words.ts'

const icons: Partial<Record<string, IconName>> = {
  VIDEO: 'play',
  AUDIO: 'sound',
  FONT: 'letters',
  ARCHIVE: 'archive',
  DOCUMENT: 'document',
  TEMPLATE: 'document',
}

/** In the corner of a small picture: that it is no picture but a film of so long, a recording, a font. Pictures bear none. */
export function KindMark({ kind, durationMs, label }: { kind: string; durationMs?: number | null; label: string }) {
  const icon = icons[kind]
  if (!icon) return null
  return (
    <span className="kind-mark">
      <Icon name={icon} label={label} />
      {durationMs ? <span className="numeric">{clockWords(durationMs)}</span> : null}
    </span>
  )
}
