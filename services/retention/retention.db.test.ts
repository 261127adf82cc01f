import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { setLegalHold } from '../assets/legal-holds.ts'
import { deleteAsset, holdAsset } from '../assets/life.ts'
import { newId } from '../kernel/ids.ts'
import { differenceKey, previewKey } from '../platform/storage/keys.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, anOrganisation, aPerson, layingAssets } from '#services/testing/world.ts'
import { activatePolicy, approvePolicy, changePolicy, restPolicy, writePolicy } from './policies.ts'
import { policyPreview } from './preview.ts'
import { purgeAsset, purgeDue, removePurged } from './purging.ts'
import { answerPolicy, runPolicies, runPolicy, undoRun } from './runs.ts'
import { policyInput, type PolicyInput } from './schema.ts'
import { policyPage, runPage } from './views.ts'

let t: TestDb
let ctx: TestContext
let system: TestContext
let second: TestContext
let house: { id: string }
let keeper: Person
let admin: TestContext
beforeAll(async () => {
  t = await testDb()
})
beforeEach(async () => {
  const bare = testContext(t.db)
  house = await aHouse(bare)
  keeper = await aPerson(bare, { houseId: house.id, roles: ['LIBRARIAN', 'RIGHTS_MANAGER'] })
  ctx = asActor(bare, keeper)
  second = asActor(bare, await aPerson(bare, { houseId: house.id, roles: ['LIBRARIAN'] }))
  admin = asActor(bare, await aPerson(bare, { houseId: house.id, roles: ['ADMINISTRATOR'] }))
  system = asActor(bare, { kind: 'system', houseId: house.id, name: 'night' })
})
afterAll(() => t[Symbol.asyncDispose]())

const day = 86_400_000
const ago = (days: number) => new Date(ctx.clock.now().getTime() - days * day)
const in_ = (days: number): TestContext => ({ ...ctx, clock: { ...ctx.clock, now: () => ago(-days) } })
const asset = (fields: Partial<Parameters<typeof anAsset>[1]> = {}) => anAsset(ctx, { houseId: house.id, ...fields })
const stateOf = async (id: string) => (await t.db.asset.findUniqueOrThrow({ where: { id } })).state
const input = (over: object = {}): PolicyInput =>
  policyInput.parse({
    name: 'Old work',
    states: ['PUBLISHED', 'WITHDRAWN'],
    since: 'created',
    waitDays: 30,
    action: 'ARCHIVE',
    reason: 'Ninety days after its last licence',
    ...over,
  })
async function active(over: object = {}) {
  const written = await writePolicy(ctx, input(over))
  const policyId = written.ok ? written.value.policyId : ''
  await activatePolicy(ctx, { policyId })
  return policyId
}
let made = 0
/** A licence of an asset, as a row: what policies ask about it is when it ended. */
async function licence(
  assetId: string,
  versionId: string,
  fields: { state?: 'ACTIVE' | 'ENDED'; endsAt?: Date | null; endedAt?: Date | null },
) {
  const org = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER' })
  const { state = 'ENDED', endsAt = null, endedAt = null } = fields
  const id = `lic_${assetId.slice(4)}${made++}`
  await t.db.licence.create({
    data: {
      id,
      number: `CM-${id}`,
      houseId: house.id,
      holderOrgId: org.id,
      model: 'ROYALTY_FREE_STANDARD',
      state,
      endedBy: state === 'ENDED' ? 'EXPIRED' : null,
      endedAt,
      assetId,
      versionId,
      terms: {},
      exclusive: false,
      startsAt: ago(2000),
      endsAt,
      issuedAt: ago(2000),
      document: '{}',
      documentSha256: 'a'.repeat(64),
      signature: 'none',
      createdAt: ago(2000),
    },
  })
}

describe('a policy', () => {
  test('that deletes needs a second person, who saw these words', async () => {
    const written = await writePolicy(ctx, input({ action: 'DELETE', states: ['WITHDRAWN'] }))
    const policyId = written.ok ? written.value.policyId : ''
    expect(await activatePolicy(ctx, { policyId })).toMatchObject({ value: { waits: true } })
    expect(await runPolicy(system, { policyId })).toMatchObject({ error: 'not-active' })
    await expect(t.db.lifePolicy.update({ where: { id: policyId }, data: { state: 'ACTIVE' } })).rejects.toThrow()
    const seen = await t.db.lifePolicy.findUniqueOrThrow({ where: { id: policyId } })
    expect(await approvePolicy(ctx, { policyId, seenAt: seen.changedAt })).toMatchObject({ error: 'own-change' })
    expect(await approvePolicy(second, { policyId, seenAt: new Date(0) })).toMatchObject({ error: 'changed-meanwhile' })
    expect(await approvePolicy(second, { policyId, seenAt: seen.changedAt })).toMatchObject({ ok: true })
    expect(await approvePolicy(second, { policyId, seenAt: seen.changedAt })).toMatchObject({ error: 'wrong-state' })
    await changePolicy(ctx, { policyId, ...input({ action: 'DELETE', states: ['WITHDRAWN'], waitDays: 1 }) })
    expect(await t.db.lifePolicy.findUnique({ where: { id: policyId } })).toMatchObject({ state: 'DRAFT', approvedById: null })
    expect(await restPolicy(ctx, { policyId, end: false })).toMatchObject({ error: 'wrong-state' })
    expect(await restPolicy(ctx, { policyId, end: true })).toMatchObject({ ok: true })
    expect(await activatePolicy(ctx, { policyId })).toMatchObject({ error: 'wrong-state' })
    await expect(
      writePolicy(admin, input()).then(() => 'may'),
      'administrators hold every role',
    ).resolves.toBe('may')
    const outsider = await aPerson(ctx, { houseId: house.id, roles: ['REVIEWER'] })
    await expect(writePolicy(asActor(ctx, outsider), input())).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('cannot say what the state table does not know', () => {
    expect(policyInput.safeParse({ ...input(), action: 'DELETE', states: ['PUBLISHED'] }).success).toBe(false)
    expect(policyInput.safeParse({ ...input(), action: 'HOLD', states: ['ARCHIVED'] }).success).toBe(false)
  })

  test('archives what its last licence left, spares what is licensed or held, and can be taken back', async () => {
    const [ended, live, held, fresh, shown] = await Promise.all([asset(), asset(), asset(), asset(), asset({ state: 'WITHDRAWN' })])
    for (const { id, currentVersionId } of [ended, held, shown])
      await licence(id, currentVersionId ?? '', { endsAt: ago(100), endedAt: ago(100) })
    await licence(live.id, live.currentVersionId ?? '', { endsAt: ago(100), endedAt: ago(100) })
    await licence(live.id, live.currentVersionId ?? '', { state: 'ACTIVE', endsAt: ago(-100) })
    await licence(fresh.id, fresh.currentVersionId ?? '', { endsAt: ago(10), endedAt: ago(10) })
    await setLegalHold(ctx, { assetId: held.id, matter: 'A case', reason: 'A claim', stopsDelivery: false })
    const policyId = await active({ since: 'last-licence-ended', waitDays: 90 })
    const shownBefore = await policyPreview(ctx, policyId)
    expect(shownBefore).toMatchObject({ total: 3, acts: 2, spared: { 'legal-hold': 1 } })
    const outcome = await runPolicy(system, { policyId })
    expect(outcome).toMatchObject({ value: { done: 2, spared: 1 } })
    expect(await Promise.all([ended, live, held, fresh, shown].map(({ id }) => stateOf(id)))).toEqual([
      'ARCHIVED',
      'PUBLISHED',
      'PUBLISHED',
      'PUBLISHED',
      'ARCHIVED',
    ])
    const runId = outcome.ok ? outcome.value.runId : ''
    expect(await undoRun(in_(8), { runId })).toMatchObject({ error: 'too-late' })
    expect(await undoRun(ctx, { runId })).toMatchObject({ value: { undone: 2, left: 0 } })
    expect(await undoRun(ctx, { runId })).toMatchObject({ error: 'undone-already' })
    expect(await Promise.all([ended, shown].map(({ id }) => stateOf(id)))).toEqual(['WITHDRAWN', 'WITHDRAWN'])
  })

  test('a run and its undoing that are cut off can be taken up again, once each asset, by one of two', async () => {
    const ids = Array.from({ length: 1_001 }, () => newId('ast', ago(100)))
    const rows = ids.map((id) => ({
      id,
      houseId: house.id,
      title: id,
      state: 'WITHDRAWN' as const,
      createdAt: ago(100),
      changedAt: ago(100),
    }))
    await layingAssets(ctx, (db) => db.asset.createMany({ data: rows }))
    const policyId = await active()
    /** A server that is killed when it has committed so often. */
    const killedAfter = (commits: number): TestContext => {
      let left = commits
      const $transaction = (...args: Parameters<typeof t.db.$transaction>) => {
        if (left-- > 0) return t.db.$transaction(...args)
        throw new Error('killed')
      }
      const db = new Proxy(t.db, { get: (target, name) => (name === '$transaction' ? $transaction : Reflect.get(target, name)) as unknown })
      return { ...ctx, db }
    }
    const counted = () => t.db.asset.groupBy({ by: ['state'], where: { houseId: house.id }, _count: true, orderBy: { state: 'asc' } })
    await expect(runPolicy(killedAfter(1), { policyId })).rejects.toThrow('killed')
    const { id: runId } = await t.db.policyRun.findFirstOrThrow({ where: { policyId } })
    expect(await t.db.policyRun.findUnique({ where: { id: runId } })).toMatchObject({ done: 500, spared: 0 })
    expect(await runPolicy(ctx, { policyId })).toMatchObject({ value: { done: 501 } })
    const again = await t.db.policyRun.findFirstOrThrow({ where: { policyId, id: { not: runId } } })

    await expect(undoRun(killedAfter(1), { runId: again.id })).rejects.toThrow('killed')
    const runOf = async (at: TestContext) => (await policyPage(at, policyId)).runs.find(({ id }) => id === again.id)
    expect(await runOf(ctx)).toMatchObject({ halfUndone: true, mayUndo: false })
    expect(await undoRun(ctx, { runId: again.id })).toMatchObject({ error: 'undone-already' })
    const late = in_(9)
    const half = { undone: 500, notUndone: 0, waiting: 1 }
    expect((await runPage(ctx, again.id)).run).toMatchObject({ ...half, mayUndo: false })
    expect((await runPage(late, again.id)).run).toMatchObject({ ...half, mayUndo: true })
    expect(await runOf(late)).toMatchObject({ halfUndone: true, mayUndo: true })
    const both = await Promise.all([undoRun(late, { runId: again.id }), undoRun(late, { runId: again.id })])
    expect(both.map((one) => (one.ok ? one.value : one.error)).sort()).toEqual(['undone-already', { undone: 501, left: 0 }].sort())
    expect(await runOf(late)).toMatchObject({ halfUndone: false, mayUndo: false })
    expect((await runPage(late, again.id)).run).toMatchObject({ undone: 501, notUndone: 0, waiting: 0, mayUndo: false })
    expect(await undoRun(ctx, { runId })).toMatchObject({ value: { undone: 500, left: 0 } })
    expect(await counted()).toMatchObject([{ state: 'WITHDRAWN', _count: 1_001 }])
    const facts = { houseId: house.id, type: 'asset.taken-back' }
    expect(await t.db.auditFact.count({ where: facts })).toBe(1_001)
    const told = await t.db.auditFact.findMany({ where: { ...facts, type: 'policy.run-undone' }, orderBy: { id: 'asc' } })
    expect(told.map(({ body }) => /"undone":(\d+)/.exec(body)?.[1]).sort()).toEqual(['500', '501'])
  })

  test('asks once, and does what it is told', async () => {
    const one = await asset()
    const two = await asset()
    const policyId = await active({ waitDays: 0, action: 'ASK' })
    const outcome = await runPolicy(system, { policyId })
    const runId = outcome.ok ? outcome.value.runId : ''
    expect(outcome).toMatchObject({ value: { done: 2 } })
    expect(await answerPolicy(ctx, { runId, assetId: one.id, answer: 'archived' })).toMatchObject({ ok: true })
    expect(await answerPolicy(ctx, { runId, assetId: one.id, answer: 'kept' })).toMatchObject({ error: 'answered-already' })
    await holdAsset(ctx, { assetId: two.id, reason: 'Busy' })
    expect(await answerPolicy(ctx, { runId, assetId: two.id, answer: 'kept' })).toMatchObject({ ok: true })
    expect(await stateOf(one.id)).toBe('ARCHIVED')
    expect(await runPolicy(system, { policyId })).toMatchObject({ value: { done: 0 } })
    expect(await undoRun(ctx, { runId })).toMatchObject({ error: 'nothing-done' })
  })

  test('runs once where two begin', async () => {
    await asset()
    await active({ waitDays: 0 })
    await Promise.all([runPolicies(system), runPolicies(system)])
    expect(await t.db.policyRunItem.count({ where: { houseId: house.id } })).toBe(1)
  })

  test('does what its preview shows, and what a plain reading of its words says', async () => {
    const states = ['PUBLISHED', 'WITHDRAWN', 'APPROVED', 'DRAFT'] as const
    const some = fc.array(
      fc.record({
        state: fc.constantFrom(...states),
        kind: fc.constantFrom('PHOTOGRAPH' as const, 'LOGO' as const),
        age: fc.integer({ min: 0, max: 60 }),
        licensed: fc.constantFrom('never', 'ended', 'alive'),
        held: fc.boolean(),
      }),
      { minLength: 4, maxLength: 7 },
    )
    const rule = fc.record({
      states: fc.subarray([...states], { minLength: 1 }),
      kinds: fc.subarray(['PHOTOGRAPH', 'LOGO']),
      waitDays: fc.integer({ min: 0, max: 60 }),
      neverLicensed: fc.boolean(),
      since: fc.constantFrom('created' as const, 'last-licence-ended' as const),
    })
    await fc.assert(
      fc.asyncProperty(some, rule, async (assets, words) => {
        await t.db.lifePolicy.updateMany({ where: { houseId: house.id }, data: { state: 'PAUSED' } })
        const ids: string[] = []
        const expected: string[] = []
        for (const { state, kind, age, licensed, held } of assets) {
          const made = await asset({ state, kind })
          ids.push(made.id)
          await t.db.asset.update({ where: { id: made.id }, data: { createdAt: ago(age) } })
          if (licensed !== 'never') await licence(made.id, made.currentVersionId ?? '', { endsAt: ago(age), endedAt: ago(age) })
          if (licensed === 'alive') await licence(made.id, made.currentVersionId ?? '', { state: 'ACTIVE' })
          if (held) await setLegalHold(ctx, { assetId: made.id, matter: 'A case', reason: 'A claim', stopsDelivery: false })
          const begun = words.since === 'created' ? age : licensed === 'ended' ? age : -1
          const found =
            words.states.includes(state) &&
            (words.kinds.length === 0 || words.kinds.includes(kind)) &&
            begun >= words.waitDays &&
            !(words.neverLicensed && licensed !== 'never')
          if (found && !held && licensed !== 'alive') expected.push(made.id)
        }
        const policyId = await active(words)
        const preview = await policyPreview(ctx, policyId)
        const previewed = preview.items.filter(({ id, spared }) => spared === null && ids.includes(id)).map(({ id }) => id)
        await runPolicy(system, { policyId })
        const done = await t.db.policyRunItem.findMany({
          where: { policyId, outcome: 'done', assetId: { in: ids } },
          select: { assetId: true },
        })
        expect(done.map(({ assetId }) => assetId).sort()).toEqual(expected.sort())
        expect(previewed.sort()).toEqual(expected)
      }),
      { numRuns: 8 },
    )
  })
})

describe('the purge', () => {
  const binned = async (fields: Partial<Parameters<typeof anAsset>[1]> = {}) => {
    const made = await asset({ state: 'WITHDRAWN', ...fields })
    expect(await deleteAsset(ctx, { assetId: made.id, reason: 'Not needed' })).toMatchObject({ ok: true })
    return made
  }
  const keysOf = async (assetId: string) =>
    (await t.db.assetVersion.findMany({ where: { assetId }, include: { renditions: true } })).flatMap((v) => [
      v.storageKey,
      ...v.renditions.map((r) => r.storageKey),
    ])
  const late = () => ({ ...system, clock: { ...system.clock, now: () => ago(-31) } })
  const later = () => ({ ...system, clock: { ...system.clock, now: () => ago(-32) } })

  test('takes the bytes after the house’s time, in two steps, and leaves the record', async () => {
    const made = await binned()
    const keys = await keysOf(made.id)
    // It was of another audience once: that its previews bore a mark then is all that tells them apart.
    for (const isMarked of [true, false]) {
      const key = previewKey(made.currentVersionId ?? '', 'page', isMarked)
      if (!keys.includes(key)) await ctx.storage.put(key, Buffer.from('as it was seen before'))
      keys.push(key)
    }
    const version = { versionId: made.currentVersionId ?? '', houseId: house.id, assetId: made.id }
    await t.db.assetVersion.update({ where: { id: version.versionId }, data: { embedded: { creator: 'Ada Meyer' } } })
    await t.db.fileMetadata.create({ data: { ...version, found: { exif: { GPSLatitude: '52.5' } }, readAt: ctx.clock.now() } as never })
    expect(await purgeDue(system)).toBe(0)
    expect(await purgeAsset(system, { assetId: made.id })).toMatchObject({ error: 'not-in-bin' })
    expect(await purgeDue(late())).toBe(1)
    await expect(t.db.asset.update({ where: { id: made.id }, data: { state: 'DRAFT' } })).rejects.toThrow(/purged/)
    expect(await t.db.fileMetadata.count({ where: { assetId: made.id } })).toBe(0)
    expect(await t.db.assetVersion.findFirst({ where: { assetId: made.id } })).toMatchObject({ embedded: {} })
    await removePurged(late())
    await removePurged(later())
    for (const key of keys) expect(await ctx.storage.stat(key), key).toBeNull()
    expect(await t.db.asset.findUnique({ where: { id: made.id } })).toMatchObject({ state: 'DELETED', title: 'Harbour at dawn' })
    expect(await t.db.auditFact.count({ where: { subjectId: made.id, type: 'asset.purged' } })).toBe(1)
  })

  test('takes along what was drawn from the bytes and read in them', async () => {
    const made = await binned()
    const where = { id: made.currentVersionId ?? '' }
    const first = await t.db.assetVersion.findUniqueOrThrow({ where, omit: { colourFamilies: true } })
    const second = { ...first, id: `${first.id}-2`, number: 2, sha256: '2'.repeat(64) }
    await t.db.assetVersion.create({ data: { ...second, facts: {}, embedded: {} } })
    const [fromId, toId] = [first.id, second.id]
    const storageKey = differenceKey(fromId, toId, 1)
    await ctx.storage.put(storageKey, Buffer.from('where they differ'))
    const found = { outcome: 'found', share: 10, width: 9, height: 9, storageKey, madeAt: ctx.clock.now() }
    await t.db.versionDifference.create({ data: { fromId, toId, houseId: house.id, algorithm: 1, ...found } })
    const text = { outcome: 'TEXT', algorithm: 1, text: 'Ada Meyer', lines: [[{ text: 'Ada Meyer' }]], readAt: ctx.clock.now() } as const
    await t.db.pictureText.create({ data: { versionId: fromId, houseId: house.id, assetId: made.id, ...text } })
    expect(await purgeDue(late())).toBe(1)
    expect(await t.db.pictureText.count({ where: { assetId: made.id } })).toBe(0)
    expect(await t.db.versionDifference.count({ where: { fromId } })).toBe(0)
    await removePurged(late())
    await removePurged(later())
    expect(await ctx.storage.stat(storageKey)).toBeNull()
  })

  test('leaves bytes that another asset has too, and gives back what was needed after all', async () => {
    const [gone, other] = [await binned(), await asset()]
    const [key] = await keysOf(gone.id)
    await purgeDue(late())
    await removePurged(late())
    await removePurged(later())
    expect(await ctx.storage.stat(key ?? '')).not.toBeNull()
    await t.db.assetVersion.updateMany({ where: { assetId: other.id }, data: { storageKey: 'elsewhere' } })
    const again = await binned()
    await purgeDue(late())
    await removePurged(late())
    expect(await ctx.storage.stat(key ?? ''), 'out of the way').toBeNull()
    await t.db.assetVersion.updateMany({ where: { assetId: other.id }, data: { storageKey: key ?? '' } })
    await removePurged(later())
    expect(await ctx.storage.stat(key ?? ''), 'given back').not.toBeNull()
    expect((await t.db.purgedObject.findFirst({ where: { assetId: again.id, preset: 'original' } }))?.outcome).toBe('shared')
  })

  test('keeps the original that was licensed, and all of it while a licence is in force', async () => {
    const made = await binned()
    await licence(made.id, made.currentVersionId ?? '', { endsAt: ago(-31), state: 'ACTIVE' })
    expect(await purgeAsset(admin, { assetId: made.id })).toMatchObject({ error: 'licence-in-force' })
    expect(await purgeDue({ ...system, clock: { ...system.clock, now: () => ago(-60) } })).toBe(1)
    expect(await t.db.assetVersion.findFirst({ where: { assetId: made.id } })).toMatchObject({ purgedAt: null })
    expect(await t.db.rendition.count({ where: { versionId: made.currentVersionId ?? '' } })).toBe(0)
  })

  test('and a legal hold at once: what is held is not purged, what is purged is not held', async () => {
    for (let round = 0; round < 6; round++) {
      const made = await binned()
      const [held, purged] = await Promise.all([
        setLegalHold(ctx, { assetId: made.id, matter: 'A case', reason: 'A claim', stopsDelivery: false }),
        purgeAsset(late(), { assetId: made.id }),
      ])
      expect([held.ok, purged.ok].filter(Boolean), JSON.stringify([held, purged])).toHaveLength(1)
      const row = await t.db.asset.findUniqueOrThrow({ where: { id: made.id } })
      expect(row.legalHold).toBe(held.ok)
      expect(row.purgedAt !== null).toBe(purged.ok)
      if (held.ok) await expect(t.db.asset.update({ where: { id: made.id }, data: { purgedAt: new Date() } })).rejects.toThrow(/legal hold/)
    }
  })

  test('by hand is an administrator’s', async () => {
    const made = await binned()
    await expect(purgeAsset(second, { assetId: made.id })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await purgeAsset(admin, { assetId: made.id })).toMatchObject({ ok: true })
  })
})
