import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liveSpans, type LiveFact } from './live-spans.ts'
import { fieldDifferences, recordAsOf } from './record-as-of.ts'

const day = (n: number) => new Date(Date.UTC(2026, 0, n))

describe('when a version was live', () => {
  test('from being put live until the next one, a hold or an end; a hold that ends brings back what was', () => {
    const facts: LiveFact[] = [
      { type: 'asset.published', at: day(1), by: 'Lena', versionId: 'v1' },
      { type: 'asset.published', at: day(3), by: 'Jonas', versionId: 'v2' },
      { type: 'asset.held', at: day(5), by: 'Maren', versionId: null },
      { type: 'asset.resumed', at: day(6), by: 'Maren', versionId: null, to: 'PUBLISHED' },
      { type: 'asset.withdrawn', at: day(9), by: 'Maren', versionId: null },
      { type: 'asset.resumed', at: day(10), by: 'Maren', versionId: null, to: 'DRAFT' },
    ]
    const spans = liveSpans(facts)
    expect(spans.get('v1')).toEqual([{ from: day(1), by: 'Lena', until: day(3) }])
    expect(spans.get('v2')).toEqual([
      { from: day(3), by: 'Jonas', until: day(5) },
      { from: day(6), by: 'Maren', until: day(9) },
    ])
  })

  test('is at each instant true of one version at most, as a clerk who walks through the days would say', () => {
    const fact = fc.constantFrom(
      'asset.published:a',
      'asset.published:b',
      'asset.held:',
      'asset.resumed:',
      'asset.withdrawn:',
      'asset.expired:',
    )
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 30 }), (words) => {
        const facts = words.map((word, i): LiveFact => {
          const [type = '', version] = word.split(':')
          return { type, at: day(i + 1), by: 'x', versionId: version || null, to: 'PUBLISHED' }
        })
        const spans = liveSpans(facts)
        let live: string | null = null
        let last: string | null = null
        facts.forEach(({ type, versionId, at }) => {
          if (type === 'asset.published') live = last = versionId
          else if (type === 'asset.resumed') live = last
          else live = null
          const said = [...spans]
            .filter(([, each]) => each.some(({ from, until }) => from <= at && (until === null || at < until)))
            .map(([id]) => id)
          expect(said).toEqual(live === null ? [] : [live])
        })
      }),
    )
  })
})

describe('the record as it was', () => {
  test('at any instant is what it was then', () => {
    const edit = fc.record({ field: fc.constantFrom('title', 'creator', 'keywords'), to: fc.string({ maxLength: 3 }) })
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), fc.integer({ min: 0, max: 21 }), (steps, when) => {
        let now: Record<string, string> = { title: '', creator: '', keywords: '' }
        const states = [now]
        const edits = steps.map(({ field, to }, i) => {
          const changes = { [field]: { from: now[field] ?? '', to } }
          now = { ...now, [field]: to }
          states.push(now)
          return { at: day(i + 1), changes }
        })
        const at = Math.min(when, steps.length)
        expect(recordAsOf(now, edits, day(at))).toEqual(states[at])
      }),
    )
  })

  test('two records differ in the fields that differ', () => {
    expect(fieldDifferences({ a: 1, b: ['x'], c: null }, { a: 1, b: ['x', 'y'], d: 'new' })).toEqual([
      { field: 'b', from: ['x'], to: ['x', 'y'] },
      { field: 'd', from: null, to: 'new' },
    ])
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.integer()), (one) => fieldDifferences(one, one).length === 0))
  })
})
