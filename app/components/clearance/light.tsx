import { kindWords, lightWords, type Kind, type Light } from '#services/clearance/rules/lights.ts'
import type { Tone } from '../ui/badge.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'

export const lightLooks: Record<Light, { tone: Tone; icon: IconName }> = {
  GREEN: { tone: 'success', icon: 'success' },
  AMBER: { tone: 'warning', icon: 'warning' },
  RED: { tone: 'danger', icon: 'danger' },
  ERROR: { tone: 'neutral', icon: 'info' },
}

/** The answer at a glance: a drawing, a word and a sentence; the colour only helps. */
export function BigLight({ light, kind }: { light: Light; kind: Kind }) {
  const { tone, icon } = lightLooks[light]
  return (
    <div className="big-light" data-tone={tone} role="status">
      <Icon name={icon} />
      <div>
        <h2>{kindWords[kind].title}</h2>
        <p>{kindWords[kind].meaning}</p>
      </div>
    </div>
  )
}

/** The light of a row: its drawing and its word. */
export function SmallLight({ light, kind }: { light: Light; kind: Kind }) {
  const { tone, icon } = lightLooks[light]
  return (
    <span className="small-light" data-tone={tone}>
      <Icon name={icon} />
      <span>
        <span className="visually-hidden">{lightWords[light]}: </span>
        {kindWords[kind].title}
      </span>
    </span>
  )
}
