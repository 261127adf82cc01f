import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aBarePicture, aDesk, sold, underContract, wholeWorld } from '#services/testing/desk.ts'
import { aPerson } from '#services/testing/world.ts'
import { imposeRestriction } from '../rights/restrictions.ts'
import { calendarFeed, feedWishOf } from './calendar-feed.ts'
import { calendarPage } from './calendar.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const monthOf = async (ctx: TestContext, month: string, kinds: string[] = []) => {
  const page = await calendarPage(ctx, month, kinds)
  return Object.fromEntries(
    page.weeks.flat().flatMap(({ day, inMonth, count, lines }) => (inMonth && count > 0 ? [[day, lines.map(({ title }) => title)]] : [])),
  )
}

describe('the month', () => {
  test('has each line on its last day in the house’s zone, on both sides of a clock change', async () => {
    const { ctx } = await aDesk(t.db)
    for (const [contract, until] of [
      ['SPRING', '2027-03-28'],
      ['EVE', '2027-03-27'],
      ['AUTUMN', '2027-10-31'],
      ['NEW-YEAR', '2026-12-31'],
    ] as const)
      await underContract(ctx, (await aBarePicture(ctx)).id, contract, until)
    expect(await monthOf(ctx, '2027-03')).toEqual({ '2027-03-27': ['Contract EVE ends'], '2027-03-28': ['Contract SPRING ends'] })
    expect(await monthOf(ctx, '2027-10')).toEqual({ '2027-10-31': ['Contract AUTUMN ends'] })
    expect(await monthOf(ctx, '2026-12')).toEqual({ '2026-12-31': ['Contract NEW-YEAR ends'] })
    expect(await monthOf(ctx, '2026-11')).toEqual({})
    const page = await calendarPage(ctx, null, [])
    expect(page).toMatchObject({ month: '2026-11', previous: '2026-10', next: '2026-12', today: '2026-11-21' })
    expect(page.year).toHaveLength(53)
    expect(page.year[0]).toEqual({ monday: '2026-11-16', count: 0 })
    expect(page.year.filter(({ count }) => count > 0)).toEqual([
      { monday: '2026-12-28', count: 1 },
      { monday: '2027-03-22', count: 2 },
      { monday: '2027-10-25', count: 1 },
    ])
  })

  test('groups, counts by kind, and shows only the kinds asked for', async () => {
    const { ctx, customer } = await aDesk(t.db)
    const [one, two] = [await aBarePicture(ctx), await aBarePicture(ctx)]
    for (const asset of [one, two]) await underContract(ctx, asset.id, 'A-17', '2026-12-31')
    await sold(ctx, one, customer.id, '2026-12-31')
    await imposeRestriction(ctx, { assetId: two.id, kind: 'EMBARGO', reason: 'Launch', terms: { ...wholeWorld, until: '2026-12-31' } })
    const page = await calendarPage(ctx, '2026-12', [])
    const day = page.weeks.flat().find((one) => one.day === '2026-12-31')
    expect(day).toMatchObject({
      count: 3,
      kinds: [
        { kind: 'contract-ends', count: 1 },
        { kind: 'embargo-lifts', count: 1 },
        { kind: 'licence-ends', count: 1 },
      ],
    })
    expect(day?.lines[0]).toMatchObject({ title: 'Contract A-17 ends', detail: 'Studio Brandt · 2 pictures', pictures: 2 })
    expect(await monthOf(ctx, '2026-12', ['embargo-lifts'])).toEqual({ '2026-12-31': ['Embargo “Launch” lifts'] })
    expect((await calendarPage(ctx, 'nonsense', ['nonsense'])).kinds).toHaveLength(5)
  })
})

/** What another program reads out of the feed. */
function readBack(body: string) {
  const calendar = new ICAL.Component(ICAL.parse(body) as never)
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      isDate: event.startDate.isDate,
      alarms: component.getAllSubcomponents('valarm').map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
      url: String(component.getFirstPropertyValue('url')),
    }
  })
}
const everyKind = feedWishOf(new URLSearchParams())

describe('the calendar feed, read by another program', () => {
  test('has whole days with the end after them, warnings, long and foreign words unharmed', async () => {
    const { ctx } = await aDesk(t.db)
    const contract = `Größe; Länge, "Breite" \\ ${'Überlänge '.repeat(14)}日本`.slice(0, 190)
    await underContract(ctx, (await aBarePicture(ctx)).id, contract, '2027-03-28')
    const { body } = await calendarFeed(ctx, feedWishOf(new URLSearchParams('remind=30,7,1,4')))
    expect(readBack(body)).toEqual([
      {
        uid: expect.stringMatching(/^[0-9a-f]{40}@clearmark\.test$/) as string,
        summary: `Contract ${contract} ends`,
        description: 'Studio Brandt · 1 picture',
        start: '2027-03-28',
        end: '2027-03-29',
        isDate: true,
        alarms: ['-P30D', '-P7D', '-P1D'],
        url: expect.stringContaining('https://clearmark.test/rights/worklist/line?item=contract-ends') as string,
      },
    ])
    for (const line of body.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  })

  test('keeps each event’s name while its ground stays, and leaves out what was renewed', async () => {
    const { ctx } = await aDesk(t.db)
    const [one, two] = [await aBarePicture(ctx), await aBarePicture(ctx)]
    await underContract(ctx, one.id, 'A-17', '2026-12-31')
    const [before] = readBack((await calendarFeed(ctx, everyKind)).body)
    const row = await underContract(ctx, two.id, 'A-17', '2026-12-31')
    const [grown] = readBack((await calendarFeed(ctx, everyKind)).body)
    expect(grown).toMatchObject({ uid: before?.uid, description: 'Studio Brandt · 2 pictures' })
    await underContract(ctx, two.id, 'A-17', '2027-06-30', row)
    const later = readBack((await calendarFeed(ctx, everyKind)).body)
    expect(later.map(({ start }) => start)).toEqual(['2026-12-31', '2027-06-30'])
    expect(later[0]?.uid).toBe(before?.uid)
    expect(later[1]?.uid).not.toBe(before?.uid)
    expect(readBack((await calendarFeed(ctx, feedWishOf(new URLSearchParams('kinds=licence-ends')))).body)).toEqual([])
  })

  test('is the same bytes while nothing changes, and other ones when something does', async () => {
    const { ctx } = await aDesk(t.db)
    const asset = await aBarePicture(ctx)
    await underContract(ctx, asset.id, 'A-17', '2026-12-31')
    const first = await calendarFeed(ctx, everyKind)
    ctx.clock.advance(3_600_000)
    // Looked at again without anything being different.
    await ctx.db.$executeRaw`INSERT INTO worklist_stale (house_id, asset_no) VALUES (${ctx.actor.houseId}, ${asset.no})`
    expect(await calendarFeed(ctx, everyKind)).toEqual(first)
    await underContract(ctx, (await aBarePicture(ctx)).id, 'A-17', '2026-12-31')
    expect((await calendarFeed(ctx, everyKind)).etag).not.toBe(first.etag)
  })

  test('is for the desk’s own people and nobody else', async () => {
    const { ctx, auditor, customer, house } = await aDesk(t.db)
    expect((await calendarFeed(asActor(ctx, auditor), everyKind)).body).toContain('BEGIN:VCALENDAR')
    const buyer = await aPerson(ctx, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] })
    await expect(calendarFeed(asActor(ctx, buyer), everyKind)).rejects.toMatchObject({ code: 'not-found' })
    const librarian = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
    await expect(calendarFeed(asActor(ctx, librarian), everyKind)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
