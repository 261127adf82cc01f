import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { ownFieldNeeds, ownFieldTypes } from './rules/own-fields.ts'
import { OwnFieldNeed, OwnFieldType } from '#services/platform/generated/prisma/enums.ts'
import { editAsset } from './metadata.ts'
import { suggestKeywords } from './keyword-suggestions.ts'
import { startMediaTopics } from './media-topics.ts'
import { leftIncomplete, restoreField, retireField, saveField } from './own-field-editing.ts'
import { ownFactsOutside, ownFieldsOf } from './own-views.ts'
import { publishingFacts } from './publishing-facts.ts'
import { submittable } from './rules/publishable.ts'
import { writeKeywords } from './rules/keyword-line.ts'
import { editAssetInput } from './schema.ts'
import { mergeTerms, reword } from './term-merging.ts'
import { undoBulkEdit } from './bulk-edits.ts'
import { addTerm, changeTerm, changeVocabulary, createVocabulary, moveTerm, restoreTerm, retireTerm } from './vocabularies.ts'
import { importVocabularyFile, vocabularyAsFile } from './vocabulary-files.ts'
import { vocabularyPage } from './vocabulary-views.ts'
import { changeTermInput, saveFieldInput } from './vocabulary-schema.ts'

let t: TestDb
let ctx: TestContext
let house: { id: string }
beforeAll(async () => {
  t = await testDb()
  const bare = testContext(t.db)
  house = await aHouse(bare)
  ctx = asActor(bare, await aPerson(bare, { houseId: house.id, roles: ['LIBRARIAN'], name: 'Lena' }))
})
afterAll(() => t[Symbol.asyncDispose]())

let made = 0
async function aVocabulary(tree = true): Promise<string> {
  const outcome = await createVocabulary(ctx, { code: `v-${++made}`, name: `Vocabulary ${made}`, nameDe: '', notes: '', tree })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value.vocabularyId
}
async function aTerm(vocabularyId: string, label: string, broaderId?: string): Promise<string> {
  const outcome = await addTerm(ctx, { vocabularyId, label, labelDe: '', altLabels: [], notes: '', broaderId })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value.termId
}
const version = async () => (await t.db.assetSchema.findUnique({ where: { houseId: house.id } }))?.version ?? 0
async function aField(fields: Record<string, unknown>): Promise<string> {
  const outcome = await saveField(
    ctx,
    saveFieldInput.parse({
      code: `f-${++made}`,
      label: `Field ${made}`,
      kinds: ['LOGO'],
      type: 'TEXT',
      searchable: 'on',
      seenVersion: await version(),
      seen: 'on',
      ...fields,
    }),
  )
  if (!outcome.ok) throw new Error(`${outcome.error} ${JSON.stringify(outcome.detail)}`)
  return outcome.value.fieldId
}
const logo = () => anAsset(ctx, { houseId: house.id, state: 'DRAFT', kind: 'LOGO' })
const put = (id: string, customFields: object) => t.db.asset.update({ where: { id }, data: { customFields } })
const asset = (id: string) => t.db.asset.findUniqueOrThrow({ where: { id } })

test('the lists of rules are those of the database', () => {
  expect([...ownFieldTypes].sort()).toEqual(Object.values(OwnFieldType).sort())
  expect([...ownFieldNeeds].sort()).toEqual(Object.values(OwnFieldNeed).sort())
})

describe('a tree of terms', () => {
  test('has no circle, whoever moves what at once', async () => {
    const tree = await aVocabulary()
    const [a, b, c] = [await aTerm(tree, 'A'), await aTerm(tree, 'B'), await aTerm(tree, 'C')]
    expect(await moveTerm(ctx, { termId: b, broaderId: a })).toMatchObject({ ok: true })
    expect(await moveTerm(ctx, { termId: a, broaderId: b })).toMatchObject({ error: 'in-a-circle' })
    expect(await moveTerm(ctx, { termId: a, broaderId: a })).toMatchObject({ error: 'in-a-circle' })
    await moveTerm(ctx, { termId: b })
    const both = await Promise.all([moveTerm(ctx, { termId: b, broaderId: c }), moveTerm(ctx, { termId: c, broaderId: b })])
    expect(both.map((one) => (one.ok ? 'moved' : one.error)).sort()).toEqual(['in-a-circle', 'moved'])
    await expect(t.db.$executeRaw`UPDATE vocabulary_terms SET broader_id = ${a} WHERE id = ${a}`).rejects.toThrow()
  })

  test('refuses a code twice, a place in another vocabulary, and any place in a list', async () => {
    const [tree, list] = [await aVocabulary(), await aVocabulary(false)]
    const one = await aTerm(tree, 'One')
    expect(await addTerm(ctx, { vocabularyId: tree, label: 'One', labelDe: '', altLabels: [], notes: '' })).toMatchObject({
      error: 'code-taken',
    })
    expect(await addTerm(ctx, { vocabularyId: list, label: 'Two', labelDe: '', altLabels: [], notes: '', broaderId: one })).toMatchObject({
      error: 'in-a-list',
    })
    expect(
      await addTerm(ctx, { vocabularyId: await aVocabulary(), label: 'Two', labelDe: '', altLabels: [], notes: '', broaderId: one }),
    ).toMatchObject({ error: 'no-such-broader' })
    expect(await createVocabulary(ctx, { code: `v-${made}`, name: 'Again', nameDe: '', notes: '', tree: false })).toMatchObject({
      error: 'code-taken',
    })
    expect(
      await changeTerm(ctx, { termId: one, label: 'Uno', labelDe: 'Eins', altLabels: ['first'], notes: '', broaderId: 'trm_none' }),
    ).toMatchObject({ error: 'no-such-broader' })
    await changeVocabulary(ctx, { vocabularyId: list, name: 'Renamed', nameDe: '', notes: '' })
    expect((await vocabularyPage(ctx, list)).vocabulary.name).toBe('Renamed')
  })

  test('retires terms, and brings them back', async () => {
    const tree = await aVocabulary()
    const [a, b] = [await aTerm(tree, 'A'), await aTerm(tree, 'B')]
    expect(await retireTerm(ctx, { termId: a, replacedById: 'trm_none' })).toMatchObject({ error: 'no-such-successor' })
    expect(await retireTerm(ctx, { termId: a, replacedById: b })).toMatchObject({ ok: true })
    expect(await retireTerm(ctx, { termId: a })).toMatchObject({ error: 'already-retired' })
    expect(await restoreTerm(ctx, { termId: a })).toMatchObject({ ok: true })
    expect(await restoreTerm(ctx, { termId: a })).toMatchObject({ error: 'not-retired' })
    await expect(t.db.vocabularyTerm.delete({ where: { id: a } })).rejects.toThrow()
  })

  test('comes back from its own files as it was, and nothing of another house', async () => {
    const { vocabularyId } = await startMediaTopics(ctx)
    const page = await vocabularyPage(ctx, vocabularyId)
    expect(page.terms.filter(({ level }) => level === 1)).toHaveLength(17)
    expect(page.terms.find(({ code }) => code === '20000538')).toMatchObject({ label: 'leisure', level: 2 })
    for (const format of ['csv', 'jsonld']) {
      const file = await vocabularyAsFile(ctx, vocabularyId, format)
      const copy = await aVocabulary()
      expect(await importVocabularyFile(ctx, { vocabularyId: copy, fileName: file.name, bytes: Buffer.from(file.text) })).toMatchObject({
        value: { added: page.terms.length, changed: 0 },
      })
      const again = await vocabularyPage(ctx, copy)
      expect(again.terms.map(({ code, label, labelDe, level }) => ({ code, label, labelDe, level }))).toEqual(
        page.terms.map(({ code, label, labelDe, level }) => ({ code, label, labelDe, level })),
      )
    }
    // Another label may hold what stands between labels: in a file of cells, and in the form of its term.
    const altLabels = ['arts; culture', 'bread, wine', 'either | or', 'plain']
    const own = await aVocabulary()
    await addTerm(ctx, { vocabularyId: own, label: 'Culture', labelDe: '', altLabels, notes: '' })
    const cells = await vocabularyAsFile(ctx, own, 'csv')
    const other = await aVocabulary()
    await importVocabularyFile(ctx, { vocabularyId: other, fileName: cells.name, bytes: Buffer.from(cells.text) })
    expect((await vocabularyPage(ctx, other)).terms[0]).toMatchObject({ altLabels })
    expect(changeTermInput.parse({ termId: 'trm_a', label: 'Culture', altLabels: writeKeywords(altLabels) })).toMatchObject({ altLabels })
    expect((await vocabularyAsFile(ctx, vocabularyId, 'ttl')).text).toContain(
      'skos:broader <http://cv.iptc.org/newscodes/mediatopic/10000000>',
    )
    const list = await aVocabulary(false)
    const csv = (text: string) => importVocabularyFile(ctx, { vocabularyId: list, fileName: 'x.csv', bytes: Buffer.from(text) })
    expect(await csv('code,label,broader\na,A,\nb,B,a\n')).toMatchObject({ error: 'in-a-list' })
    expect(await csv('code,colour\na,red\n')).toMatchObject({ error: 'unreadable' })
    const tree = await aVocabulary()
    expect(
      await importVocabularyFile(ctx, { vocabularyId: tree, fileName: 'x.csv', bytes: Buffer.from('code,label,broader\na,A,b\nb,B,a\n') }),
    ).toMatchObject({ error: 'in-a-circle' })
    const stranger = asActor(ctx, await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['LIBRARIAN'] }))
    await expect(vocabularyPage(stranger, vocabularyId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      createVocabulary(asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['AUDITOR'] })), {
        code: 'x',
        name: 'x',
        nameDe: '',
        notes: '',
        tree: false,
      }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('own fields', () => {
  test('are asked for when their time comes, and never lose what records say', async () => {
    const fieldId = await aField({ label: 'Clear space', need: 'REVIEW' })
    const one = await logo()
    expect(submittable(await publishingFacts(ctx, await asset(one.id)))).toEqual(['Fill in “Clear space”.'])
    await put(one.id, { [fieldId]: 'two widths' })
    expect(submittable(await publishingFacts(ctx, await asset(one.id)))).toEqual([])
    expect((await asset(one.id)).customWords).toBe('two widths')
    expect(await retireField(ctx, { fieldId, seenVersion: await version() })).toMatchObject({ ok: true })
    expect(await retireField(ctx, { fieldId, seenVersion: await version() })).toMatchObject({ error: 'already-so' })
    expect(await restoreField(ctx, { fieldId, seenVersion: 0 })).toMatchObject({ error: 'changed-meanwhile' })
    expect((await asset(one.id)).customFields).toEqual({ [fieldId]: 'two widths' })
    expect(await restoreField(ctx, { fieldId, seenVersion: await version() })).toMatchObject({ ok: true })
    await retireField(ctx, { fieldId, seenVersion: await version() })
    await expect(put(one.id, { fld_unknown: 'x' })).rejects.toThrow()
  })

  test('change shape only where values stay good, one change at a time', async () => {
    const list = await aVocabulary(false)
    const term = await aTerm(list, 'Red')
    const fieldId = await aField({ type: 'CHOICE', vocabularyId: list })
    const one = await logo()
    await put(one.id, { [fieldId]: [term] })
    const input = async (more: object) =>
      saveFieldInput.parse({
        fieldId,
        code: `f-${made}`,
        label: 'Colour',
        kinds: ['LOGO'],
        type: 'CHOICE',
        vocabularyId: list,
        seenVersion: await version(),
        seen: 'on',
        ...more,
      })
    expect(await saveField(ctx, await input({ type: 'TEXT', vocabularyId: '' }))).toMatchObject({ error: 'type-in-use' })
    expect(await saveField(ctx, await input({ vocabularyId: await aVocabulary() }))).toMatchObject({ error: 'vocabulary-in-use' })
    expect(await saveField(ctx, await input({ vocabularyId: 'voc_none' }))).toMatchObject({ error: 'no-vocabulary' })
    expect(await saveField(ctx, await input({ preset: 'nothing like it' }))).toMatchObject({ error: 'bad-preset' })
    // Both have seen the same version: the forms are filled in before either is sent.
    const forms = [await input({ type: 'CHOICES' }), await input({ help: 'Other' })]
    const two = await Promise.all(forms.map((form) => saveField(ctx, form)))
    expect(two.map((outcome) => (outcome.ok ? 'ok' : outcome.error)).sort()).toEqual(['changed-meanwhile', 'ok'])
    expect(await saveField(ctx, await input({ fieldId: undefined }))).toMatchObject({ error: 'code-taken' })
    await logo()
    const asked = await saveField(ctx, await input({ type: 'CHOICES', need: 'PUBLISHING', seen: undefined }))
    expect(asked).toMatchObject({ error: 'leaves-incomplete', detail: { count: expect.any(Number) } })
    expect((await leftIncomplete(ctx, { fieldId, kinds: ['LOGO'] })).first.map(({ id }) => id)).not.toContain(one.id)
    expect((await t.db.assetSchemaVersion.findMany({ where: { houseId: house.id } })).length).toBe(await version())
  })

  test('are read at the edge, by their schema, and said outside in the reader’s language', async () => {
    const list = await aVocabulary(false)
    const term = await aTerm(list, 'Blue')
    await changeTerm(ctx, { termId: term, label: 'Blue', labelDe: 'Blau', altLabels: ['navy'], notes: '' })
    const [colour, count, secret] = [
      await aField({ type: 'CHOICES', vocabularyId: list, outside: 'on', label: 'Colour', labelDe: 'Farbe' }),
      await aField({ type: 'NUMBER', need: 'ALWAYS', label: 'Count', outside: 'on' }),
      await aField({ type: 'TEXT', label: 'Inside' }),
    ]
    const one = await logo()
    const form = (own: object) =>
      editAssetInput.parse({
        assetId: one.id,
        title: 'Sign',
        altText: 'A sign',
        creator: 'Ada',
        kind: 'LOGO',
        audience: 'STORE',
        own,
        ownShown: 'on',
        extendedShown: 'on',
        extendedDescription: 'At length',
      })
    expect(await editAsset(ctx, form({ [colour]: 'trm_none', [count]: 'many' }))).toMatchObject({
      error: 'own-fields-wrong',
      detail: { [`own.${colour}`]: [expect.any(String)], [`own.${count}`]: [expect.any(String)] },
    })
    expect(await editAsset(ctx, form({}))).toMatchObject({ error: 'own-fields-wrong', detail: { [`own.${count}`]: ['Fill in “Count”.'] } })
    expect(await editAsset(ctx, form({ [colour]: term, [count]: '1,5', [secret]: '<b>x</b>' }))).toMatchObject({ ok: true })
    expect(await asset(one.id)).toMatchObject({
      customFields: { [colour]: [term], [count]: 1.5, [secret]: '<b>x</b>' },
      iptc: { extendedDescription: 'At length' },
      customWordsOutside: 'Blue Blau navy 1.5',
    })
    const facts = await ownFactsOutside({ ...ctx, language: 'de' }, await asset(one.id))
    expect(facts.map(({ label, words }) => `${label}: ${words}`).sort()).toEqual(['Count: 1.5', 'Farbe: Blau'])
    expect((await ownFieldsOf(ctx, await asset(one.id), { forms: true })).options[list]).toHaveLength(1)
    await retireTerm(ctx, { termId: term })
    const other = await logo()
    expect(await editAsset(ctx, { ...form({ [colour]: term, [count]: '1' }), assetId: other.id })).toMatchObject({
      error: 'own-fields-wrong',
    })
    for (const fieldId of [colour, count, secret]) await retireField(ctx, { fieldId, seenVersion: await version() })
  })
})

describe('merging two terms', () => {
  test('moves records and what stands below, and is taken back whole', async () => {
    const tree = await aVocabulary()
    const [ship, boat, dinghy] = [await aTerm(tree, 'Ship'), await aTerm(tree, 'Boat'), '']
    const below = dinghy || (await aTerm(tree, 'Dinghy', boat))
    const fieldId = await aField({ type: 'CHOICES', vocabularyId: tree })
    const [one, two] = [await logo(), await logo()]
    await put(one.id, { [fieldId]: [boat] })
    await put(two.id, { [fieldId]: [boat, ship] })
    expect(await mergeTerms(ctx, { fromId: boat, intoId: boat })).toMatchObject({ error: 'same-term' })
    expect(await mergeTerms(ctx, { fromId: boat, intoId: await aTerm(await aVocabulary(), 'Else') })).toMatchObject({
      error: 'other-vocabulary',
    })
    expect(await mergeTerms(ctx, { fromId: boat, intoId: below })).toMatchObject({ error: 'stands-below' })
    const merged = await mergeTerms(ctx, { fromId: boat, intoId: ship })
    const editId = merged.ok ? (merged.value.editId ?? '') : ''
    expect([(await asset(one.id)).customFields, (await asset(two.id)).customFields]).toEqual([{ [fieldId]: [ship] }, { [fieldId]: [ship] }])
    expect(await t.db.vocabularyTerm.findMany({ where: { id: { in: [boat, below] } }, orderBy: { label: 'asc' } })).toMatchObject([
      { replacedById: ship },
      { broaderId: ship },
    ])
    expect(await mergeTerms(ctx, { fromId: boat, intoId: ship })).toMatchObject({ error: 'already-retired' })
    await undoBulkEdit(ctx, { editId })
    expect([(await asset(one.id)).customFields, (await asset(two.id)).customFields]).toEqual([
      { [fieldId]: [boat] },
      { [fieldId]: [boat, ship] },
    ])
    expect(await t.db.vocabularyTerm.findMany({ where: { id: { in: [boat, below] } }, orderBy: { label: 'asc' } })).toMatchObject([
      { replacedById: null, retiredAt: null },
      { broaderId: boat },
    ])
    await t.db.vocabularyTerm.update({ where: { id: boat }, data: { label: 'Vessel' } })
    expect(await reword(ctx, { houseId: house.id, termId: boat })).toBe(2)
    expect((await asset(one.id)).customWords).toBe('Vessel')
  })
})

test('keywords are suggested from vocabularies and from what the house has used', async () => {
  const bare = testContext(t.db)
  const other = await aHouse(bare)
  const ctx = asActor(bare, await aPerson(bare, { houseId: other.id, roles: ['LIBRARIAN'], name: 'Ines' }))
  await startMediaTopics(ctx)
  await anAsset(ctx, { houseId: other.id, state: 'DRAFT', keywords: ['Leistungsschau', 'über'] })
  expect(await suggestKeywords(ctx, 'leis')).toEqual([
    { word: 'leisure', from: 'Media topics › lifestyle and leisure' },
    { word: 'lifestyle and leisure', from: 'Media topics' },
    { word: 'Leistungsschau', from: null },
  ])
  expect(await suggestKeywords(ctx, 'uber')).toEqual([{ word: 'über', from: null }])
  expect(await suggestKeywords(ctx, '%')).toEqual([])
})

test('who an embargo keeps words from is offered the others, without a look at every asset', async () => {
  const bare = testContext(t.db)
  const { id: houseId } = await aHouse(bare)
  const reviewer = asActor(bare, await aPerson(bare, { houseId, roles: ['REVIEWER'] }))
  const librarian = asActor(bare, await aPerson(bare, { houseId, roles: ['LIBRARIAN'] }))
  await anAsset(bare, { houseId, state: 'DRAFT', keywords: ['harbour', 'harvest'] })
  const { id: kept } = await anAsset(bare, { houseId, state: 'DRAFT', keywords: ['harbour', 'harpoon'] })
  await t.db.$transaction(async (db) => {
    await db.$executeRaw`SET LOCAL session_replication_role = replica`
    await db.$executeRaw`UPDATE assets SET state = 'EMBARGOED', embargo_ends_at = now() + interval '1 day', embargo_then = 'PUBLISHED' WHERE id = ${kept}`
    await db.$executeRaw`INSERT INTO assets (id, house_id, title, keywords, created_at, changed_at)
      SELECT 'ast_' || i, ${houseId}, 'Asset', ARRAY['harbour', 'harm ' || i % 500], now(), now() FROM generate_series(1, 6000) i`
    await db.$executeRaw`INSERT INTO house_keywords (house_id, word, plain) SELECT ${houseId}, 'harm ' || i, 'harm ' || i FROM generate_series(0, 499) i`
  })
  await t.db.$executeRaw`ANALYZE assets`
  await t.db.$executeRaw`ANALYZE house_keywords`
  const words = async (ctx: TestContext) => (await suggestKeywords(ctx, 'har')).map(({ word }) => word)
  const looked = await t.db.$transaction(async (db) => {
    const read = async () =>
      (await db.$queryRaw<{ n: number }[]>`SELECT seq_tup_read::int AS n FROM pg_stat_xact_user_tables WHERE relname = 'assets'`)[0]?.n ?? 0
    const before = await read()
    const found = await suggestKeywords({ ...reviewer, db }, 'har')
    return { found, rows: (await read()) - before }
  })
  expect(looked.found.map(({ word }) => word).slice(0, 3)).toEqual(['harm 0', 'harm 1', 'harm 2'])
  expect(looked.rows).toBeLessThan(1_000)
  await t.db.$executeRaw`DELETE FROM house_keywords WHERE house_id = ${houseId} AND word LIKE 'harm %'`
  expect(await words(reviewer)).toEqual(['harbour', 'harvest'])
  expect(await words(librarian)).toEqual(['harbour', 'harpoon', 'harvest'])
})
