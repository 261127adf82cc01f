import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aLicenceFor } from '#services/testing/claims.ts'
import { aDocument } from '#services/testing/licence-documents.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import type { Person } from '../kernel/actor.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { addAcquisition } from '../rights/acquisitions.ts'
import { addRelease } from '../rights/releases.ts'
import { takeClaims } from '../rights/claims.ts'
import { recordImportedSales } from '../rights/imported-sales.ts'
import { loadRights } from '../rights/loading.ts'
import { imposeRestriction } from '../rights/restrictions.ts'
import { decide, type Use } from '../rights/rules/decide.ts'
import { LeafSet } from '../rights/rules/leaf-set.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { applyImport, writeImport } from './applying.ts'
import { checkImport } from './checking.ts'
import { contractForm, contractPage, contractsPage } from './contract-views.ts'
import { exportRights } from './exporting.ts'
import { exportInput } from './export-schema.ts'
import { importPage } from './import-views.ts'
import { receiveImport } from './intake.ts'
import { recordForMany } from './many.ts'
import { odrlOfAsset, odrlOfContract, odrlOfLicence } from './odrl.ts'
import { papersOf } from './paper-views.ts'
import { addPaper, openPaper } from './papers.ts'
import { exportFiles, exportKinds, type ExportKind } from './rules/export-kinds.ts'
import type { ImportKind } from './rules/kinds.ts'

let t: TestDb
let empty: TestDb
beforeAll(async () => {
  t = await testDb()
  empty = await testDb()
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  await empty[Symbol.asyncDispose]()
})

type World = TestContext & { actor: Person }
const always: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2024-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}

async function world(db: TestDb['db']) {
  const base = testContext(db)
  const house = await aHouse(base)
  const as = async (...roles: Person['roles'][number][]) => asActor(base, await aPerson(base, { houseId: house.id, roles })) as World
  return { base, house, as, ctx: await as('RIGHTS_MANAGER') }
}
const textOf = async (chunks: AsyncIterable<string>): Promise<string> => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}
async function bring(ctx: World, kind: ImportKind, body: string) {
  const job = asActor(ctx, { kind: 'system', houseId: ctx.actor.houseId, name: 'test' } as never)
  const sent = await receiveImport(ctx, { kind, fileName: 'x', source: Readable.from([Buffer.from(body)]) })
  if (!sent.ok) throw new Error(sent.error)
  const { importId } = sent.value
  await checkImport(job, { importId })
  const applied = await applyImport(ctx, importId)
  if (applied.ok) await writeImport(job, { importId })
  return importPage(ctx, importId, null)
}

/** A small generator with a seed, so that a failure can be had again. */
function dice(seed: number) {
  let state = seed
  const next = (n: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * n)
  }
  const one = <T>(list: readonly T[]): T => list[next(list.length)] as T
  const day = () => new Date(Date.UTC(2024, 0, 1 + next(1_500))).toISOString().slice(0, 10)
  const terms = (): ScopeTerms => {
    const [from = '', until = ''] = [day(), day()].sort()
    return {
      media: one([['ALL'], ['social', 'web-banner'], ['advertising'], ['editorial', 'ai-training'], ['not-ai']]),
      territory: one([
        { include: ['WORLD'] },
        { include: ['WORLD'], except: ['JP', 'DACH'] },
        { include: ['EU27'] },
        { include: ['M49:150'], except: ['FR'] },
      ]),
      industry: one(['ALL' as const, ['fashion', 'banking'], ['sensitive']]),
      from,
      until: next(3) === 0 ? null : until,
      zone: one(['Europe/Berlin', 'America/New_York', 'UTC']),
      exclusive: false,
    }
  }
  return { next, one, day, terms }
}

test('what is exported answers a thousand questions the same in an empty house, by CSV and by ODRL', async () => {
  const { ctx, house } = await world(t.db)
  const { next, one, terms } = dice(42)
  const assets: { id: string }[] = []
  for (let i = 0; i < 6; i++)
    assets.push(await anAsset(ctx, { houseId: house.id, title: `Picture ${i}`, held: i % 2 === 0, showsPeople: i % 3 === 0 }))
  for (const { id } of assets)
    for (let i = 0; i < 4; i++) {
      await addAcquisition(ctx, {
        assetId: id,
        contract: `C-${next(3)}`,
        licensor: one(['Brandt', '=Formel & Söhne']),
        subLicensable: next(3) > 0,
        terms: { ...terms(), exclusive: next(2) === 0 },
      })
      await addRelease(ctx, {
        assetId: id,
        kind: one(['MODEL', 'PROPERTY'] as const),
        status: one(['UNLIMITED', 'LIMITED', 'NONE', 'WITHDRAWN'] as const),
        reference: `R-${i}`,
        aiUses: next(2) === 0,
        sensitive: next(2) === 0 ? ['alcohol'] : [],
        terms: terms(),
      })
      if (next(2) === 0)
        await imposeRestriction(ctx, {
          assetId: id,
          kind: 'HOLDBACK',
          reason: 'Nicht vor der Messe',
          reference: next(2) ? 'L-1' : undefined,
          terms: terms(),
        })
    }
  await recordImportedSales(
    ctx,
    assets.flatMap(({ id }, n) =>
      [0, 1, 2].map((i) => ({
        assetId: id,
        shop: 'Alpine',
        reference: `${n}-${i}`,
        holder: 'Kontor',
        soldAt: new Date('2025-01-01T00:00:00Z'),
        terms: { ...terms(), exclusive: i === 0 },
      })),
    ),
  )

  const questions = Array.from({ length: 1_000 }, () => {
    const from = new Date(Date.UTC(2024, 0, 1 + next(1_600)))
    const box = {
      media: LeafSet.of(1 + next(64)),
      territory: LeafSet.of(1 + next(250)),
      industry: LeafSet.of(1 + next(49)),
      period: { from, to: new Date(from.getTime() + 86_400_000 * (1 + next(60))) },
    }
    return { asset: one(assets).id, use: { box, exclusive: next(2) === 0, by: one(['holder', 'house'] as const) } satisfies Use }
  })
  const answers = async (world: World, kinds: 'all' | 'without claims') => {
    const rights = await loadRights(world, {
      assetIds: assets.map(({ id }) => id),
      ...(kinds === 'all' ? {} : { claims: 'none' as const }),
    })
    return questions.map(({ asset, use }) => {
      const known = rights.get(asset)
      if (!known) throw new Error(asset)
      const { verdict, reasons } = decide(known, use, { at: world.clock.now(), knownAt: world.clock.now() })
      return `${verdict} ${reasons
        .map(({ cause, contract }) => `${cause} ${cause === 'taken' ? '' : contract}`)
        .sort()
        .join('; ')}`
    })
  }
  const before = await answers(ctx, 'all')
  expect(new Set(before).size).toBeGreaterThan(20)

  const twin = async () => {
    const there = await world(empty.db)
    // The same pictures under the same ids: the library moves by itself, the rights by these files.
    await empty.db.asset.deleteMany({})
    for (const asset of await t.db.asset.findMany({ where: { houseId: house.id } }))
      await empty.db.asset.create({
        data: { ...rowOf(asset), houseId: there.house.id, currentVersionId: null, publishedVersionId: null } as never,
      })
    return there.ctx
  }
  const csv = await twin()
  for (const kind of ['acquisitions', 'releases', 'restrictions', 'sales'] as const) {
    const { chunks } = await exportRights(ctx, exportInput.parse({ kind }))
    expect(await bring(csv, exportFiles[kind].table, await textOf(chunks)), kind).toMatchObject({ state: 'DONE', problemCount: 0 })
  }
  expect(await answers(csv, 'all')).toEqual(before)

  // A second empty house, by ODRL: what sales other shops made is no matter of a picture's policy.
  await clear(empty.db)
  const odrl = await twin()
  for (const { id } of assets)
    expect(await bring(odrl, 'ODRL', await textOf((await odrlOfAsset(ctx, id)).chunks))).toMatchObject({ state: 'DONE', problemCount: 0 })
  expect(await answers(odrl, 'without claims')).toEqual(await answers(ctx, 'without claims'))
})

/** Everything that the first crossing left behind; the triggers that keep history stand aside for it. */
async function clear(db: TestDb['db']) {
  await db
    .$executeRawUnsafe(
      `SET session_replication_role = replica; TRUNCATE claims, imported_sales, acquisitions, releases, restrictions, decisions, contracts, declarations CASCADE; SET session_replication_role = origin`,
    )
    .catch(async () => {
      for (const table of [
        'claims',
        'imported_sales',
        'acquisitions',
        'releases',
        'restrictions',
        'decisions',
        'contracts',
        'declarations',
      ]) {
        await db.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
        await db.$executeRawUnsafe(`DELETE FROM ${table}`)
        await db.$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
      }
    })
}
const rowOf = (asset: object) => Object.fromEntries(Object.entries(asset).filter(([name]) => !['search', 'exclusivityNo'].includes(name)))

describe('an export', () => {
  test('is narrowed by contract, picture and what was known when, and leaves a fact', async () => {
    const { ctx, house, as } = await world(t.db)
    const [one, two] = [await anAsset(ctx, { houseId: house.id, held: false }), await anAsset(ctx, { houseId: house.id, held: false })]
    for (const [asset, contract] of [
      [one, 'A'],
      [one, 'B'],
      [two, 'A'],
    ] as const)
      await addAcquisition(ctx, { assetId: asset.id, contract, licensor: 'L', subLicensable: true, terms: always })
    const rows = async (input: object, who: World = ctx) =>
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
    const { ctx: stranger } = await world(t.db)
    expect(await rows({ asset: one.id }, stranger)).toBe(0)
    expect(await t.db.auditFact.count({ where: { houseId: house.id, type: 'rights.exported' } })).toBe(6)
    expect(exportInput.safeParse({ kind: 'acquisitions', knownAt: 'yesterday' }).success).toBe(false)
    expect(exportInput.safeParse({ kind: 'secrets' }).success).toBe(false)
  })
  test.each(exportKinds)('of %s without a row names its columns all the same', async (kind: ExportKind) => {
    const { ctx } = await world(t.db)
    expect(await textOf((await exportRights(ctx, exportInput.parse({ kind }))).chunks)).toMatch(/^\uFEFFasset,title,/)
  })
})

describe('contracts', () => {
  test('list what they give and find by a part of their name; each tells its scopes and pictures', async () => {
    const { ctx, house, as } = await world(t.db)
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

    const { ctx: stranger } = await world(t.db)
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

describe('a paper', () => {
  const pdf = Buffer.from('%PDF-1.7\n% a signed page\n%%EOF')
  const docx = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from('[Content_Types].xml word/document.xml')])
  const caller = { ip: '127.0.0.1', userAgent: 'test' }
  async function shop() {
    const made = await world(t.db)
    const asset = await anAsset(made.ctx, { houseId: made.house.id, held: false })
    await addAcquisition(made.ctx, { assetId: asset.id, contract: 'BR-14', licensor: 'Brandt', subLicensable: true, terms: always })
    return made
  }
  const add = (ctx: World, bytes: Buffer, change: object = {}) =>
    addPaper(ctx, { kind: 'CONTRACT', reference: 'BR-14', fileName: '../x/contract.pdf', source: Readable.from([bytes]), ...change })

  test('is kept by its hash, listed, and leaves through the register, for staff only', async () => {
    const { ctx, house, as, base } = await shop()
    const kept = await add(ctx, pdf)
    expect(kept).toMatchObject({ ok: true, value: { fileName: 'contract.pdf' } })
    if (!kept.ok) return
    expect(await add(ctx, pdf)).toMatchObject({ ok: false, error: 'kept-already' })
    const [row] = await papersOf(ctx, 'CONTRACT', ['BR-14'])
    expect(row).toMatchObject({ fileName: 'contract.pdf', mediaType: 'application/pdf', sizeBytes: pdf.length, by: ctx.actor.name })

    await expect(openPaper(await as('LIBRARIAN'), kept.value.id, caller)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(papersOf(await as('LIBRARIAN'), 'CONTRACT', ['BR-14'])).rejects.toMatchObject({ code: 'forbidden' })
    expect(await papersOf(await as('LIBRARIAN'), 'RELEASE', ['MR-1'])).toEqual([])
    const file = await openPaper(await as('AUDITOR'), kept.value.id, caller)
    expect(file).toMatchObject({ inline: false, keep: 'nobody', mediaType: 'application/pdf' })
    const chunks: Buffer[] = []
    for await (const chunk of await file.open(null)) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks)).toEqual(pdf)
    expect(
      await t.db.delivery.count({ where: { houseId: house.id, rendition: 'paper', outcome: 'SERVED', fileSha256: row?.sha256 ?? '' } }),
    ).toBe(1)
    expect(await t.db.auditFact.count({ where: { houseId: house.id, type: 'paper.added' } })).toBe(1)

    const customer = await anOrganisation(base, { houseId: house.id, kind: 'CUSTOMER' })
    const outsider = asActor(base, await aPerson(base, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] })) as World
    await expect(openPaper(outsider, kept.value.id, caller)).rejects.toThrow('see-rights')
    const { ctx: stranger } = await world(t.db)
    await expect(openPaper(stranger, kept.value.id, caller)).rejects.toThrow('no paper')
    await expect(add(await as('AUDITOR'), pdf)).rejects.toThrow('exchange')
    await expect(t.db.paper.update({ where: { id: kept.value.id }, data: { fileName: 'other.pdf' } })).rejects.toThrow('append_only')
  })

  test('is told by its bytes: Word yes; a program, a workbook, nothing and half a file no', async () => {
    const { ctx } = await shop()
    expect(await add(ctx, docx, { fileName: 'c.docx' })).toMatchObject({ ok: true })
    expect(await add(ctx, Buffer.from('MZ program'), { fileName: 'contract.pdf' })).toMatchObject({ ok: false, error: 'refused-type' })
    expect(await add(ctx, Buffer.concat([docx, Buffer.from('xl/workbook.xml')]))).toMatchObject({ ok: false, error: 'refused-type' })
    expect(await add(ctx, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatchObject({ ok: false, error: 'refused-type' })
    expect(await add(ctx, Buffer.alloc(0))).toMatchObject({ ok: false, error: 'empty' })
    const broken = Readable.from(
      (async function* () {
        yield pdf
        throw new Error('gone')
      })(),
    )
    expect(await add(ctx, pdf, { source: broken })).toMatchObject({ ok: false, error: 'cut-off' })
    const endless = Readable.from(
      (function* () {
        yield pdf
        for (let i = 0; i < 60; i++) yield Buffer.alloc(1 << 20)
      })(),
      { objectMode: false },
    )
    expect(await add(ctx, pdf, { source: endless })).toMatchObject({ ok: false, error: 'too-large' })
    await expect(add(ctx, pdf, { reference: 'unknown' })).rejects.toThrow('no CONTRACT')
    await expect(add(ctx, pdf, { kind: 'RELEASE' })).rejects.toThrow('no RELEASE')
  })
})

test('the rights of a picture as ODRL are for staff; a licence as ODRL for its holder and the house', async () => {
  const { ctx, house, base } = await world(t.db)
  const asset = await anAsset(ctx, { houseId: house.id })
  const customer = await anOrganisation(base, { houseId: house.id, kind: 'CUSTOMER' })
  const outsider = asActor(base, await aPerson(base, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] })) as World
  expect(JSON.parse(await textOf((await odrlOfAsset(ctx, asset.id)).chunks))).toMatchObject({
    '@graph': [{ '@type': 'Agreement', 'cm:contract': 'Own work' }],
  })
  await expect(odrlOfAsset(outsider, asset.id)).rejects.toThrow('see-rights')
  const { ctx: stranger } = await world(t.db)
  await expect(odrlOfAsset(stranger, asset.id)).rejects.toThrow('no asset')
  await expect(odrlOfLicence(outsider, 'lic_none')).rejects.toThrow('no licence')
})

test('a live licence leaves as the sale of another shop, and as an agreement for its holder and the house', async () => {
  const { ctx, house, base } = await world(t.db)
  const asset = await anAsset(ctx, { houseId: house.id })
  const customer = await anOrganisation(base, { houseId: house.id, kind: 'CUSTOMER', name: 'Kontor GmbH' })
  const licence = await aLicenceFor(ctx, { asset, exclusive: true, holderOrgId: customer.id })
  const terms: ScopeTerms = {
    ...always,
    media: ['social'],
    territory: { include: ['WORLD'], except: ['JP'] },
    until: '2027-12-31',
    exclusive: true,
  }
  const taken = await inTransactionOrUndo(ctx, (tx) =>
    takeClaims(tx, [
      { assetNo: asset.no, licenceNo: licence.no, box: boxOf(terms), exclusive: true, state: 'ACTIVE', holdExpiresAt: null },
    ]),
  )
  expect(taken).toMatchObject({ ok: true })
  const text = await textOf((await exportRights(ctx, exportInput.parse({ kind: 'licences', asset: asset.id }))).chunks)
  expect(text.split('\r\n')[1]).toBe(
    `${asset.id},Harbour at dawn,Northlight Studio,${licence.number},Kontor GmbH,2026-11-21T09:00:00.000Z,yes,social,WORLD except JP,,2024-01-01,2027-12-31,Europe/Berlin,`,
  )

  const document = aDocument({
    number: licence.number,
    asset: { ...aDocument().asset, id: asset.id },
    exclusive: true,
    scope: { terms: { ...terms } as never, words: [] },
  })
  const sealed = await t.db.licence.create({
    data: {
      id: `${licence.id}x`,
      number: `${licence.number}X`,
      houseId: house.id,
      holderOrgId: customer.id,
      model: 'RIGHTS_MANAGED',
      state: 'ACTIVE',
      assetId: asset.id,
      versionId: 'v',
      terms: {},
      exclusive: true,
      startsAt: base.clock.now(),
      createdAt: base.clock.now(),
      document: JSON.stringify(document),
      documentSha256: '0',
      signature: 'x',
    },
  })
  const holder = asActor(base, await aPerson(base, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] })) as World
  const own = await odrlOfLicence(holder, sealed.id)
  expect(JSON.parse(own.text)).toMatchObject({
    '@type': 'Agreement',
    uid: `urn:clearmark:licence:${licence.number}X`,
    conflict: 'prohibit',
    'cm:exclusive': true,
  })
  expect((await odrlOfLicence(ctx, sealed.id)).text).toBe(own.text)
  const other = await anOrganisation(base, { houseId: house.id, kind: 'CUSTOMER' })
  const outsider = asActor(base, await aPerson(base, { houseId: house.id, orgId: other.id, roles: ['CUSTOMER'] })) as World
  await expect(odrlOfLicence(outsider, sealed.id)).rejects.toThrow('no licence')
})
