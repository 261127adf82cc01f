import fc from 'fast-check'
import jsonld from 'jsonld'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { canonical, type Json } from '../kernel/canonical.ts'
import { decide } from '../rights/rules/decide.ts'
import type { AssetRights } from '../rights/rules/known.ts'
import { LeafSet } from '../rights/rules/leaf-set.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { industries } from '../rights/rules/vocabulary/industries.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import { documentLoader, odrlLines } from './odrl-lines.ts'
import { anyTerms } from '#services/testing/any-terms.ts'
import type { RightsLine } from './rules/lines.ts'
import { writtenContext } from './rules/odrl-terms.ts'
import { policyOf } from './rules/odrl-write.ts'
import { sameBox } from './rules/written.ts'

const house = { houseId: 'org_1', houseName: 'Northlight Studio' }
const around = { zone: 'Europe/Berlin', now: new Date('2026-11-21T09:00:00Z') }
const documentOf = (policies: object[]): string => canonical({ '@context': writtenContext, '@graph': policies } as Json)
async function readAll(text: string | Buffer) {
  const lines: RightsLine[] = []
  const said: string[] = []
  for await (const { no, line, complaints } of odrlLines(Readable.from([Buffer.from(text)]), around)) {
    if (line) lines.push(line)
    for (const { column, message } of complaints) said.push(`${no} ${column}: ${message}`)
  }
  return { lines, said }
}
const held = (terms: ScopeTerms, change: object = {}): RightsLine => ({
  kind: 'ACQUISITIONS',
  asset: 'ast_1',
  contract: 'BR-14',
  licensor: 'Studio Brandt',
  subLicensable: true,
  replaces: false,
  terms,
  ...change,
})
const ban = (terms: ScopeTerms): RightsLine => ({
  kind: 'RESTRICTIONS',
  asset: 'ast_1',
  of: 'EMBARGO',
  reason: '=not yet',
  reference: null,
  replaces: false,
  terms: { ...terms, exclusive: false },
})
const always: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2020-01-01',
  until: null,
  zone: 'UTC',
  exclusive: false,
}

describe('a policy', () => {
  test('of a thousand random rows is read back to exactly the same boxes', async () => {
    const terms = fc.sample(anyTerms, { numRuns: 1_000, seed: 7 })
    const rows = terms.map((one, i): RightsLine => {
      if (i % 4 === 0) return held(one, { subLicensable: i % 8 === 0, contract: `-formula ${i}` })
      if (i % 4 === 1) return ban(one)
      if (i % 4 === 2)
        return {
          kind: 'RELEASES',
          asset: 'ast_1',
          of: 'MODEL',
          status: i % 8 === 2 ? 'LIMITED' : 'WITHDRAWN',
          reference: `MR ${i}`,
          minor: false,
          guardian: null,
          aiUses: i % 8 === 2,
          sensitive: i % 8 === 2 ? ['alcohol'] : [],
          replaces: false,
          terms: { ...one, exclusive: false },
        }
      return {
        kind: 'SALES',
        asset: 'ast_1',
        shop: 'Alpine & Söhne',
        reference: `AS-${i}`,
        holder: i % 8 === 3 ? '' : 'Kontor GmbH',
        soldAt: new Date('2026-03-02T10:00:00Z'),
        replaces: false,
        terms: i % 8 === 3 ? { ...one, limits: { printRun: 5_000, pixels: 100 } } : one,
      }
    })
    const { lines, said } = await readAll(documentOf(rows.map((row, i) => policyOf(`x${String(i).padStart(4, '0')}`, row, house))))
    expect(said).toEqual([])
    expect(lines).toHaveLength(1_000)
    lines.forEach((line, i) => {
      const row = rows[i] as RightsLine
      expect(sameBox(boxOf(line.terms), boxOf(row.terms)), JSON.stringify(row.terms)).toBe(true)
      expect({ ...line, terms: null }).toEqual({ ...row, terms: null })
      expect(line.terms.exclusive).toBe(row.terms.exclusive)
      expect(line.terms.limits).toEqual(row.terms.limits)
    })
  })

  test('is a plain ODRL agreement whose words all have IRIs, the two that are wrong in the published context included', async () => {
    const policy = policyOf('acq_1', held({ ...always, industry: ['fashion'], territory: { include: ['WORLD'], except: ['JP'] } }), house)
    const [expanded] = (await jsonld.expand({ '@context': writtenContext, ...policy } as never, { documentLoader })) as Record<
      string,
      unknown
    >[]
    const text = JSON.stringify(expanded)
    expect(expanded).toMatchObject({ '@id': 'urn:clearmark:acquisition:acq_1', '@type': ['http://www.w3.org/ns/odrl/2/Agreement'] })
    expect(text).toContain('"http://www.w3.org/ns/odrl/2/leftOperand":[{"@id":"http://www.w3.org/ns/odrl/2/industry"}]')
    expect(text).toContain('"http://www.w3.org/ns/odrl/2/conflict":[{"@id":"http://www.w3.org/ns/odrl/2/prohibit"}]')
    expect(text).toContain('urn:clearmark:territory:JP')
    expect(text).not.toMatch(/"@id":"(?!https?:|urn:|_:)/)
    const neq = (await jsonld.expand({ '@context': writtenContext, '@id': 'urn:x', operator: 'neq' } as never, {
      documentLoader,
    })) as unknown
    expect(JSON.stringify(neq)).toContain('odrl/2/neq"')
  })

  test('is the same text each time', () => {
    const twice = [0, 1].map(() => documentOf([policyOf('acq_1', held(always), house)]))
    expect(twice[0]).toBe(twice[1])
  })
})

/**
 * A small evaluator that knows ODRL and nothing of our engine: it looks only at the written policies, and takes our codes for
 * the leaves under them.
 */
interface Asked {
  media: number
  spatial: number
  industry: number
  at: number
}
type Rule = { constraint: { leftOperand: string; operator: string; rightOperand: unknown }[] }
const leavesOf = (iri: string): LeafSet => {
  const [, , axis = '', ...code] = iri.split(':')
  const words = axis === 'media' ? media : axis === 'territory' ? territories : industries
  return words.setOf(code.join(':')) ?? LeafSet.none
}
const holds = ({ leftOperand, operator, rightOperand }: Rule['constraint'][number], asked: Asked): boolean => {
  if (leftOperand === 'dateTime') {
    const at = Date.parse((rightOperand as { '@value': string })['@value'])
    return operator === 'gteq' ? asked.at >= at : asked.at < at
  }
  const meets = (rightOperand as { '@id': string }[]).some((one) =>
    leavesOf(one['@id']).has(asked[leftOperand as 'media' | 'spatial' | 'industry']),
  )
  return operator === 'isAnyOf' ? meets : !meets
}
const permitted = (policies: Record<string, unknown>[], asked: Asked): boolean => {
  const rules = (name: string) => policies.flatMap((policy) => (policy[name] ?? []) as Rule[])
  const applies = (rule: Rule) => rule.constraint.every((one) => holds(one, asked))
  return rules('permission').some(applies) && !rules('prohibition').some(applies)
}

test('an evaluator of ODRL and the engine agree on every use', () => {
  const point = fc.record({
    media: fc.integer({ min: 1, max: 64 }),
    spatial: fc.integer({ min: 1, max: 250 }),
    industry: fc.integer({ min: 1, max: 49 }),
    at: fc.integer({ min: Date.UTC(2023, 0), max: Date.UTC(2036, 0) }),
  })
  fc.assert(
    fc.property(
      fc.array(anyTerms, { minLength: 1, maxLength: 4 }),
      fc.array(anyTerms, { maxLength: 3 }),
      fc.array(point, { minLength: 20, maxLength: 20 }),
      (gains, bans, points) => {
        const policies = [
          ...gains.map((terms, i) => policyOf(`a${i}`, held(terms), house)),
          ...bans.map((terms, i) => policyOf(`r${i}`, ban(terms), house)),
        ]
        const recorded = { recordedAt: new Date(0), supersededAt: null }
        const rights: AssetRights = {
          asset: { id: 'ast_1', no: 1n, showsPeople: false, showsProperty: false, editorialOnly: false },
          acquisitions: gains.map((terms, i) => ({
            ...recorded,
            id: `a${i}`,
            contract: 'c',
            licensor: 'l',
            box: boxOf(terms),
            subLicensable: true,
            exclusive: false,
          })),
          restrictions: bans.map((terms, i) => ({
            ...recorded,
            id: `r${i}`,
            kind: 'OTHER',
            reason: 'r',
            reference: null,
            box: boxOf(terms),
          })),
          releases: [],
          claims: [],
          licences: [],
        }
        for (const asked of points) {
          const box = { media: LeafSet.of(asked.media), territory: LeafSet.of(asked.spatial), industry: LeafSet.of(asked.industry) }
          const at = new Date(asked.at)
          expect(permitted(policies, asked)).toBe(
            decide(rights, { box, exclusive: false, by: 'holder' }, { at, knownAt: at }).verdict !== 'deny',
          )
        }
      },
    ),
    { numRuns: 1_000 },
  )
})

describe('a document from elsewhere', () => {
  const policy = (change: object = {}, rule: object = {}, constraint: object[] = []) => ({
    '@type': 'Agreement',
    uid: 'https://other.example/p/1',
    conflict: 'prohibit',
    permission: [
      {
        target: 'ast_1',
        assigner: 'https://other.example/',
        action: 'use',
        constraint: [
          { leftOperand: 'dateTime', operator: 'gteq', rightOperand: { '@type': 'xsd:date', '@value': '2026-01-01' } },
          ...constraint,
        ],
        ...rule,
      },
    ],
    ...change,
  })
  const told = async (one: object, context: unknown = writtenContext) =>
    (await readAll(JSON.stringify({ '@context': context, ...one }))).said.join('\n')

  test('in plain ODRL is read as what is acquired: unnamed axes are everything', async () => {
    const { lines, said } = await readAll(JSON.stringify({ '@context': 'https://www.w3.org/ns/odrl.jsonld', ...policy() }))
    expect(said).toEqual([])
    expect(lines).toMatchObject([
      {
        kind: 'ACQUISITIONS',
        contract: 'https://other.example/p/1',
        licensor: 'https://other.example/',
        subLicensable: false,
        terms: { media: ['ALL'], territory: { include: ['WORLD'] }, from: '2026-01-01', until: null },
      },
    ])
  })
  test('may hold its rules apart, name several pictures, and prohibit', async () => {
    const text = JSON.stringify({
      '@context': writtenContext,
      '@graph': [
        { '@type': 'Set', uid: 'urn:p', prohibition: [{ '@id': 'urn:rule' }] },
        {
          '@id': 'urn:rule',
          target: ['ast_1', 'ast_2'].map((id) => `urn:clearmark:asset:${id}`),
          action: 'use',
          constraint: [{ leftOperand: 'media', operator: 'eq', rightOperand: { '@id': 'urn:clearmark:media:social' } }],
        },
      ],
    })
    const { lines, said } = await readAll(text)
    expect(said).toEqual([])
    expect(lines).toMatchObject([{ asset: 'ast_1', kind: 'RESTRICTIONS', of: 'OTHER', terms: { media: ['social'] } }, { asset: 'ast_2' }])
  })

  const bad: [string, object, string][] = [
    [
      'an unknown left operand',
      policy({}, {}, [{ leftOperand: 'meteredTime', operator: 'lteq', rightOperand: 'PT1H' }]),
      '1 leftOperand: “meteredTime” is not understood here.',
    ],
    [
      'a place of another vocabulary',
      policy({}, {}, [{ leftOperand: 'spatial', operator: 'eq', rightOperand: { '@id': 'https://www.wikidata.org/wiki/Q183' } }]),
      '1 spatial: This is no territory of our vocabulary.',
    ],
    [
      'a code that we do not know',
      policy({}, {}, [{ leftOperand: 'media', operator: 'eq', rightOperand: { '@id': 'urn:clearmark:media:web-baner' } }]),
      '1 media: There is no medium “web-baner”. Did you mean web-banner',
    ],
    [
      'an operator that cannot be kept',
      policy({}, {}, [{ leftOperand: 'media', operator: 'isNoneOf', rightOperand: { '@id': 'urn:clearmark:media:ai' } }]),
      '1 media: Only places can be left out',
    ],
    [
      'two constraints on one operand',
      policy(
        {},
        {},
        [1, 2].map(() => ({ leftOperand: 'media', operator: 'eq', rightOperand: { '@id': 'urn:clearmark:media:ai' } })),
      ),
      '1 media: Two constraints say the same',
    ],
    [
      'a logical constraint',
      policy({}, {}, [{ or: [{ leftOperand: 'media', operator: 'eq', rightOperand: 'x' }] }]),
      '1 or: “or” within a constraint is not understood.',
    ],
    ['a duty', policy({}, { duty: [{ action: 'compensate' }] }), '1 duty: “duty” on a permission is a condition'],
    ['a narrower action', policy({}, { action: 'print' }), '1 action: Only “use”'],
    ['an offer', policy({ '@type': 'Offer' }), '1 type: Offers, requests and tickets'],
    ['a profile that nobody knows', policy({ profile: 'https://other.example/profile' }), '1 profile: This profile is not known here'],
    ['something inherited', policy({ inheritFrom: 'https://other.example/p/0' }), '1 inheritFrom: “inheritFrom” is not understood here'],
    ['a policy that was replaced', policy({ 'dct:isReplacedBy': { '@id': 'urn:p2' } }), '1 isReplacedBy: This policy was replaced.'],
    [
      'a conflict that voids it',
      policy({ conflict: 'perm', prohibition: [{ target: 'ast_1', action: 'use' }] }),
      '1 conflict: Where both permissions and prohibitions stand',
    ],
    [
      'a rule that is not there',
      policy({ permission: [{ '@id': 'https://other.example/rule' }] }),
      '1 permission: The document names this rule, but does not hold it.',
    ],
    ['nothing at all', policy({ permission: [] }), '1 permission: The policy permits nothing'],
    [
      'an end within a day',
      policy({}, {}, [
        { leftOperand: 'dateTime', operator: 'lt', rightOperand: { '@type': 'xsd:dateTime', '@value': '2026-05-01T12:00:00Z' } },
      ]),
      '1 dateTime: Periods begin and end at midnight in Europe/Berlin.',
    ],
    [
      'a zone that is none',
      policy({ 'cm:zone': 'Mars/Olympus' }, {}, [
        { leftOperand: 'dateTime', operator: 'lt', rightOperand: { '@type': 'xsd:dateTime', '@value': '2027-01-01T00:00:00Z' } },
      ]),
      '1 zone: There is no such time zone.',
    ],
    [
      'an end out of every calendar',
      policy({}, {}, [
        { leftOperand: 'dateTime', operator: 'lt', rightOperand: { '@type': 'xsd:dateTime', '@value': '9999-12-31T23:00:00Z' } },
      ]),
      '1 dateTime: Write no end where there is none',
    ],
    [
      'an end before the beginning',
      policy({}, {}, [{ leftOperand: 'dateTime', operator: 'lteq', rightOperand: { '@type': 'xsd:date', '@value': '2025-05-01' } }]),
      '1 until: The last day is before the first',
    ],
    ['no policy', { '@type': 'Party', uid: 'urn:x' }, '1 document: There is no policy in this document.'],
  ]
  test.each(bad)('with %s is refused, and nothing of it read', async (_, one, message) => {
    const { lines, said } = await readAll(JSON.stringify({ '@context': writtenContext, ...one }))
    expect(said.join('\n')).toContain(message)
    expect(lines).toEqual([])
  })

  test('whose context lies elsewhere is refused: nothing is fetched', async () => {
    expect(await told(policy(), 'https://evil.example/context.jsonld')).toContain(
      '1 document: The document names a context that is not kept here, and none is ever fetched.',
    )
    expect(await told(policy(), { '@import': 'http://169.254.169.254/latest', '@version': 1.1 })).toContain('none is ever fetched')
  })
  test.each(['__proto__', 'constructor', 'toString'])(
    'that names a node %s writes nothing into other objects, and is refused',
    async (name) => {
      const before = [Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Object)]
      const node = `{ "@id": "${name}", "@type": "urn:T", "urn:x": "polluted" }`
      for (const text of [
        node,
        `{ "@graph": [${node}] }`,
        `{ "@id": "urn:a", "urn:y": ${node} }`,
        `{ "@id": "urn:a", "@reverse": { "urn:y": ${node} } }`,
      ]) {
        const { lines, said } = await readAll(text)
        expect([lines, said]).toEqual([[], [expect.stringContaining('Nothing can have this name.') as string]])
      }
      expect([Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Object)]).toEqual(before)
    },
  )

  test('that is no JSON, no UTF-8, no object, or nested without end is refused with a sentence', async () => {
    expect((await readAll('{"a":')).said[0]).toContain('1 document: This is no JSON')
    expect((await readAll(Buffer.from([0x7b, 0xff, 0x7d]))).said[0]).toContain('not UTF-8')
    expect((await readAll('3')).said[0]).toContain('no JSON object')
    expect((await readAll('['.repeat(100_000))).said[0]).toContain('nested more than 24 levels')
    expect((await readAll('{"@context":{"a":{"@id":"b"},"b":{"@id":"a"}},"a":1}')).said[0]).toContain(
      'This is no JSON-LD that can be expanded',
    )
  })
})
