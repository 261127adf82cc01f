import { Form, Link, useSubmit } from '@remix-run/react'
import { Button } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { taskAddress, type TaskFilter } from '#services/review/rules/filter.ts'
import type { Queue } from '#services/review/views.ts'

const sorts = [
  { value: 'due', label: 'Due first' },
  { value: 'oldest', label: 'Longest waiting first' },
  { value: 'newest', label: 'Newest first' },
]

/** Words, step, route, who, overdue: a form, so that it works without a script; with one, a choice shows at once. */
export function QueueFilter({ queue, filter }: { queue: Queue; filter: TaskFilter }) {
  const submit = useSubmit()
  const asked = filter.q !== '' || filter.step !== '' || filter.route !== '' || filter.owner !== '' || filter.late
  return (
    <Form
      className="work-filter"
      role="search"
      aria-label="Reviews"
      action="/library/review"
      key={taskAddress(filter)}
      onChange={(event) => {
        if ((event.target as HTMLElement).matches('select, [type="checkbox"]')) submit(event.currentTarget, { preventScrollReset: true })
      }}
    >
      {filter.tab && <input type="hidden" name="tab" value={filter.tab} />}
      {filter.view !== 'list' && <input type="hidden" name="view" value={filter.view} />}
      <TextField name="q" type="search" label="Title" defaultValue={filter.q} maxLength={100} autoComplete="off" />
      <Select
        name="step"
        label="Step"
        defaultValue={filter.step}
        options={[{ value: '', label: 'Every step' }, ...queue.steps.map((name) => ({ value: name, label: name }))]}
      />
      <Select
        name="route"
        label="Route"
        defaultValue={filter.route}
        options={[
          { value: '', label: 'Every route' },
          ...queue.routes.map(({ id, name }) => ({ value: id, label: name })),
          { value: 'none', label: 'One step, no route' },
        ]}
      />
      <Select
        name="owner"
        label="Owner"
        defaultValue={filter.owner}
        options={[
          { value: '', label: 'Anybody' },
          { value: 'nobody', label: 'Nobody in particular' },
          { label: 'Colleagues', options: queue.colleagues.map(({ id, name }) => ({ value: id, label: name })) },
        ]}
      />
      {filter.view === 'list' && <Select name="sort" label="Order" defaultValue={filter.sort} options={sorts} />}
      <Checkbox name="late" value="yes" label="Overdue only" defaultChecked={filter.late} />
      <Button type="submit">Show</Button>
      {asked && (
        <p className="small">
          <Link to={taskAddress({ tab: filter.tab, view: filter.view, sort: filter.sort })}>Clear</Link>
        </p>
      )}
    </Form>
  )
}
