import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(2)))
afterAll(async () => t[Symbol.asyncDispose]())

test('the migrations make exactly the database that the schema describes', async () => {
  const prisma = path.resolve('node_modules/prisma/build/index.js')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [prisma, 'migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema', '--script'],
    { env: { ...process.env, DATABASE_URL: t.url }, timeout: 50_000 },
  )
  expect(stdout).toContain('This is an empty migration')
})

test('the promises that Prisma cannot say are there by name', async () => {
  const names = await t.db.$queryRaw<{ name: string }[]>`
    SELECT conname AS name FROM pg_constraint WHERE contype IN ('x', 'c') UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public'`
  const there = new Set(names.map(({ name }) => name))
  const promised = [
    'no_double_sale', 'claim_is_sound', 'claim_life', 'claim_agrees', 'claim_agrees_new', 'licence_agrees', 'licence_life', 'imported_sale_agrees', 'membership_life', 'never_deleted', 'follow_assets', 'append_only', 'append_only_truncate', 'only_supersede', 'licence_is_frozen', 'refunds_within_payment',
    'ledger_balances', 'link_fact', 'one_open_attempt', 'one_open_review', 'one_open_kit_grant', 'house_is_its_own_tenant',
    'one_group_an_asset', 'asset_group', 'claims_follow', 'membership_binds', 'keep_declarations', 'one_current_declaration', 'one_wait_a_scope', 'worklist_stale', 'worklist_stale_new',
  ]
  expect(promised.filter((name) => !there.has(name))).toEqual([])
})
