import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { type TestDb, testDb } from '#services/testing/db.ts'
import { always, anExchange, type ExchangeContext } from '#services/testing/exchange.ts'
import { anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { addAcquisition } from '../rights/acquisitions.ts'
import { papersOf } from './paper-views.ts'
import { addPaper, openPaper } from './papers.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

describe('a paper', () => {
  const pdf = Buffer.from('%PDF-1.7\n% a signed page\n%%EOF')
  const docx = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from('[Content_Types].xml word/document.xml')])
  const caller = { ip: '127.0.0.1', userAgent: 'test' }
  async function shop() {
    const made = await anExchange(t.db)
    const asset = await anAsset(made.ctx, { houseId: made.house.id, held: false })
    await addAcquisition(made.ctx, { assetId: asset.id, contract: 'BR-14', licensor: 'Brandt', subLicensable: true, terms: always })
    return made
  }
  const add = (ctx: ExchangeContext, bytes: Buffer, change: object = {}) =>
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
    const outsider = asActor(base, await aPerson(base, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] })) as ExchangeContext
    await expect(openPaper(outsider, kept.value.id, caller)).rejects.toThrow('see-rights')
    const { ctx: stranger } = await anExchange(t.db)
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
