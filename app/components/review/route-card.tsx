import { Form, Link } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { kindWords, audienceWords } from '#services/assets/rules/asset-words.ts'
import { stagesOf, type Plan, type PlannedStep } from '#services/review/rules/plan.ts'

interface Shown {
  id: string
  name: string
  number: number
  plan: Plan
  running: number
  onOlder: number
}

const many = (n: number, one: string, more: string): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : more}`

/** Which assets a rule means, in a sentence. */
export function ruleWords({ rule }: Plan, names: Readonly<Record<string, string>>): string {
  const parts = [
    rule.kinds.length > 0 ? rule.kinds.map((kind) => kindWords[kind].toLowerCase()).join(', ') : 'every kind',
    rule.audiences.length > 0 && rule.audiences.map((audience) => audienceWords[audience].split(':')[0]?.toLowerCase()).join(' or '),
    rule.collections.length > 0 && `in ${rule.collections.map((id) => `“${names[id] ?? 'a collection that is gone'}”`).join(' or ')}`,
    rule.people !== 'any' && (rule.people === 'yes' ? 'with people' : 'without people'),
    rule.aiMade !== 'any' && (rule.aiMade === 'yes' ? 'made by a model' : 'not made by a model'),
  ].filter(Boolean)
  return `${rule.applies === 'always' ? 'Always for' : 'When the sender chooses it, for'} ${parts.join(', ')}.`
}

/** One route: what it is for, its steps by stages, how many are on it. */
export function RouteCard({
  route,
  names,
  first,
  last,
}: {
  route: Shown
  names: Readonly<Record<string, string>>
  first: boolean
  last: boolean
}) {
  const stages = stagesOf(route.plan.steps)
  const groups = [...new Set(stages)].map((stage) => route.plan.steps.filter((_, index) => stages[index] === stage))
  const action = (verb: string) => `/library/review/routes/${route.id}/${verb}`
  return (
    <li className="panel route-card">
      <div className="panel-head">
        <h2>
          <Link to={`/library/review/routes/${route.id}`}>{route.name}</Link>
        </h2>
        <div className="cluster" data-gap="sm">
          {!first && <MoveButton action={action('move')} step="up" name={route.name} />}
          {!last && <MoveButton action={action('move')} step="down" name={route.name} />}
          <ButtonLink to={`/library/review/routes/${route.id}`} size="sm">
            Change
          </ButtonLink>
          <Dialog title={`Put “${route.name}” away?`} trigger="Put away" size="sm" tone="quiet">
            <Form method="post" action={action('archive')}>
              <p>Nothing begins on it any more. {many(route.running, 'review that is', 'reviews that are')} under way end on it.</p>
              <p>
                <SubmitButton tone="danger" formAction={action('archive')}>
                  Put away
                </SubmitButton>
              </p>
            </Form>
          </Dialog>
        </div>
      </div>
      <div className="panel-body">
        <p>{ruleWords(route.plan, names)}</p>
        <ol className="route-line">
          {groups.map((group, index) => (
            <li key={index}>
              {group.map((step, at) => (
                <StepLine key={at} step={step} names={names} />
              ))}
            </li>
          ))}
        </ol>
        <p className="small muted">
          Version {route.number}. {many(route.running, 'review', 'reviews')} under way
          {route.onOlder > 0 && `, ${route.onOlder.toLocaleString('en-GB')} of them on an older version`}. Changes{' '}
          {route.plan.onChanges === 'END' ? 'end it at once' : 'wait until the others were heard'}; a new version{' '}
          {route.plan.onNewVersion === 'RESTART' ? 'begins it again' : 'stops it'}.
        </p>
      </div>
    </li>
  )
}

function MoveButton({ action, step, name }: { action: string; step: 'up' | 'down'; name: string }) {
  return (
    <Form method="post" action={action}>
      <SubmitButton
        size="sm"
        tone="quiet"
        name="step"
        value={step}
        formAction={action}
        icon={step === 'up' ? 'arrow-up' : 'arrow-down'}
        aria-label={step === 'up' ? `Ask ${name} earlier` : `Ask ${name} later`}
      >
        {step === 'up' ? 'Earlier' : 'Later'}
      </SubmitButton>
    </Form>
  )
}

function StepLine({ step, names }: { step: PlannedStep; names: Readonly<Record<string, string>> }) {
  const t = useTranslations('account')
  const nameOf = (id: string) => names[id] ?? 'somebody who has left'
  const who = [...step.roles.map((role) => t(`role.${role}.label`)), ...step.people.map(nameOf)].join(', ')
  return (
    <div>
      <p>
        <strong>{step.name}</strong> {step.need !== 'ANY' && <Badge>{step.need === 'ALL' ? 'all' : `${step.wanted} of`}</Badge>}
      </p>
      <p className="small muted">
        {who}
        {step.ownerId && `; ${nameOf(step.ownerId)} sees to it`}
        {step.dueDays !== null && `; due after ${many(step.dueDays, 'working day', 'working days')}`}
        {step.escalateTo.length > 0 && `; then ${step.escalateTo.map(nameOf).join(', ')}`}
      </p>
    </div>
  )
}
