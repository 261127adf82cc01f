import { Form, Link, useSubmit } from '@remix-run/react'
import { Button } from '#app/components/ui/button.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { horizons, searchOf, usualFilter, type WorkFilter } from '#services/desk/rules/filter.ts'
import { kindGroups, kindWords } from '#services/desk/rules/kinds.ts'
import { severities } from '#services/desk/rules/severity.ts'
import type { Worklist } from '#services/desk/worklist.ts'
import { severityWords } from './words.ts'

const without = <T,>(list: readonly T[], one: T): T[] => list.filter((other) => other !== one)
const toggled = <T,>(list: readonly T[], one: T): T[] => (list.includes(one) ? without(list, one) : [...list, one])
const addressOf = (filter: WorkFilter): string => `/rights?${searchOf(filter) || 'view=usual'}`

function Chip({ to, label, count, on }: { to: string; label: string; count: number; on: boolean }) {
  return (
    <li>
      <Link className="work-chip" to={to} aria-current={on ? 'true' : undefined} preventScrollReset>
        {label} <span className="numeric">{count.toLocaleString('en-GB')}</span>
      </Link>
    </li>
  )
}

/** The kinds that there are now, each with how many: a press adds it to the list or takes it away. */
export function WorkKinds({
  filter,
  kinds,
  bySeverity,
}: {
  filter: WorkFilter
  kinds: Worklist['kinds']
  bySeverity: Worklist['severities']
}) {
  const groups = kindGroups
    .map(({ label, kinds: own }) => ({ label, kinds: own.filter((kind) => kinds[kind] > 0 || filter.kinds.includes(kind)) }))
    .filter((group) => group.kinds.length > 0)
  return (
    <nav className="work-kinds" aria-label="Narrow the list">
      <div>
        <h2 className="eyebrow">How bad</h2>
        <ul>
          {[...severities].reverse().map((one) => (
            <Chip
              key={one}
              to={addressOf({ ...filter, severities: toggled(filter.severities, one) })}
              label={severityWords[one]}
              count={bySeverity[one]}
              on={filter.severities.includes(one)}
            />
          ))}
        </ul>
      </div>
      {groups.map((group) => (
        <div key={group.label}>
          <h2 className="eyebrow">{group.label}</h2>
          <ul>
            {group.kinds.map((kind) => (
              <Chip
                key={kind}
                to={addressOf({ ...filter, kinds: toggled(filter.kinds, kind) })}
                label={kindWords[kind]}
                count={kinds[kind]}
                on={filter.kinds.includes(kind)}
              />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

const marks = [
  { value: 'open', label: 'Open' },
  { value: 'snoozed', label: 'Put off' },
  { value: 'done', label: 'Dealt with' },
  { value: 'any', label: 'All' },
]
const sorts = [
  { value: 'pressing', label: 'Most pressing first' },
  { value: 'day', label: 'By day' },
  { value: 'pictures', label: 'Most pictures first' },
]

/** Words, horizon, who, state, order: a form, so that it works without a script; with one, a choice shows at once. */
export function WorkFilterForm({ filter, colleagues }: { filter: WorkFilter; colleagues: Worklist['colleagues'] }) {
  const submit = useSubmit()
  const people = [
    { value: 'anybody', label: 'Anybody' },
    { value: 'me', label: 'Me' },
    { value: 'nobody', label: 'Nobody yet' },
    { value: 'somebody', label: 'Somebody' },
    { label: 'Colleagues', options: colleagues.map(({ id, name }) => ({ value: id, label: name })) },
  ]
  const key = searchOf(filter)
  return (
    <Form
      className="work-filter"
      role="search"
      aria-label="Worklist"
      action="/rights"
      key={key}
      onChange={(event) => {
        if ((event.target as HTMLElement).tagName === 'SELECT') submit(event.currentTarget, { preventScrollReset: true })
      }}
    >
      {filter.kinds.map((kind) => (
        <input key={kind} type="hidden" name="kind" value={kind} />
      ))}
      {filter.severities.map((one) => (
        <input key={one} type="hidden" name="severity" value={one} />
      ))}
      <TextField name="q" type="search" label="Contract, licensor, holder" defaultValue={filter.q} maxLength={100} autoComplete="off" />
      <Select
        name="within"
        label="Ends within"
        defaultValue={String(filter.within)}
        options={horizons.map((days) => ({ value: String(days), label: days === 365 ? 'A year' : `${days} days` }))}
      />
      <Select name="assignee" label="Seen to by" defaultValue={filter.assignee} options={people} />
      <Select name="mark" label="State" defaultValue={filter.mark} options={marks} />
      <Select name="sort" label="Order" defaultValue={filter.sort} options={sorts} />
      <Button type="submit">Show</Button>
      {key !== '' && (
        <p className="small">
          <Link to={addressOf(usualFilter)}>Clear</Link>
        </p>
      )}
    </Form>
  )
}
