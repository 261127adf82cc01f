import { Link } from '@remix-run/react'
import type { Kind, Light } from '#services/clearance/rules/lights.ts'
import type { Axis } from '#services/rights/rules/nearest.ts'
import { ButtonLink } from '../ui/button.tsx'
import type { IconName } from '../ui/icon.tsx'
import { axisWords } from '../rights/words.ts'
import { BigLight } from './light.tsx'

export interface Way {
  to: string
  label: string
  icon: IconName
  main?: boolean | undefined
}
interface AnswerProps {
  light: Light
  kind: Kind
  reasons: readonly { words: string }[]
  nearest: readonly { axis: Axis; words: string; to: string }[]
  licences: readonly string[]
  price: string | null
  ways: readonly Way[]
}

/** What the engine says, why, what can be had instead, and how to go on. */
export function AnswerPanel({ light, kind, reasons, nearest, licences, price, ways }: AnswerProps) {
  return (
    <section className="clearance-answer" aria-label="The answer">
      <BigLight light={light} kind={kind} />
      {licences.length > 0 && (
        <p>
          Covered by{' '}
          {licences.map((number, i) => (
            <span key={number}>
              {i > 0 && ', '}
              <Link to={`/verify/${number}`}>{number}</Link>
            </span>
          ))}
          .
        </p>
      )}
      {reasons.length > 0 && (
        <div>
          <h3>Why</h3>
          <ul className="reason-list">
            {reasons.map(({ words }, i) => (
              <li key={i}>{words}</li>
            ))}
          </ul>
        </div>
      )}
      {nearest.length > 0 && (
        <div>
          <h3>What can be had instead</h3>
          <ul className="instead-list">
            {nearest.map(({ axis, words, to }) => (
              <li key={axis}>
                <ButtonLink to={to} preventScrollReset wide>
                  <strong>{axisWords[axis]}</strong>
                  {axis !== 'exclusivity' && <span>{words}</span>}
                </ButtonLink>
              </li>
            ))}
          </ul>
        </div>
      )}
      {(price || ways.length > 0) && (
        <div className="cluster">
          {ways.map(({ to, label, icon, main }) => (
            <ButtonLink key={to} to={to} icon={icon} tone={main ? 'primary' : 'secondary'}>
              {label}
            </ButtonLink>
          ))}
          {price && <span className="muted">{price} without tax</span>}
        </div>
      )}
    </section>
  )
}
