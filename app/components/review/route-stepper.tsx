import { useTranslations } from 'use-intl'
import { Status } from '#app/components/ui/badge.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { ReviewPage, StepShown } from '#services/review/review-view.ts'
import { StepActions } from './step-actions.tsx'
import { Due, needWords, stepTones, stepWords, verdictWords } from './words.tsx'

/** The way of this review: who decided what, who is asked now and until when, and what comes after. */
export function RouteStepper({ page }: { page: ReviewPage }) {
  const { steps, route } = page
  if (steps.length === 0) return null
  const stages = [...new Set(steps.map(({ stage }) => stage))].sort((a, b) => a - b)
  return (
    <Panel title={route ? `Route: ${route.name}` : 'Route'}>
      <ol className="route-stages">
        {stages.map((stage) => {
          const here = steps.filter((step) => step.stage === stage)
          return (
            <li key={stage}>
              {here.length > 1 && <p className="small muted">Side by side</p>}
              <ul className="route-steps">
                {here.map((step) => (
                  <li key={step.id} data-state={step.state} aria-current={step.state === 'OPEN' ? 'step' : undefined}>
                    <p className="cluster" data-gap="sm">
                      <strong>{step.name}</strong> <Status tone={stepTones[step.state]}>{stepWords[step.state]}</Status>
                      {step.escalated && step.state === 'OPEN' && <Status tone="warning">Escalated</Status>}
                    </p>
                    <WhoIsAsked step={step} zone={page.zone} />
                    <Said step={step} zone={page.zone} />
                    <StepActions page={page} step={step} />
                  </li>
                ))}
              </ul>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}

function WhoIsAsked({ step, zone }: { step: StepShown; zone: string }) {
  const t = useTranslations('account')
  if (step.state !== 'OPEN' && step.state !== 'WAITING') return null
  const roles = step.roles.map((role) => t(`role.${role}.label`))
  const who = [...roles, ...step.people].join(', ')
  const spoken = needWords(step.need, step.wanted, step.said.length)
  const many = step.need === 'ALL' ? 'All of: ' : step.need === 'COUNT' ? `${step.wanted} of: ` : ''
  if (step.state === 'WAITING')
    return (
      <p className="small muted">
        {many}
        {who}
      </p>
    )
  return (
    <>
      <p className="small">
        {step.missing.length > 0 ? (
          <>
            Waits for{' '}
            {step.missing.map(({ id, name, standIn }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                {name}
                {standIn && ` (away: ${standIn} stands in)`}
              </span>
            ))}
          </>
        ) : (
          <>
            {many}
            {who}
          </>
        )}
        {spoken && <span className="muted"> · {spoken}</span>}
      </p>
      {step.nobody && (
        <p className="small field-error">
          Nobody in the house can decide this now. {step.colleagues.length > 0 && 'Hand it to somebody, or '}
          {step.colleagues.length > 0 ? 'give' : 'Give'} somebody the role.
        </p>
      )}
      <p>
        <Due at={step.dueAt} late={step.late} zone={zone} />
      </p>
    </>
  )
}

function Said({ step, zone }: { step: StepShown; zone: string }) {
  if (step.said.length === 0) return null
  return (
    <ul className="route-said small">
      {step.said.map((word, index) => (
        <li key={index}>
          {word.hand ? `${word.hand} for ${word.who}` : word.who} {verdictWords[word.decision]}, <When at={word.at} zone={zone} />
          {word.reason && <p>“{word.reason}”</p>}
        </li>
      ))}
    </ul>
  )
}
