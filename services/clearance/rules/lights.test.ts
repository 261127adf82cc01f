import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxOfUse, decide, type Cause, type Reason } from '../../rights/rules/decide.ts'
import { nearest } from '../../rights/rules/nearest.ts'
import { anyRights, cases, instant, patience, use } from '#services/testing/small-world.ts'
import { kinds, kindWords, lightOf, lights, lightWords, mostOfIt } from './lights.ts'

const reason = (cause: Cause, own = false): Reason => ({ cause, id: 'x', contract: null, own, parts: [] })
const deny = (...reasons: Reason[]) => ({ verdict: 'deny' as const, reasons })
const half = [{ axis: 'territory' as const, kept: mostOfIt }]
const less = [{ axis: 'territory' as const, kept: mostOfIt - 1 }]
const taken = reason('taken')
const missing = [reason('release-missing'), reason('not-answered')]

describe('the table of lights', () => {
  test.each([
    ['a licence covers it', { verdict: 'allow' as const, reasons: [] }, 'holder' as const, [], 'GREEN licensed'],
    ['the house’s own licence covers it', { verdict: 'allow' as const, reasons: [] }, 'house' as const, [], 'GREEN licensed'],
    ['the house’s own use', { verdict: 'offer' as const, reasons: [] }, 'house' as const, [], 'GREEN own-use'],
    ['a holder needs a licence', { verdict: 'offer' as const, reasons: [] }, 'holder' as const, [], 'AMBER licence-needed'],
    ['only one’s own licence is in the way', deny(reason('taken', true)), 'holder' as const, [], 'AMBER partly-licensed'],
    ['an answer is missing', deny(...missing), 'holder' as const, [], 'AMBER answer-missing'],
    [
      'an answer is missing beside one’s own licence',
      deny(...missing, reason('taken', true)),
      'house' as const,
      half,
      'AMBER answer-missing',
    ],
    ['an answer is missing, and worse', deny(...missing, taken), 'holder' as const, [], 'RED refused'],
    ['the larger part can be had', deny(taken), 'holder' as const, half, 'AMBER partly'],
    ['the smaller part can be had', deny(taken), 'holder' as const, less, 'RED refused'],
    ['one of several ways keeps enough', deny(taken), 'house' as const, [...less, ...half], 'AMBER partly'],
    ['nothing can be had', deny(taken), 'holder' as const, [], 'RED refused'],
  ])('%s', (_what, decision, by, counters, expected) => {
    const { light, kind } = lightOf(decision, by, counters)
    expect(`${light} ${kind}`).toBe(expected)
  })

  test.each([
    'not-held',
    'not-sub-licensable',
    'restriction',
    'editorial-only',
    'release-limited',
    'release-refused',
    'release-withdrawn',
    'release-sensitive',
    'release-ai',
    'taken',
  ] as Cause[])('%s is no answer that is merely missing', (cause) => expect(lightOf(deny(reason(cause)), 'holder', []).light).toBe('RED'))

  test('every light and kind has words', () => {
    expect(Object.keys(lightWords)).toEqual([...lights])
    expect(Object.keys(kindWords)).toEqual([...kinds])
  })
})

describe('on random rights', () => {
  const when = { at: instant(0), knownAt: instant(0) }
  const drawn = fc.tuple(anyRights, use)
  const lit = (rights: Parameters<typeof decide>[0], asked: Parameters<typeof decide>[1]) => {
    const decision = decide(rights, asked, when)
    const counters = nearest(rights, asked, when)
    return { decision, counters, ...lightOf(decision, asked.by, counters) }
  }

  test(
    'no light is greener than the engine',
    () =>
      fc.assert(
        fc.property(drawn, ([rights, asked]) => {
          const { light, kind, decision } = lit(rights, asked)
          if (light === 'GREEN') expect(decision.verdict === 'allow' || (decision.verdict === 'offer' && asked.by === 'house')).toBe(true)
          if (decision.verdict === 'deny') expect(light).not.toBe('GREEN')
          else expect(light).not.toBe('RED')
          if (kind === 'licence-needed') expect(decision.verdict).toBe('offer')
        }),
        { numRuns: cases(1_000) },
      ),
    patience,
  )

  test(
    'what can be had instead is never refused when it is asked',
    () =>
      fc.assert(
        fc.property(drawn, ([rights, asked]) => {
          const { kind, counters } = lit(rights, asked)
          if (kind === 'partly') expect(counters.length).toBeGreaterThan(0)
          for (const { box, exclusive } of counters) expect(lit(rights, { ...asked, box, exclusive }).light).not.toBe('RED')
        }),
        { numRuns: cases(1_000) },
      ),
    patience,
  )

  test(
    'a licence of the asker’s own over all of it makes it green, unless the rights themselves stand against it',
    () =>
      fc.assert(
        fc.property(drawn, ([rights, asked]) => {
          const box = boxOfUse(asked, when.at)
          const licence = {
            id: 'own',
            no: 99n,
            number: 'CM-OWN',
            box,
            exclusive: true,
            limits: {},
            recordedAt: instant(-20),
            supersededAt: null,
          }
          const before = lit(rights, asked)
          const after = lit({ ...rights, licences: [...rights.licences, licence] }, asked)
          if (before.decision.verdict !== 'deny') expect(after).toMatchObject({ light: 'GREEN', kind: 'licensed' })
          else if (after.light === 'GREEN') expect(before.decision.reasons.every(({ cause, own }) => cause === 'taken' && own)).toBe(true)
        }),
        { numRuns: cases(1_000) },
      ),
    patience,
  )
})
