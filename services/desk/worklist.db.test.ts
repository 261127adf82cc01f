import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aBarePicture, aDesk, rowId, sold, underContract, wholeWorld } from '#services/testing/desk.ts'
import { aGuest, anAsset, aPerson } from '#services/testing/world.ts'
import { runDue } from '../assets/due.ts'
import { endAcquisition } from '../rights/acquisitions.ts'
import { addRelease } from '../rights/releases.ts'
import { imposeRestriction, liftRestriction } from '../rights/restrictions.ts'
import { usualFilter, type WorkFilter } from './rules/filter.ts'
import { severityOf } from './rules/severity.ts'
import { wayOut } from './rules/way-out.ts'
import { detailOf, titleOf } from './rules/words.ts'
import { settleAll } from './settling.ts'
import { deskFigures, linePage, worklistPage } from './worklist.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const list = async (ctx: TestContext, filter: Partial<WorkFilter> = {}) =>
  (await worklistPage(ctx, { ...usualFilter, ...filter }, null)).page.items
const kindsOf = async (ctx: TestContext, filter: Partial<WorkFilter> = {}) => (await list(ctx, filter)).map(({ kind }) => kind)

describe('what ends', () => {
  test('one contract that ends on a day is one line, however many pictures; each that is renewed leaves it', async () => {
    const { ctx, customer } = await aDesk(t.db)
    const assets = [await aBarePicture(ctx), await aBarePicture(ctx), await aBarePicture(ctx)]
    const rows: string[] = []
    for (const { id } of assets) rows.push(await underContract(ctx, id, 'A-17', '2026-12-10'))
    // One of them is held by another contract too, under which a licence reaches beyond the tenth of December.
    await underContract(ctx, assets[0]?.id ?? '', 'B-2', null)
    await sold(ctx, assets[0] as never, customer.id, null)

    const [line, ...rest] = await list(ctx)
    expect(rest).toEqual([])
    expect(line).toMatchObject({
      kind: 'contract-ends',
      item: 'contract-ends:A-17:2026-12-10',
      reference: 'A-17',
      party: 'Studio Brandt',
      day: '2026-12-10',
      daysLeft: 19,
      pictures: 2,
      severity: 'routine',
    })

    await underContract(ctx, assets[1]?.id ?? '', 'A-17', null, rows[1])
    expect(await list(ctx)).toMatchObject([{ pictures: 1, asset: { id: assets[2]?.id } }])
    // Another end is another line: what was said about the first one is not said about this.
    await underContract(ctx, assets[2]?.id ?? '', 'A-17', '2026-12-18', rows[2])
    expect((await list(ctx)).map(({ item }) => item)).toEqual(['contract-ends:A-17:2026-12-18'])
  })

  test('counts the licences that reach beyond the end, and the horizon looks no further than asked', async () => {
    const { ctx, customer } = await aDesk(t.db)
    const asset = await aBarePicture(ctx)
    const first = await underContract(ctx, asset.id, 'LONG', null)
    await sold(ctx, asset, customer.id, null)
    await underContract(ctx, asset.id, 'SHORT', '2027-01-31')
    // The long one goes: the licence lies outside what is held, and reaches beyond the short one's end.
    await endAcquisition(ctx, { id: first, reason: 'The photographer died.' })
    expect(await kindsOf(ctx)).toEqual(['outside-contract'])
    expect(await list(ctx, { within: 90 })).toMatchObject([
      { kind: 'outside-contract', severity: 'critical', reference: 'LONG', licences: 1, holder: 'Kontor GmbH' },
      { kind: 'contract-ends', licences: 1, daysLeft: 71, severity: 'routine' },
    ])
  })

  test('what has ended stays for thirty days; a day counts in the house’s zone', async () => {
    const { ctx } = await aDesk(t.db)
    const asset = await aBarePicture(ctx)
    await underContract(ctx, asset.id, 'A-1', '2026-11-25')
    ctx.clock.set('2026-11-25T22:30:00Z') // half past eleven at night in Berlin: still the last day
    expect(await list(ctx)).toMatchObject([{ day: '2026-11-25', daysLeft: 0 }])
    ctx.clock.set('2026-11-25T23:30:00Z')
    expect(await list(ctx)).toMatchObject([{ daysLeft: -1 }])
    ctx.clock.set('2026-12-26T12:00:00Z')
    expect(await list(ctx)).toEqual([])
  })

  test('releases, bans, embargoes and licences end each in their own words', async () => {
    const { ctx, customer } = await aDesk(t.db)
    const asset = await aBarePicture(ctx)
    await underContract(ctx, asset.id, 'OWN', null)
    await sold(ctx, asset, customer.id, '2026-12-03')
    await addRelease(ctx, {
      assetId: asset.id,
      kind: 'MODEL',
      status: 'LIMITED',
      reference: 'MR-9',
      terms: { ...wholeWorld, until: '2026-12-01' },
    })
    const usa = { ...wholeWorld, territory: { include: ['US'] } }
    await imposeRestriction(ctx, { assetId: asset.id, kind: 'EMBARGO', reason: 'Launch', terms: { ...usa, until: '2026-11-30' } })
    await imposeRestriction(ctx, {
      assetId: asset.id,
      kind: 'HOLDBACK',
      reason: 'Own campaign',
      reference: 'HB-1',
      terms: { ...usa, until: '2026-12-02' },
    })
    expect((await list(ctx, { sort: 'day' })).map(({ kind, day, reference, licences }) => [kind, day, reference, licences])).toEqual([
      ['embargo-lifts', '2026-11-30', 'Launch', 0],
      ['release-ends', '2026-12-01', 'MR-9', 1],
      ['ban-ends', '2026-12-02', 'HB-1', 0],
      ['licence-ends', '2026-12-03', expect.stringMatching(/^CM-/), 1],
    ])
    ctx.clock.set('2026-12-05T09:00:00Z')
    expect(await kindsOf(ctx)).toEqual(['release-ends'])
  })
})

describe('what does not fit', () => {
  test('a ban laid on what was sold, until it is lifted', async () => {
    const { ctx, customer } = await aDesk(t.db)
    const asset = await aBarePicture(ctx)
    await underContract(ctx, asset.id, 'OWN', null)
    await sold(ctx, asset, customer.id, null)
    const ban = await imposeRestriction(ctx, { assetId: asset.id, kind: 'LEGAL_HOLD', reason: 'Court of Hamburg', terms: wholeWorld })
    expect(await list(ctx)).toMatchObject([
      { kind: 'meets-ban', severity: 'critical', reference: 'Court of Hamburg', licences: 1, holder: 'Kontor GmbH' },
    ])
    if (!ban.ok) throw new Error(ban.error)
    await liftRestriction(ctx, { id: ban.value.id, reason: 'Settled.' })
    expect(await list(ctx)).toEqual([])
  })

  test('a consent that is withdrawn while licences rest on it, until they end', async () => {
    const { ctx, customer } = await aDesk(t.db)
    const asset = await aBarePicture(ctx)
    await underContract(ctx, asset.id, 'OWN', null)
    const licence = await sold(ctx, asset, customer.id, null)
    await addRelease(ctx, { assetId: asset.id, kind: 'MODEL', status: 'WITHDRAWN', reference: 'MR-7', terms: wholeWorld })
    expect(await list(ctx)).toMatchObject([
      { kind: 'consent-withdrawn', item: 'consent-withdrawn:MR-7:2026-11-21', severity: 'critical', party: 'MODEL' },
    ])
    await ctx.db.$transaction([
      ctx.db.licence.update({ where: { id: licence.id }, data: { state: 'ENDED', endedBy: 'REVOKED', endedAt: ctx.clock.now() } }),
      ctx.db.$executeRaw`UPDATE claims SET state = 'REVOKED' WHERE licence_no = ${licence.no}`,
    ])
    expect(await list(ctx)).toEqual([])
  })

  test('money for rights that were gone, for a month', async () => {
    const { ctx, customer } = await aDesk(t.db)
    const asset = await aBarePicture(ctx)
    const at = ctx.clock.now()
    await ctx.db.licence.create({
      data: {
        id: rowId(ctx, 'lic'),
        number: `CM-${asset.id.slice(-8)}`,
        houseId: asset.houseId,
        holderOrgId: customer.id,
        model: 'RIGHTS_MANAGED',
        state: 'CONFLICT',
        assetId: asset.id,
        versionId: 'v',
        terms: {},
        exclusive: true,
        startsAt: at,
        createdAt: at,
      },
    })
    expect(await list(ctx)).toMatchObject([{ kind: 'paid-not-granted', severity: 'serious' }])
    ctx.clock.advance(4 * 86_400_000)
    expect(await list(ctx)).toMatchObject([{ kind: 'paid-not-granted', severity: 'critical' }])
    ctx.clock.advance(28 * 86_400_000)
    expect(await list(ctx)).toEqual([])
  })

  test('what is on sale and not held, from the day on which nothing is', async () => {
    const { ctx } = await aDesk(t.db)
    const asset = await aBarePicture(ctx, { sellsRoyaltyFree: true })
    expect(await list(ctx)).toMatchObject([{ kind: 'nothing-held', severity: 'serious', asset: { id: asset.id } }])
    await underContract(ctx, asset.id, 'A-1', '2027-03-31')
    expect(await list(ctx)).toEqual([])
    ctx.clock.set('2027-04-02T09:00:00Z')
    expect(await kindsOf(ctx)).toEqual(expect.arrayContaining(['nothing-held', 'contract-ends']))
    await ctx.db.asset.update({ where: { id: asset.id }, data: { state: 'WITHDRAWN' } })
    expect(await kindsOf(ctx)).toEqual(['contract-ends'])
  })
})

test('a publication that was refused at its time, with what it lacks, until it is out or planned anew', async () => {
  const { ctx } = await aDesk(t.db)
  const asset = await aBarePicture(ctx, { state: 'SCHEDULED' })
  const house = asActor(ctx, { kind: 'system', houseId: ctx.actor.houseId, name: 'clock' })
  await t.db.asset.update({ where: { id: asset.id }, data: { altText: '' } })
  expect(await list(ctx)).toEqual([])
  ctx.clock.set('2026-11-22T10:00:00Z')
  expect(await runDue(house)).toMatchObject({ published: 0, refused: 1 })
  const [line] = await list(ctx)
  expect(line).toMatchObject({ kind: 'schedule-refused', day: '2026-11-22', severity: 'serious', asset: { id: asset.id } })
  expect(line && `${titleOf(line)}: ${detailOf(line)}`).toMatch(
    /^Was to be published, and may not be: .*alternative text.* · Once it is mended/,
  )
  expect(line && wayOut({ ...line, contractId: null })).toEqual({
    to: `/rights/worklist/line?${new URLSearchParams({ item: line?.item ?? '' }).toString()}`,
    label: 'See what it lacks',
  })
  expect(line && severityOf(line, new Date('2026-11-23T10:00:00Z'))).toBe('critical')

  await t.db.asset.update({
    where: { id: asset.id },
    data: { publishAt: new Date('2026-12-24T10:00:00Z'), scheduleRefused: null, scheduleTriedAt: null },
  })
  expect(await list(ctx)).toEqual([])
})

describe('consents', () => {
  test('a question that nobody answered, a release that nobody has, and both gone with the answer', async () => {
    const { ctx } = await aDesk(t.db)
    const asset = await anAsset(ctx, { houseId: ctx.actor.houseId })
    await ctx.db.asset.update({ where: { id: asset.id }, data: { showsPeople: null, changedAt: new Date('2026-11-22') } })
    expect(await list(ctx)).toMatchObject([{ kind: 'unanswered', party: 'MODEL', severity: 'routine' }])
    await ctx.db.asset.update({ where: { id: asset.id }, data: { showsPeople: true, changedAt: new Date('2026-11-23') } })
    expect(await list(ctx)).toMatchObject([{ kind: 'release-missing', party: 'MODEL', severity: 'serious' }])
    await ctx.db.asset.update({ where: { id: asset.id }, data: { editorialOnly: true, changedAt: new Date('2026-11-24') } })
    expect(await list(ctx)).toEqual([])
    await ctx.db.asset.update({ where: { id: asset.id }, data: { editorialOnly: false, changedAt: new Date('2026-11-25') } })
    await addRelease(ctx, {
      assetId: asset.id,
      kind: 'MODEL',
      status: 'UNLIMITED',
      reference: 'MR-1',
      terms: { ...wholeWorld, until: '2027-06-30' },
    })
    expect(await list(ctx)).toEqual([])
    ctx.clock.set('2027-07-02T09:00:00Z')
    expect(await kindsOf(ctx)).toEqual(expect.arrayContaining(['release-missing', 'release-ends']))
  })
})

describe('what waits', () => {
  test('imports, twins, requests, the second in line and drafted changes, each until somebody decides', async () => {
    const { ctx, customer, manager } = await aDesk(t.db)
    const [one, two] = [await aBarePicture(ctx), await aBarePicture(ctx)]
    const { houseId } = ctx.actor
    const at = ctx.clock.now()
    const group = await ctx.db.exclusivityGroup.create({
      data: { id: rowId(ctx, 'grp'), houseId, name: 'Harbour, two frames', createdAt: at },
    })
    for (const asset of [one, two])
      await ctx.db.exclusivityMember.create({
        data: { id: rowId(ctx, 'twn'), houseId, groupId: group.id, assetId: asset.id, assetNo: asset.no, state: 'SUSPECTED', addedAt: at },
      })
    const request = await ctx.db.grantRequest.create({
      data: {
        id: rowId(ctx, 'req'),
        houseId,
        orgId: customer.id,
        askedById: manager.userId,
        assetId: one.id,
        purpose: 'Trade fair',
        terms: {},
        createdAt: at,
      },
    })
    const wait = await ctx.db.rightsWait.create({
      data: {
        id: rowId(ctx, 'wai'),
        houseId,
        orgId: customer.id,
        userId: manager.userId,
        assetId: two.id,
        assetNo: two.no,
        terms: {},
        createdAt: at,
      },
    })
    await ctx.db.$executeRaw`
      INSERT INTO imported_sales (id, no, house_id, asset_id, asset_no, shop, reference, holder, terms, exclusive, sold_at, state, collision, recorded_at)
      VALUES (${rowId(ctx, 'imp')}, nextval('licences_no_seq'), ${houseId}, ${one.id}, ${one.no}, 'Picturely', 'P-1', 'Acme', '{}', true, ${at}, 'COLLIDES', '[]', ${at})`
    const plan = await ctx.db.changePlan.create({
      data: {
        id: rowId(ctx, 'chg'),
        houseId,
        kind: 'END_CONTRACT',
        reference: 'A-17',
        change: {},
        reason: 'Notice given',
        state: 'DRAFT',
        assetCount: 3,
        itemCount: 8,
        basisSha256: '0'.repeat(64),
        createdAt: at,
        drawnAt: at,
      },
    })
    const found = await list(ctx)
    expect(found.map(({ kind }) => kind).sort()).toEqual([
      'change-draft',
      'import-collides',
      'request-waits',
      'second-in-line',
      'twin-suspected',
    ])
    expect(found.find(({ kind }) => kind === 'twin-suspected')).toMatchObject({
      pictures: 2,
      reference: 'Harbour, two frames',
      sourceId: group.id,
    })
    expect(found.find(({ kind }) => kind === 'change-draft')).toMatchObject({ pictures: 3, licences: 8, sourceId: plan.id, asset: null })

    await ctx.db.exclusivityMember.updateMany({ where: { groupId: group.id }, data: { state: 'CONFIRMED', decidedAt: at } })
    await ctx.db.grantRequest.update({ where: { id: request.id }, data: { state: 'REFUSED', decidedAt: at } })
    await ctx.db.rightsWait.update({ where: { id: wait.id }, data: { endedAt: at, toldAt: at, outcome: 'free' } })
    await ctx.db.importedSale.updateMany({ where: { houseId }, data: { state: 'SETTLED', settledAt: at } })
    await ctx.db.changePlan.update({ where: { id: plan.id }, data: { state: 'DROPPED' } })
    expect(await list(ctx)).toEqual([])
  })
})

describe('the list', () => {
  test('pages through everything once, in each order, and its counts are those of its lines', async () => {
    const { ctx, customer } = await aDesk(t.db)
    for (let n = 0; n < 47; n++) {
      const asset = await aBarePicture(ctx, { title: n % 2 ? 'Lighthouse' : 'Ferry' })
      await underContract(ctx, asset.id, `C-${n}`, `2026-12-${String((n % 17) + 1).padStart(2, '0')}`)
    }
    const bare = await aBarePicture(ctx, { sellsRoyaltyFree: true })
    for (const sort of ['pressing', 'day', 'pictures'] as const) {
      const filter = { ...usualFilter, sort }
      const first = await worklistPage(ctx, filter, null)
      const second = await worklistPage(ctx, filter, first.page.next)
      expect(second.page.next).toBeNull()
      const all = [...first.page.items, ...second.page.items]
      expect(new Set(all.map(({ item }) => item)).size).toBe(48)
      expect(first.total).toBe(48)
      expect(first.kinds).toMatchObject({ 'contract-ends': 47, 'nothing-held': 1 })
      for (const severity of ['routine', 'serious', 'critical'] as const)
        expect(first.severities[severity]).toBe(all.filter((one) => one.severity === severity).length)
      // The rule and the database judge alike.
      for (const one of all) expect(one.severity).toBe(severityOf(one, ctx.clock.now()))
    }
    expect(await list(ctx, { q: 'lighthouse', sort: 'day' })).toHaveLength(23)
    expect((await list(ctx, { q: 'C-46' })).map(({ reference }) => reference)).toEqual(['C-46'])
    expect(await list(ctx, { q: 'studio br_ndt' })).toEqual([])
    const narrow = await worklistPage(ctx, { ...usualFilter, kinds: ['nothing-held'], severities: ['serious'] }, null)
    expect(narrow).toMatchObject({ total: 1, page: { items: [{ asset: { id: bare.id } }] }, kinds: { 'nothing-held': 1 } })
    expect(narrow.kinds['contract-ends']).toBe(all(await list(ctx, { severities: ['serious'] })) - 1)
    expect(await list(ctx, { q: customer.name })).toEqual([])
  })
  const all = (rows: readonly unknown[]) => rows.length

  test('shows the pictures of a line with what rests on each, and nothing of another house', async () => {
    const { ctx, customer } = await aDesk(t.db)
    const asset = await aBarePicture(ctx, { title: 'Pier' })
    await underContract(ctx, asset.id, 'OWN', null)
    const licence = await sold(ctx, asset, customer.id, '2026-12-03')
    const [line] = await list(ctx)
    const page = await linePage(ctx, line?.item ?? '', null)
    expect(page?.pictures.items).toMatchObject([
      { title: 'Pier', licences: [{ id: licence.id, number: licence.number, holder: 'Kontor GmbH' }] },
    ])
    const { ctx: stranger } = await aDesk(t.db)
    expect(await linePage(stranger, line?.item ?? '', null)).toBeUndefined()
    expect(await list(stranger)).toEqual([])
  })

  test('is for the desk and its auditors, and for nobody else', async () => {
    const { ctx, auditor, house, customer } = await aDesk(t.db)
    expect((await worklistPage(asActor(ctx, auditor), usualFilter, null)).mayMark).toBe(false)
    const outsiders = [
      aGuest(house.id),
      await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] }),
      await aPerson(ctx, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] }),
    ]
    for (const actor of outsiders)
      await expect(worklistPage(asActor(ctx, actor), usualFilter, null)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('is the same whether it was kept up step by step or made anew; two who look at once do not count twice', async () => {
    const { ctx, customer } = await aDesk(t.db)
    const asset = await aBarePicture(ctx, { sellsRoyaltyFree: true })
    await list(ctx)
    const row = await underContract(ctx, asset.id, 'A-1', '2026-12-20')
    await list(ctx)
    await sold(ctx, asset, customer.id, '2026-12-04')
    await Promise.all([list(ctx), list(ctx), list(ctx)])
    await underContract(ctx, asset.id, 'A-1', '2026-12-21', row)
    const kept = await list(ctx)
    const figures = await deskFigures(ctx)
    expect(figures).toEqual({ requests: 0, held: 1, bans: 0, live: 1, exclusive: 0, holds: 0 })
    for (const table of ['worklist_lines', 'worklist_findings', 'worklist_assets', 'worklist_figures'])
      await ctx.db.$executeRawUnsafe(`DELETE FROM ${table} WHERE house_id = $1`, ctx.actor.houseId)
    await ctx.db
      .$executeRaw`INSERT INTO worklist_stale (house_id, asset_no) SELECT house_id, no FROM assets WHERE house_id = ${ctx.actor.houseId}`
    expect(await settleAll(ctx)).toEqual({ looked: 1 })
    expect(await list(ctx)).toEqual(kept)
    expect(await deskFigures(ctx)).toEqual(figures)
  })
})
