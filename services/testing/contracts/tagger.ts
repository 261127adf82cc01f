import { describe, expect, test } from 'vitest'
import { mostSuggested, type Tagger, type TaggerAsk } from '#services/platform/tagger/tagger.ts'

const ask = (more: Partial<TaggerAsk> = {}): TaggerAsk => ({
  path: null,
  mediaType: 'image/jpeg',
  words: [],
  known: [],
  near: [],
  never: [],
  ...more,
})
const many = Array.from(
  { length: 60 },
  (_, n) => `word${String.fromCharCode(97 + (n % 26))}${String.fromCharCode(97 + Math.floor(n / 26))}`,
)

/** What every tagger keeps, whatever it looks at. A tagger of the outside runs the same tests against its own stand-in. */
export function taggerContract(name: string, make: () => Tagger): void {
  describe(`${name} keeps the contract of a tagger`, () => {
    test('it has a name, and of nothing it says nothing that is not sure', async () => {
      const tagger = make()
      expect(tagger.name).toMatch(/^[a-z0-9-]{2,40}$/)
      for (const { confidence } of await tagger.suggest(ask())) expect(confidence).toBeLessThanOrEqual(1)
    })

    test('it never suggests what it was told never to, however that is written', async () => {
      const near = [1, 1, 1].map((weight) => ({ from: 'SHOOT' as const, weight, terms: ['Harbour', 'boats'] }))
      const found = await make().suggest(
        ask({
          near,
          never: ['HARBOUR'],
          words: [{ from: 'FILE_NAME', text: 'harbour.jpg' }],
          known: [{ term: 'harbour', names: ['harbour'] }],
        }),
      )
      expect(found.map(({ term }) => term.toLowerCase())).not.toContain('harbour')
    })

    test('it gives a bounded list of different terms, the surest first, each between 0 and 1, and the same twice', async () => {
      const near = [1, 0.9, 0.8].map((weight) => ({ from: 'NEIGHBOURS' as const, weight, terms: many }))
      const [one, two] = [await make().suggest(ask({ near })), await make().suggest(ask({ near }))]
      expect(one).toEqual(two)
      expect(one.length).toBeLessThanOrEqual(mostSuggested)
      expect(new Set(one.map(({ term }) => term)).size).toBe(one.length)
      const sure = one.map(({ confidence }) => confidence)
      expect(sure.every((confidence) => confidence > 0 && confidence <= 1)).toBe(true)
      expect([...sure].sort((a, b) => b - a)).toEqual(sure)
    })
  })
}
