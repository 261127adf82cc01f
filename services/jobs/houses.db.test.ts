import { expect, test } from 'vitest'
import { testContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aHouse } from '#services/testing/world.ts'
import { everyHouse } from './houses.ts'

test('one house’s trouble keeps no other waiting, and is told at the end; a closed house is left alone', async () => {
  await using t = await testDb()
  const ctx = testContext(t.db)
  const open = [(await aHouse(ctx)).id, (await aHouse(ctx)).id].sort()
  const { id: closed } = await aHouse(ctx)
  await t.db.organisation.update({ where: { id: closed }, data: { closedAt: ctx.clock.now() } })
  const lines: string[] = []
  const log = { ...ctx.log, error: (event: string) => void lines.push(event) }
  const worked: string[] = []
  const work = everyHouse({ ...ctx, log }, 'a night’s work', ({ actor }) => {
    worked.push(actor.houseId)
    return actor.houseId === open[0] ? Promise.reject(new Error('a full disk')) : Promise.resolve()
  })
  await expect(work).rejects.toThrow('a night’s work failed for 1 of 2 houses')
  expect(worked).toEqual(open)
  expect(lines).toEqual(['job.house-failed'])
})
