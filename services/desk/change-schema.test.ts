import { expect, test } from 'vitest'
import { changeForms, decideItemInput } from './change-schema.ts'

const ending = {
  source: { by: 'contract', reference: 'BR-14' },
  zone: 'Europe/Berlin',
  reason: 'Notice of 3 March',
  holderWords: 'The licensor has ended its contract.',
  when: 'day',
  lastDay: '2026-12-31',
}
const read = (change: object) => changeForms.END_CONTRACT.safeParse({ ...ending, ...change })

test('a change is read as it stands; a zone or a day that is none is said, not tried', () => {
  expect(read({}).success).toBe(true)
  for (const change of [{ zone: 'Mars/Olympus' }, { zone: '' }, { lastDay: '9999-12-31' }, { lastDay: '2026-02-30' }])
    expect(read(change).success).toBe(false)
})

test('a line that no plan can have is none', () => {
  const no = (text: string) => decideItemInput.safeParse({ no: text, decision: 'KEEP' }).success
  expect(['1', '20000', '0', '99999999999', '1e300', 'x'].map(no)).toEqual([true, true, false, false, false, false])
})
