import { afterAll, beforeAll, expect, test } from 'vitest'
import { aLicenceFor } from '#services/testing/claims.ts'
import { asActor } from '#services/testing/context.ts'
import { type TestDb, testDb } from '#services/testing/db.ts'
import { always, anExchange, type ExchangeContext, textOf } from '#services/testing/exchange.ts'
import { aDocument } from '#services/testing/licence-documents.ts'
import { anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { takeClaims } from '../rights/claims.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { exportInput } from './export-schema.ts'
import { exportRights } from './exporting.ts'
import { odrlOfAsset, odrlOfLicence } from './odrl.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

test('the rights of a picture as ODRL are for staff; a licence as ODRL for its holder and the house', async () => {
  const { ctx, house, base } = await anExchange(t.db)
  const asset = await anAsset(ctx, { houseId: house.id })
  const customer = await anOrganisation(base, { houseId: house.id, kind: 'CUSTOMER' })
  const outsider = asActor(base, await aPerson(base, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] })) as ExchangeContext
  expect(JSON.parse(await textOf((await odrlOfAsset(ctx, asset.id)).chunks))).toMatchObject({
    '@graph': [{ '@type': 'Agreement', 'cm:contract': 'Own work' }],
  })
  await expect(odrlOfAsset(outsider, asset.id)).rejects.toThrow('see-rights')
  const { ctx: stranger } = await anExchange(t.db)
  await expect(odrlOfAsset(stranger, asset.id)).rejects.toThrow('no asset')
  await expect(odrlOfLicence(outsider, 'lic_none')).rejects.toThrow('no licence')
})

test('a live licence leaves as the sale of another shop, and as an agreement for its holder and the house', async () => {
  const { ctx, house, base } = await anExchange(t.db)
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
  const holder = asActor(base, await aPerson(base, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] })) as ExchangeContext
  const own = await odrlOfLicence(holder, sealed.id)
  expect(JSON.parse(own.text)).toMatchObject({
    '@type': 'Agreement',
    uid: `urn:clearmark:licence:${licence.number}X`,
    conflict: 'prohibit',
    'cm:exclusive': true,
  })
  expect((await odrlOfLicence(ctx, sealed.id)).text).toBe(own.text)
  const other = await anOrganisation(base, { houseId: house.id, kind: 'CUSTOMER' })
  const outsider = asActor(base, await aPerson(base, { houseId: house.id, orgId: other.id, roles: ['CUSTOMER'] })) as ExchangeContext
  await expect(odrlOfLicence(outsider, sealed.id)).rejects.toThrow('no licence')
})
