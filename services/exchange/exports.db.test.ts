import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDb, testDb } from '#services/testing/db.ts'
import { always, anExchange, type ExchangeContext, textOf } from '#services/testing/exchange.ts'
import { anAsset } from '#services/testing/world.ts'
import { addAcquisition } from '../rights/acquisitions.ts'
import { exportInput } from './export-schema.ts'
import { exportRights } from './exporting.ts'
import { type ExportKind, exportKinds } from './rules/export-kinds.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

describe('an export', () => {
  test('is narrowed by contract, picture and what was known when, and leaves a fact', async () => {
    const { ctx, house, as } = await anExchange(t.db)
    const [one, two] = [await anAsset(ctx, { houseId: house.id, held: false }), await anAsset(ctx, { houseId: house.id, held: false })]
    for (const [asset, contract] of [
      [one, 'A'],
      [one, 'B'],
      [two, 'A'],
    ] as const)
      await addAcquisition(ctx, { assetId: asset.id, contract, licensor: 'L', subLicensable: true, terms: always })
    const rows = async (input: object, who: ExchangeContext = ctx) =>
      (await textOf((await exportRights(who, exportInput.parse({ kind: 'acquisitions', ...input }))).chunks)).trim().split('\r\n').length -
      1
    expect([
      await rows({}),
      await rows({ contract: 'A' }),
      await rows({ asset: one.id }),
      await rows({ contract: 'A', asset: one.id }),
    ]).toEqual([3, 2, 2, 1])
    expect(await rows({ knownAt: '2026-11-20' })).toBe(0)
    expect(await rows({}, await as('AUDITOR'))).toBe(3)
    await expect(rows({}, await as('LIBRARIAN'))).rejects.toThrow('see-exchange')
    const { ctx: stranger } = await anExchange(t.db)
    expect(await rows({ asset: one.id }, stranger)).toBe(0)
    expect(await t.db.auditFact.count({ where: { houseId: house.id, type: 'rights.exported' } })).toBe(6)
    expect(exportInput.safeParse({ kind: 'acquisitions', knownAt: 'yesterday' }).success).toBe(false)
    expect(exportInput.safeParse({ kind: 'secrets' }).success).toBe(false)
  })
  test.each(exportKinds)('of %s without a row names its columns all the same', async (kind: ExportKind) => {
    const { ctx } = await anExchange(t.db)
    expect(await textOf((await exportRights(ctx, exportInput.parse({ kind }))).chunks)).toMatch(/^\uFEFFasset,title,/)
  })
})
