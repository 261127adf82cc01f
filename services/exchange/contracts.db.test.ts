import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDb, testDb } from '#services/testing/db.ts'
import { always, anExchange, textOf } from '#services/testing/exchange.ts'
import { anAsset } from '#services/testing/world.ts'
import { contractForm, contractPage, contractsPage } from './contract-views.ts'
import { recordForMany } from './many.ts'
import { odrlOfContract } from './odrl.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

describe('contracts', () => {
  test('list what they give and find by a part of their name; each tells its scopes and pictures', async () => {
    const { ctx, house, as } = await anExchange(t.db)
    const assets = [
      await anAsset(ctx, { houseId: house.id, held: false, title: 'Kiel' }),
      await anAsset(ctx, { houseId: house.id, held: false, title: 'Oslo' }),
    ]
    const names = `${assets[0]?.id}\nOslo\n`
    const record = (change: object = {}) =>
      recordForMany(ctx, {
        contract: 'BR 2026/14',
        licensor: 'Studio Brandt',
        pictures: names,
        subLicensable: true,
        replaces: false,
        terms: { ...always, until: '2027-12-31' },
        ...change,
      })
    expect(await record()).toMatchObject({ ok: true, value: { added: 2, known: 0 } })
    expect(await record()).toMatchObject({ ok: true, value: { added: 0, known: 2 } })
    expect(await record({ pictures: 'Kiel\nnowhere' })).toMatchObject({
      ok: false,
      error: 'unknown-pictures',
      detail: { names: ['nowhere'] },
    })
    expect(await record({ pictures: Array.from({ length: 2_001 }, (_, i) => `p${i}`).join('\n') })).toMatchObject({
      ok: false,
      error: 'too-many',
    })
    expect(await record({ pictures: 'Kiel', replaces: true, terms: { ...always, media: ['social'] } })).toMatchObject({
      ok: true,
      value: { added: 1, replaced: 1 },
    })

    const { page } = await contractsPage(ctx, { q: 'brandt', after: null })
    expect(page.items).toMatchObject([
      { reference: 'BR 2026/14', licensor: 'Studio Brandt', pictures: 2, licences: 0, endsNext: new Date('2027-12-31T23:00:00Z') },
    ])
    expect((await contractsPage(ctx, { q: 'nobody', after: null })).page.items).toEqual([])
    const id = page.items[0]?.id ?? ''
    const one = await contractPage(await as('AUDITOR'), id, null)
    expect(one).toMatchObject({ pictures: 2, mayRecord: false, papers: [], resting: [] })
    expect(one.scopes.map(({ pictures }) => pictures)).toEqual([1, 1])
    expect(one.pictured.items.map(({ title }) => title)).toEqual(['Kiel', 'Oslo'])
    expect(await contractForm(ctx, id)).toMatchObject({ contract: { reference: 'BR 2026/14' }, zone: 'Europe/Berlin', today: '2026-11-21' })
    expect(await textOf((await odrlOfContract(ctx, id)).chunks)).toContain('"cm:contract":"BR 2026/14"')

    const { ctx: stranger } = await anExchange(t.db)
    await expect(contractPage(stranger, id, null)).rejects.toThrow('no contract')
    await expect(odrlOfContract(stranger, id)).rejects.toThrow('no contract')
    expect((await contractsPage(stranger, { q: '', after: null })).page.items).toEqual([])
    await expect(contractsPage(await as('LIBRARIAN'), { q: '', after: null })).rejects.toThrow('see-exchange')
    await expect(
      recordForMany(await as('AUDITOR'), {
        contract: 'X',
        licensor: 'L',
        pictures: 'Kiel',
        subLicensable: true,
        replaces: false,
        terms: always,
      }),
    ).rejects.toThrow('exchange')
    expect((await contractPage(ctx, id, null)).scopes).toHaveLength(2)
  })
})
