import { expect, test } from 'vitest'
import { routeInput } from './schema.ts'

const asked = (...steps: object[]) => routeInput.safeParse({ name: 'Route', steps })
const brand = { name: 'Brand', roles: 'REVIEWER' }
const said = (outcome: ReturnType<typeof asked>) => outcome.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

test('a step without a name is none, but one that was filled in is not lost without a word', () => {
  expect(asked(brand, { isNew: 'on', name: '' }).data?.plan.steps).toMatchObject([{ name: 'Brand', roles: ['REVIEWER'] }])
  expect(asked(brand, { name: ' ', roles: 'AUDITOR' }).data?.plan.steps, 'one that was saved is taken away').toHaveLength(1)
  for (const more of [{ roles: 'RIGHTS_MANAGER' }, { people: 'usr_1' }, { dueDays: '2' }])
    expect(said(asked(brand, { isNew: 'on', name: '', ...more }))?.[0]).toMatch(/^steps\.1\.name: Give the step a name/)
  expect(asked(brand).data?.plan.steps[0]).not.toHaveProperty('isNew')
})

test.each([
  ['nobody decides', { name: 'A' }, 'steps.0.roles: Say who decides'],
  ['a reminder of no day', { ...brand, remindDays: '1' }, 'steps.0.dueDays: Reminders'],
  ['a reminder before it began', { ...brand, dueDays: '1', remindDays: '2' }, 'steps.0.remindDays: That is before'],
  ['escalation to nobody', { ...brand, dueDays: '1', escalateDays: '1' }, 'steps.0.escalateTo: Escalation needs both'],
  ['days that are none', { ...brand, dueDays: 'soon' }, 'steps.0.dueDays: Write a number'],
  ['no step at all', { name: '' }, 'steps: A route has at least one step'],
])('is refused with a word at its field: %s', (_name, step, words) => {
  expect(said(asked(step))?.[0]).toContain(words)
})
