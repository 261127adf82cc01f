import { expect, test } from 'vitest'
import { canonical } from '../../kernel/canonical.ts'
import { hashOf, judgeLink, origin, type Link } from './chain.ts'

const at = new Date('2026-11-21T09:00:00.000Z')
const body = canonical({
  id: 'fct_1',
  house: 'org_1',
  at: at.toISOString(),
  type: 'licence.issued',
  actor: { kind: 'person', id: 'usr_1', name: 'Ada' },
  subject: { kind: 'licence', id: 'lic_1' },
  data: {},
})
const link: Link = {
  seq: 1n,
  factId: 'fct_1',
  prevHash: origin.hash,
  hash: hashOf(origin.hash, body),
  fact: {
    houseId: 'org_1',
    at,
    type: 'licence.issued',
    actorKind: 'person',
    actorId: 'usr_1',
    actorName: 'Ada',
    subjectKind: 'licence',
    subjectId: 'lic_1',
    body,
  },
}
const fact = link.fact as NonNullable<Link['fact']>

test('a link as it was written is right', () => {
  expect(judgeLink('org_1', origin, link)).toBeNull()
})

test.each([
  ['a gap in the numbers', { ...link, seq: 2n }, 'row-missing', '1'],
  ['a fact that is gone', { ...link, fact: null }, 'fact-missing', '1'],
  ['another hash before it', { ...link, prevHash: 'a'.repeat(64) }, 'order-broken', '1'],
  ['a changed text', { ...link, fact: { ...fact, body: body.replace('Ada', 'Eve') } }, 'body-changed', '1'],
  ['a changed instant', { ...link, fact: { ...fact, at: new Date(at.getTime() + 1) } }, 'columns-differ', '1'],
  ['a changed person', { ...link, fact: { ...fact, actorId: 'usr_2' } }, 'columns-differ', '1'],
  ['a changed subject', { ...link, fact: { ...fact, subjectId: 'lic_2' } }, 'columns-differ', '1'],
] as const)('%s is named', (_name, wrong, kind, seq) => {
  expect(judgeLink('org_1', origin, wrong as Link)).toMatchObject({ kind, seq })
})

test('a fact of another house is named', () => {
  expect(judgeLink('org_2', origin, link)).toMatchObject({ kind: 'columns-differ' })
})
