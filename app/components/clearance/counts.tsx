import { Link } from '@remix-run/react'
import type { ClearanceState } from '#services/clearance/rules/clearance-states.ts'
import type { Light } from '#services/clearance/rules/lights.ts'
import type { Tone } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { lightLooks } from './light.tsx'

export interface Counts {
  green: number
  amber: number
  red: number
  errors: number
}
export const listStates: Record<ClearanceState, { words: string; tone: Tone }> = {
  WAITING: { words: 'Waits', tone: 'info' },
  RUNNING: { words: 'Under way', tone: 'info' },
  DONE: { words: 'Done', tone: 'success' },
  FAILED: { words: 'Failed', tone: 'danger' },
  CANCELLED: { words: 'Cancelled', tone: 'neutral' },
}
const shares: readonly { light: Light; key: keyof Counts; words: string }[] = [
  { light: 'GREEN', key: 'green', words: 'yes' },
  { light: 'AMBER', key: 'amber', words: 'not yet' },
  { light: 'RED', key: 'red', words: 'no' },
  { light: 'ERROR', key: 'errors', words: 'not asked' },
]

/** "12 yes, 3 not yet", for a line of a table. */
export function CountsInWords({ list }: { list: Counts }) {
  const words = shares.filter(({ key }) => list[key] > 0).map(({ key, words }) => `${list[key].toLocaleString('en-GB')} ${words}`)
  return <span className="numeric">{words.join(', ') || '–'}</span>
}

/** The counts as one bar, each part a link that shows only its rows. The words carry what the colours say. */
export function CountsBar({ counts, chosen }: { counts: Counts; chosen: Light | undefined }) {
  const total = shares.reduce((sum, { key }) => sum + counts[key], 0)
  return (
    <div className="counts">
      <div className="counts-bar" aria-hidden="true">
        {shares.map(
          ({ light, key }) => counts[key] > 0 && <span key={key} data-tone={lightLooks[light].tone} style={{ flexGrow: counts[key] }} />,
        )}
      </div>
      <nav className="counts-words" aria-label="Rows by light">
        <Link to="?" aria-current={chosen ? undefined : 'page'} preventScrollReset>
          <strong className="numeric">{total.toLocaleString('en-GB')}</strong> all
        </Link>
        {shares.map(({ light, key, words }) => (
          <Link
            key={key}
            to={`?light=${light.toLowerCase()}`}
            aria-current={chosen === light ? 'page' : undefined}
            data-tone={lightLooks[light].tone}
            preventScrollReset
          >
            <Icon name={lightLooks[light].icon} />
            <strong className="numeric">{counts[key].toLocaleString('en-GB')}</strong> {words}
          </Link>
        ))}
      </nav>
    </div>
  )
}
