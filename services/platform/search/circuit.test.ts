import { expect, test } from 'vitest'
import { standingClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import { Circuit } from './circuit.ts'
import { SearchAway, type AwayReason } from './search-server.ts'

const start = () => {
  const clock = standingClock('2026-11-21T09:00:00Z')
  const told: string[] = []
  const log = { ...silentLog, warn: (event: string) => void told.push(event), info: (event: string) => void told.push(event) }
  const circuit = new Circuit(clock, log)
  let asked = 0
  const well = () =>
    circuit.ask(
      'org_a',
      async () => (asked++, 'first'),
      async () => 'other',
    )
  const ill = (reason: AwayReason = 'not-ready') =>
    circuit.ask<string>(
      'org_a',
      async () => {
        asked++
        throw new SearchAway(reason, 'ill')
      },
      async () => 'other',
    )
  return { clock, told, circuit, well, ill, asked: () => asked }
}

test('who does not answer is left alone for two seconds, then twice as long each time, a minute at most', async () => {
  const { clock, circuit, ill } = start()
  const waits: number[] = []
  for (let i = 0; i < 8; i++) {
    expect(await ill()).toBe('other')
    const wait = (circuit.of('org_a').nextAt?.getTime() ?? 0) - clock.now().getTime()
    waits.push(wait / 1_000)
    clock.advance(wait)
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
})

test('until then nobody asks it; afterwards one tries, and the others wait for no one', async () => {
  const { clock, circuit, ill, asked } = start()
  await ill()
  await ill()
  expect(asked()).toBe(1)
  clock.advance(2_000)
  let release = () => undefined as void
  const trial = circuit.ask(
    'org_a',
    () => new Promise<string>((resolve) => void (release = () => resolve('first'))),
    async () => 'other',
  )
  expect(
    await circuit.ask(
      'org_a',
      async () => 'first',
      async () => 'other',
    ),
  ).toBe('other')
  release()
  expect(await trial).toBe('first')
  expect(
    await circuit.ask(
      'org_a',
      async () => 'first',
      async () => 'other',
    ),
  ).toBe('first')
})

test("one house's trouble is not another's, and it is told once", async () => {
  const { circuit, clock, told, ill, well } = start()
  await ill()
  expect(
    await circuit.ask(
      'org_b',
      async () => 'first',
      async () => 'other',
    ),
  ).toBe('first')
  expect(circuit.worst()).toMatchObject({ state: 'away', reason: 'not-ready', elsewhere: 1 })
  clock.advance(2_000)
  await ill()
  clock.advance(4_000)
  await well()
  expect(told).toEqual(['search.engine-away', 'search.engine-back'])
})

test('a question that it did not understand is answered elsewhere and keeps nobody else from it', async () => {
  const { circuit, ill, well, told } = start()
  expect(await ill('refused-question')).toBe('other')
  expect(await well()).toBe('first')
  expect(circuit.of('org_a').state).toBe('answering')
  expect(told).toEqual(['search.question-refused'])
})

test('a mistake of our own is not hidden', async () => {
  const { circuit } = start()
  await expect(
    circuit.ask(
      'org_a',
      async () => {
        throw new TypeError('ours')
      },
      async () => 'other',
    ),
  ).rejects.toThrow('ours')
  expect(circuit.of('org_a').state).toBe('answering')
})
