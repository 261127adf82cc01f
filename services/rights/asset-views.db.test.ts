import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { newId } from '../kernel/ids.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { addAcquisition } from './acquisitions.ts'
import { assetRightsPage, assetRightsSummary, type AssetRightsAsked, type AssetRightsPage } from './asset-views.ts'
import { takeClaims } from './claims.ts'
import { gridAsked, gridFrames } from './grid-views.ts'
import { addRelease } from './releases.ts'
import { imposeRestriction } from './restrictions.ts'
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

async function world() {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  const asset = await anAsset(ctx, { houseId: house.id, held: false })
  const held = await addAcquisition(ctx, {
    assetId: asset.id,
    contract: 'A-17',
    licensor: 'Studio Brandt',
    subLicensable: true,
    terms: { ...terms, until: '2027-12-31' },
  })
  if (!held.ok) throw new Error(held.error)
  const holder = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER', name: 'Kontor GmbH' })
  const licence = await t.db.licence.create({
    data: {
      id: newId('lic', ctx.clock.now()),
      number: `CM-${asset.id.slice(-8)}`,
      houseId: house.id,
      holderOrgId: holder.id,
      model: 'RIGHTS_MANAGED',
      state: 'ACTIVE',
      assetId: asset.id,
      versionId: 'v',
      terms: {},
      exclusive: true,
      startsAt: ctx.clock.now(),
      endsAt: new Date('2026-12-15'),
      document: '{}',
      documentSha256: '0',
      signature: 'x',
      createdAt: ctx.clock.now(),
    },
  })
  const sold = { ...terms, media: ['billboard'], territory: { include: ['DE'] }, from: '2026-11-21', until: '2026-12-14', exclusive: true }
  await inTransactionOrUndo(ctx, (tx) =>
    takeClaims(tx, [{ assetNo: asset.no, licenceNo: licence.no, box: boxOf(sold), exclusive: true, state: 'ACTIVE', holdExpiresAt: null }]),
  )
  return { ctx, house, asset, licence, acquisitionId: held.value.id }
}

const asked = (search = ''): AssetRightsAsked => {
  const fields = new URLSearchParams(search)
  return { grid: gridAsked(fields), zoom: 3, after: fields.get('after') }
}

describe('the rights page of an asset', () => {
  test('shows what is held, barred and taken, where it stands in time, and who holds it', async () => {
    const { ctx, asset, licence } = await world()
    await imposeRestriction(ctx, {
      assetId: asset.id,
      kind: 'HOLDBACK',
      reason: 'Own campaign',
      terms: { ...terms, territory: { include: ['US'] } },
    })
    await addRelease(ctx, {
      assetId: asset.id,
      kind: 'MODEL',
      status: 'LIMITED',
      reference: 'MR-1',
      terms: { ...terms, media: ['editorial'] },
    })
    const page = await assetRightsPage(ctx, asset.id, asked())
    expect(page.held).toMatchObject([
      {
        contract: 'A-17',
        licensor: 'Studio Brandt',
        scope: 'All media · Worldwide · from 1 January 2026 until 31 December 2027',
        subLicensable: true,
      },
    ])
    expect(page.barred).toMatchObject([
      { reason: 'Own campaign', kind: 'HOLDBACK', scope: 'All media · United States · from 1 January 2026' },
    ])
    expect(page.consents).toMatchObject([{ reference: 'MR-1', status: 'LIMITED' }])
    expect(page.taken).toMatchObject({
      items: [{ name: licence.number, holder: 'Kontor GmbH', licenceId: licence.id, exclusive: true, state: 'ACTIVE' }],
      next: null,
      total: 1,
      exclusive: 1,
    })
    expect(page).toMatchObject({
      today: '2026-11-21',
      grid: { step: 0, months: 0, cell: null },
      mayRecord: true,
      verdict: { tone: 'warning' },
    })
    const [held, consents, barred, taken] = page.timeline.lanes
    expect([held?.bars, consents?.bars, barred?.bars, taken?.bars]).toMatchObject([
      [{ opensLeft: true, opensRight: false, tone: 'held', track: 0 }],
      [{ tone: 'consent' }],
      [{ tone: 'barred', ban: 'HOLDBACK' }],
      [{ tone: 'exclusive', name: `${licence.number}, Kontor GmbH, exclusive` }],
    ])
  })

  test('opens a cell of the grid with its reasons, the row behind each, and what can be had', async () => {
    const { ctx, asset, licence } = await world()
    const page = await assetRightsPage(ctx, asset.id, asked('step=0&for=3&media=out-of-home&territory=M49:155'))
    const { axes, frame, cell } = page.grid
    const [row, column] = [
      axes.media.findIndex(({ code }) => code === 'out-of-home'),
      axes.territory.findIndex(({ code }) => code === 'M49:155'),
    ]
    expect([frame[row * axes.territory.length + column], frame[row * axes.territory.length + column + 1]]).toEqual(['P', 'O'])
    expect(cell).toMatchObject({
      openness: 'partly',
      reasons: [
        {
          words: 'Licensed exclusively to somebody else: Billboard, printed; Germany; until 14 December 2026.',
          name: licence.number,
          holder: 'Kontor GmbH',
          licenceId: licence.id,
        },
      ],
    })
    expect(cell?.nearest.map(({ axis }) => axis).sort()).toEqual(['media', 'period', 'territory'])
    expect((await assetRightsPage(ctx, asset.id, asked('media=nonsense&territory=XX&step=99&for=7&open=nothing'))).grid).toMatchObject({
      cell: null,
      step: 0,
      months: 0,
    })
  })

  test('opens rows and columns into their parts', async () => {
    const { ctx, asset } = await world()
    const { axes, frame } = (await assetRightsPage(ctx, asset.id, asked('open=out-of-home&open=M49:155'))).grid
    expect(frame).toHaveLength(axes.media.length * axes.territory.length)
    const at = (medium: string, place: string) =>
      frame[
        axes.media.findIndex(({ code }) => code === medium) * axes.territory.length + axes.territory.findIndex(({ code }) => code === place)
      ]
    expect([at('billboard', 'DE'), at('billboard', 'FR'), at('transit-ad', 'DE')]).toEqual(['B', 'O', 'O'])
  })

  test('gives all positions of the slider at once, the first as the page shows it', async () => {
    const { ctx, asset } = await world()
    const page = await assetRightsPage(ctx, asset.id, asked('for=1&step=1'))
    const { frames } = await gridFrames(ctx, asset.id, { months: 1, open: [] })
    expect(frames).toHaveLength(37)
    expect(frames[1]).toBe(page.grid.frame)
    expect(frames[36]).toMatch(/^B+$/)
  })

  test('pages the claims, the latest first, and counts what it does not draw', async () => {
    const { ctx, asset, licence: sold } = await world()
    const { no: _no, ...row } = await t.db.licence.findUniqueOrThrow({ where: { id: sold.id } })
    const licence = await t.db.licence.create({
      data: { ...row, id: newId('lic', ctx.clock.now()), number: `CM-P${row.number.slice(4)}`, exclusive: false, terms: {} },
    })
    const box = boxOf({ ...terms, media: ['editorial'], until: '2027-12-31' })
    await inTransactionOrUndo(ctx, (tx) =>
      takeClaims(
        tx,
        Array.from({ length: 70 }, () => ({
          assetNo: asset.no,
          licenceNo: licence.no,
          box,
          exclusive: false,
          state: 'ACTIVE' as const,
          holdExpiresAt: null,
        })),
      ),
    )
    const seen: string[] = []
    let after: string | null = null
    do {
      const { taken }: AssetRightsPage = await assetRightsPage(ctx, asset.id, { ...asked(), after })
      expect(taken.total).toBe(71)
      seen.push(...taken.items.map(({ id }) => id))
      after = taken.next
    } while (after)
    expect(new Set(seen).size).toBe(71)
    const { timeline } = await assetRightsPage(ctx, asset.id, { ...asked(), after: 'nonsense' })
    const taken = timeline.lanes.find(({ key }) => key === 'taken')
    expect([taken?.bars.length, taken?.outside, taken?.bars.some(({ tone }) => tone === 'exclusive')]).toEqual([60, 11, true])
  })

  test('in a few lines for the library', async () => {
    const { ctx, asset } = await world()
    expect(await assetRightsSummary(ctx, asset.id)).toMatchObject({
      contracts: ['A-17'],
      bans: 0,
      licences: { live: 1, exclusive: 1 },
      sellable: false,
    })
  })

  test('is for staff of the house only', async () => {
    const { ctx, asset, house } = await world()
    await expect(assetRightsPage(asActor(ctx, aGuest(house.id)), asset.id, asked())).rejects.toMatchObject({ code: 'forbidden' })
    await expect(gridFrames(asActor(ctx, aGuest(house.id)), asset.id, { months: 0, open: [] })).rejects.toMatchObject({ code: 'forbidden' })
    const other = await world()
    await expect(assetRightsPage(other.ctx, asset.id, asked())).rejects.toMatchObject({ code: 'not-found' })
    await expect(gridFrames(other.ctx, asset.id, { months: 0, open: [] })).rejects.toMatchObject({ code: 'not-found' })
    await expect(assetRightsSummary(other.ctx, asset.id)).rejects.toMatchObject({ code: 'not-found' })
  })
})
