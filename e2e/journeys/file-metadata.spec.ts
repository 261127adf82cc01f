import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, expectAccessible, test } from '../fixtures.ts'

const agency = `Agency ${randomBytes(3).toString('hex')}`

/** A picture as an agency sends it: described, with its terms and a release in it. */
const picture = () => {
  const [r = 0, g = 0, b = 0] = randomBytes(3)
  return sharp({ create: { width: 900, height: 600, channels: 3, background: { r, g, b } } })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Quay at six</rdf:li><rdf:li xml:lang="de">Kai um sechs</rdf:li></rdf:Alt></dc:title>
      <photoshop:City>Husum</photoshop:City><photoshop:Credit>Ada / ${agency}</photoshop:Credit>
      <xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Web only, until the end of 2027</rdf:li></rdf:Alt></xmpRights:UsageTerms>
      <plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>${agency}</plus:LicensorName></rdf:li></rdf:Seq></plus:Licensor>
      <plus:ModelReleaseStatus>http://ns.useplus.org/ldf/vocab/MR-LMR</plus:ModelReleaseStatus>
      </rdf:Description></rdf:RDF></x:xmpmeta>`,
    )
    .jpeg()
    .toBuffer()
}

test('a file is laid beside its record, and what it says about rights before the rights desk', async ({ page, product }) => {
  await product.signIn(page, 'lena@northlight.example')
  await page.goto('/library/upload')
  await page.getByLabel('Choose files').setInputFiles([{ name: 'quay.jpg', mimeType: 'image/jpeg', buffer: await picture() }])
  await page.getByRole('link', { name: 'Describe it' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Quay at six' })).toBeVisible({ timeout: 30_000 })
  const asset = new URL(page.url()).pathname
  await page.getByLabel('Title', { exact: true }).fill('Harbour quay')
  await page.getByLabel('Credit line').fill('Northlight')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByText('Saved.')).toBeVisible()

  await page.goto(`${asset}/metadata`)
  await expect(page.getByRole('heading', { name: '2 fields differ' })).toBeVisible()
  await expectAccessible(page)
  const title = page.getByRole('row', { name: /^Title/ }).first()
  await expect(title).toContainText('Kai um sechs')
  await title.getByLabel('Take the file’s').check()
  await page
    .getByRole('row', { name: /^Credit line/ })
    .first()
    .getByLabel('Keep the record’s')
    .check()
  await page.getByRole('button', { name: 'Save the choices' }).click()
  await expect(page.getByText('One field taken from the file, the record stands in one field.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Quay at six' })).toBeVisible()
  await expect(page.getByText('Record and file agree')).toBeVisible()

  await page.getByLabel('Look for a name or words').fill('licensor')
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await expect(page.getByRole('cell', { name: /LicensorName/ })).toBeVisible()
  const sidecar = await page.request.get(`${asset}/metadata.xmp`)
  expect(await sidecar.text()).toContain('<photoshop:City>Husum</photoshop:City>')

  await product.signOut(page)
  await product.signIn(page, 'maren@northlight.example')
  await page.goto(`${asset.replace('/library/', '/rights/')}`)
  await expect(page.getByText('Nothing is held').first()).toBeVisible()
  const terms = page.getByRole('article', { name: 'Terms of use' })
  await expect(terms).toContainText('Web only, until the end of 2027')
  await expectAccessible(page)
  await terms.getByRole('link', { name: 'Accept as contract…' }).click()
  await expect(page.getByLabel('From whom')).toHaveValue(agency)
  await expect(page.getByText('The file says so; nobody has checked it')).toBeVisible()
  await page.goBack()
  await terms.getByText('Set aside…').click()
  await terms.getByLabel('Why').fill('We bought this picture outright')
  await terms.getByRole('button', { name: 'Set aside' }).click()
  await expect(page.getByRole('article', { name: 'Terms of use' })).toContainText('Set aside')
  await expect(page.getByText('Nothing is held').first(), 'words in a file give no rights').toBeVisible()
})
