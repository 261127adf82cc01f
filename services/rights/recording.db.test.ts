import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { addAcquisition, endAcquisition } from './acquisitions.ts'
import { loadRights } from './loading.ts'
import { recordingForm } from './recording-views.ts'
import { addRelease } from './releases.ts'
import { imposeRestriction, liftRestriction } from './restrictions.ts'
import { decide, type Use } from './rules/decide.ts'
import type { AssetRights } from './rules/known.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const terms: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2026-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}
const use: Use = {
  box: boxOf({
    ...terms,
    media: ['billboard'],
    territory: { include: ['FR'] },
    industry: ['fashion'],
    from: '2027-01-01',
    until: '2027-06-30',
  }),
  exclusive: false,
  by: 'holder',
}
const contract = { contract: 'A-17', licensor: 'Studio Brandt', subLicensable: true }

async function world(fields: { held?: boolean; showsPeople?: boolean } = {}) {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  const asset = await anAsset(ctx, { houseId: house.id, ...fields })
  const ask = async (knownAt = ctx.clock.now()) => {
    const rights = (await loadRights(ctx, { assetIds: [asset.id], superseded: true })).get(asset.id)
    return rights && decide(rights, use, { at: ctx.clock.now(), knownAt })
  }
  const facts = async () =>
    (await t.db.auditFact.findMany({ where: { houseId: house.id }, orderBy: { link: { seq: 'asc' } } })).map(({ type }) => type)
  return { ctx, house, asset, ask, facts }
}

describe('rights in', () => {
  test('what is recorded is held; what is ended is not, and what was known before can still be asked', async () => {
    const { ctx, asset, ask, facts } = await world({ held: false })
    expect((await ask())?.reasons.map(({ cause }) => cause)).toEqual(['not-held'])
    const added = await addAcquisition(ctx, { assetId: asset.id, terms, ...contract })
    if (!added.ok) throw new Error(added.error)
    expect((await ask())?.verdict).toBe('offer')
    const before = ctx.clock.now()
    ctx.clock.advance(60_000)
    expect(await endAcquisition(ctx, { id: added.value.id, reason: 'Contract terminated' })).toEqual({
      ok: true,
      value: { assetId: asset.id },
    })
    expect((await ask())?.verdict).toBe('deny')
    expect((await ask(before))?.verdict).toBe('offer')
    expect(await facts()).toEqual(['acquisition.recorded', 'acquisition.ended'])
  })

  test('a later reading replaces the row in one step, and of three at once one does', async () => {
    const { ctx, asset, ask } = await world({ held: false })
    const added = await addAcquisition(ctx, { assetId: asset.id, terms, ...contract })
    if (!added.ok) throw new Error(added.error)
    ctx.clock.advance(1_000)
    const shorter = { assetId: asset.id, terms: { ...terms, until: '2027-03-31' }, ...contract, replaces: added.value.id }
    const outcomes = await Promise.all([1, 2, 3].map(() => addAcquisition(ctx, shorter)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error === 'already-superseded')).toHaveLength(2)
    expect((await ask())?.reasons[0]?.parts[0]?.period).toEqual({
      from: new Date('2027-03-31T22:00:00Z'),
      to: new Date('2027-06-30T22:00:00Z'),
    })
  })

  test('what a clock ahead of ours has written can be ended by ours', async () => {
    const { ctx, asset } = await world({ held: false })
    const now = ctx.clock.now()
    ctx.clock.set(new Date(now.getTime() + 40))
    const added = await addAcquisition(ctx, { assetId: asset.id, terms, ...contract })
    ctx.clock.set(now)
    expect((await endAcquisition(ctx, { id: added.ok ? added.value.id : '', reason: 'Misread' })).ok).toBe(true)
  })

  test('ending twice is refused the second time', async () => {
    const { ctx, asset } = await world({ held: false })
    const added = await addAcquisition(ctx, { assetId: asset.id, terms, ...contract })
    if (!added.ok) throw new Error(added.error)
    const outcomes = await Promise.all([1, 2].map(() => endAcquisition(ctx, { id: added.value.id, reason: 'x' })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, error: 'already-superseded' })
  })
})

describe('consents and bans', () => {
  test('a person shown needs a release; a withdrawn one bars, from then on', async () => {
    const { ctx, asset, ask, facts } = await world({ showsPeople: true })
    expect((await ask())?.reasons).toMatchObject([{ cause: 'release-missing', of: 'MODEL' }])
    const given = await addRelease(ctx, { assetId: asset.id, kind: 'MODEL', status: 'UNLIMITED', reference: 'MR-3', terms })
    if (!given.ok) throw new Error(given.error)
    expect((await ask())?.verdict).toBe('offer')
    const before = ctx.clock.now()
    ctx.clock.advance(1_000)
    const withdrawal = {
      assetId: asset.id,
      kind: 'MODEL' as const,
      status: 'WITHDRAWN' as const,
      reference: 'Letter of 20 November',
      terms,
      replaces: given.value.id,
    }
    expect((await addRelease(ctx, withdrawal)).ok).toBe(true)
    expect(await addRelease(ctx, withdrawal)).toEqual({ ok: false, error: 'already-superseded' })
    expect((await ask())?.reasons).toMatchObject([{ cause: 'release-withdrawn', contract: 'Letter of 20 November' }])
    expect((await ask(before))?.verdict).toBe('offer')
    expect(await facts()).toEqual(['release.recorded', 'release.withdrawn'])
  })

  test('a consent covers AI and sensitive subjects only where it says so, and is read again as it was written', async () => {
    const { ctx, house, asset, facts } = await world({ showsPeople: true })
    const known = async () => (await loadRights(ctx, { assetIds: [asset.id] })).get(asset.id) as AssetRights
    const causes = async (media: string, industry: ScopeTerms['industry']) => {
      const wish = { ...use, box: boxOf({ ...terms, media: [media], industry, from: '2027-01-01', until: '2027-06-30' }) }
      return decide(await known(), wish, { at: ctx.clock.now(), knownAt: ctx.clock.now() }).reasons.map(({ cause }) => cause)
    }
    const release = { assetId: asset.id, kind: 'MODEL' as const, status: 'UNLIMITED' as const, reference: 'MR-4', terms }
    const plain = await addRelease(ctx, release)
    if (!plain.ok) throw new Error(plain.error)
    expect(await causes('billboard', ['fashion'])).toEqual([])
    expect(await causes('billboard', ['alcohol'])).toEqual(['release-sensitive'])
    expect(await causes('billboard', ['not-sensitive'])).toEqual([])
    expect(await causes('ai-training', ['fashion'])).toEqual(['release-ai'])

    const wider = await addRelease(ctx, { ...release, replaces: plain.value.id, aiUses: true, sensitive: ['alcohol', 'gambling'] })
    if (!wider.ok) throw new Error(wider.error)
    expect(await causes('ai-training', ['alcohol'])).toEqual([])
    expect(await causes('billboard', ['politics'])).toEqual(['release-sensitive'])
    const form = await recordingForm(ctx, 'release', asset.id, wider.value.id)
    expect(form.replaces).toMatchObject({ fields: { aiUses: 'on', minor: '', guardian: '' }, sensitive: ['alcohol', 'gambling'] })

    const child = await addRelease(ctx, { ...release, replaces: wider.value.id, minor: true, guardian: 'Ingrid Holm' })
    if (!child.ok) throw new Error(child.error)
    expect((await known()).releases).toMatchObject([{ minor: true, guardian: 'Ingrid Holm', aiUses: false }])
    const recorded = await t.db.auditFact.findMany({
      where: { houseId: house.id, type: 'release.recorded' },
      orderBy: { link: { seq: 'asc' } },
    })
    expect(JSON.parse(recorded.at(-1)?.body ?? '{}')).toMatchObject({
      data: { minor: true, guardian: 'Ingrid Holm', aiUses: false, sensitive: [] },
    })
    expect(await facts()).toHaveLength(3)
  })

  test('the database takes no child without a guardian, and nothing sensitive for it', async () => {
    const { ctx, asset } = await world({ showsPeople: true })
    const release = { assetId: asset.id, kind: 'MODEL' as const, status: 'UNLIMITED' as const, reference: 'MR-5', terms, minor: true }
    await expect(addRelease(ctx, release)).rejects.toThrow('child_has_guardian')
    await expect(addRelease(ctx, { ...release, guardian: 'I. Holm', sensitive: ['alcohol'] })).rejects.toThrow('child_has_guardian')
  })

  test('a ban refuses with its reason until it is lifted', async () => {
    const { ctx, asset, ask, facts } = await world()
    const imposed = await imposeRestriction(ctx, {
      assetId: asset.id,
      kind: 'EMBARGO',
      reason: 'Launch in May',
      terms: { ...terms, until: '2027-05-01' },
    })
    if (!imposed.ok) throw new Error(imposed.error)
    expect((await ask())?.reasons).toMatchObject([{ cause: 'restriction', id: imposed.value.id, of: 'EMBARGO', contract: 'Launch in May' }])
    expect((await liftRestriction(ctx, { id: imposed.value.id, reason: 'Launched' })).ok).toBe(true)
    expect(await liftRestriction(ctx, { id: imposed.value.id, reason: 'Launched' })).toEqual({ ok: false, error: 'already-superseded' })
    expect((await ask())?.verdict).toBe('offer')
    expect(await facts()).toEqual(['restriction.imposed', 'restriction.lifted'])
  })
})

describe('who may', () => {
  test('only rights managers write; another house sees nothing', async () => {
    const { ctx, house, asset } = await world()
    const librarian = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
    const add = { assetId: asset.id, terms, ...contract }
    await expect(addAcquisition(asActor(ctx, librarian), add)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(endAcquisition(asActor(ctx, aGuest(house.id)), { id: 'acq_1', reason: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = await world()
    await expect(addAcquisition(stranger.ctx, add)).rejects.toMatchObject({ code: 'not-found' })
    await expect(liftRestriction(stranger.ctx, { id: 'res_1', reason: 'x' })).rejects.toMatchObject({ code: 'not-found' })
    expect((await loadRights(stranger.ctx, { assetIds: [asset.id] })).size).toBe(0)
  })
})
