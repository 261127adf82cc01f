import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPrint } from '#services/assets/prints.ts'
import { newId } from '#services/kernel/ids.ts'
import { printAlgorithm, type Print } from '#services/platform/media/media.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { likenessOfUploads } from './upload-likeness.ts'

let t: TestDb
beforeAll(async () => {
  t = await testDb()
})
afterAll(() => t[Symbol.asyncDispose]())

const print: Print = { algorithm: printAlgorithm, hash: '00ff00ff00ff00ff', marks: '', look: Array.from({ length: 64 }, (_, at) => at) }

test('an upload is asked about until it was read, printed and compared; what is like nothing is left alone after a minute', async () => {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['LIBRARIAN'] }))
  const [fresh, alike, older] = [
    await anAsset(base, { houseId: house.id, state: 'DRAFT', title: 'Fresh' }),
    await anAsset(base, { houseId: house.id, state: 'DRAFT', title: 'Alike' }),
    await anAsset(base, { houseId: house.id, title: 'Older' }),
  ]
  const versions = [fresh, alike].map(({ currentVersionId }) => currentVersionId ?? '')
  const settled = async () => new Map((await likenessOfUploads(ctx, versions)).map((each) => [each.versionId, each.settled]))
  expect([...(await settled()).values()]).toEqual([false, false])

  for (const { id, currentVersionId } of [fresh, alike])
    await keepPrint(base, { versionId: currentVersionId ?? '', houseId: house.id, assetId: id }, print)
  await t.db.likeness.create({
    data: {
      id: newId('lik', base.clock.now()),
      houseId: house.id,
      assetId: alike.id > older.id ? alike.id : older.id,
      otherId: alike.id > older.id ? older.id : alike.id,
      versionId: alike.currentVersionId ?? '',
      otherVersionId: older.currentVersionId ?? '',
      places: 20,
      bits: 5,
      ways: ['cropped'],
      foundAt: base.clock.now(),
    },
  })
  expect((await settled()).get(versions[0] ?? ''), 'the comparison may be under way').toBe(false)
  expect((await settled()).get(versions[1] ?? ''), 'what was found is there').toBe(true)
  base.clock.advance(61_000)
  expect([...(await settled()).values()]).toEqual([true, true])
})
