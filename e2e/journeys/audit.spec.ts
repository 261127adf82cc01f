import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, expectAccessible, test } from '../fixtures.ts'

test('an auditor verifies the trail, takes it along, and a program without us finds it whole', async ({ page, product }) => {
  const auditor = await product.db.user.findFirstOrThrow({
    where: { members: { some: { roles: { has: 'AUDITOR' }, endedAt: null } } },
    select: { email: true },
  })
  await product.signIn(page, auditor.email)
  await page.goto('/compliance')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Verify now' }).click()
  await expect(page.getByText('The trail is whole')).toBeVisible()

  await page.goto('/compliance/audit')
  await expectAccessible(page)
  const [trail] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'NDJSON' }).click()])
  const file = await trail.path()
  const checked = spawnSync(process.execPath, ['public/verify-audit.mjs', file], { encoding: 'utf8' })
  expect(checked.stdout).toContain('hang together')
  const rows = readFileSync(file, 'utf8').trim().split('\n').length
  expect(checked.stdout).toContain(`(${rows})`)

  await page.goto('/compliance/reports')
  await expectAccessible(page)
  const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'PDF' }).click()])
  expect(
    readFileSync(await report.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  await page.goto('/compliance/audit?type=report.exported')
  await expect(page.getByRole('rowheader', { name: 'report exported' }).first()).toBeVisible()
})

test('a stranger checks a licence by its number and learns everything but names', async ({ page, product }) => {
  const licence = await product.db.licence.findFirstOrThrow({
    where: { state: 'ACTIVE', endsAt: { gt: new Date() } },
    select: { number: true, holderOrgId: true },
  })
  const holder = await product.db.organisation.findUniqueOrThrow({ where: { id: licence.holderOrgId }, select: { name: true } })
  await page.goto('/verify')
  await expectAccessible(page)
  await page.getByLabel('Licence number').fill(licence.number.toLowerCase())
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Genuine, and valid/ })).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByText(holder.name)).toHaveCount(0)
  await page.getByRole('link', { name: /^[0-9a-f]{16}$/ }).click()
  await expect(page.getByText('BEGIN PUBLIC KEY').first()).toBeVisible()
})

test('a file that we never sent is hashed in the browser and not known', async ({ page }) => {
  await page.goto('/verify')
  await page.locator('input[type=file]').setInputFiles({ name: 'mine.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not yours') })
  await expect(page.getByText('We do not know this file')).toBeVisible()
})
