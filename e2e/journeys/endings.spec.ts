import { expect, expectAccessible, test } from '../fixtures.ts'

const clara = 'clara@bergmann.example'
const grace = 'grace@pikeharrow.example'
const twoDays = 2 * 86_400_000

test.describe('when processes stop and time goes on', () => {
  // Whatever happens here, the next journey finds the product running, in the present.
  test.afterEach(async ({ product }) => {
    await product.process('web/restart?ahead=0')
    await product.process('worker/restart?ahead=0')
    await product.fate('webhooks/mode', { drop: 0, copies: 1 })
  })

  test('at its end a licence gives no more bytes, with the worker stopped', async ({ page, product }) => {
    await product.signIn(page, clara)
    const { orgId } = await product.db.member.findFirstOrThrow({ where: { user: { email: clara } }, select: { orgId: true } })
    const licence = await product.db.licence.findFirstOrThrow({
      where: { state: 'ACTIVE', holderOrgId: orgId, endsAt: { gt: new Date(), lt: new Date(Date.now() + twoDays) } },
      select: { id: true },
    })
    await page.goto(`/licences/${licence.id}`)
    await expectAccessible(page)
    expect((await page.request.get(`/licences/${licence.id}/download`)).status()).toBe(200)

    await product.process('worker/stop')
    await product.process(`web/restart?ahead=${twoDays}`)
    const refused = await page.request.get(`/licences/${licence.id}/download`, { headers: { accept: 'application/json' } })
    expect(refused.status()).toBe(403)
    expect(JSON.stringify(await refused.json())).toContain('ended')
    await page.goto(`/licences/${licence.id}/download`)
    await expect(page.getByRole('heading', { level: 1, name: 'This licence has ended' })).toBeVisible()
    await expectAccessible(page)
    const { state } = await product.db.licence.findUniqueOrThrow({ where: { id: licence.id }, select: { state: true } })
    expect(state, 'nobody has swept yet: the clock alone decided').toBe('ACTIVE')
    const row = await product.db.delivery.findFirstOrThrow({ where: { licenceId: licence.id }, orderBy: { id: 'desc' } })
    expect([row.outcome, row.reason]).toEqual(['REFUSED', 'ended'])
  })

  test('the web process is killed between payment and issue: the licence is there afterwards, once', async ({ page, product }) => {
    const asset = await product.db.asset.findFirstOrThrow({ where: { title: 'Island Survey' }, select: { id: true } })
    const licences = () => product.db.licence.count({ where: { assetId: asset.id, state: 'ACTIVE' } })
    const before = await licences()
    await product.emptyCart(grace)
    await product.signIn(page, grace)
    await page.goto(`/assets/${asset.id}?model=ROYALTY_FREE_STANDARD`)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.waitForURL('**/cart')
    await page.getByRole('button', { name: 'Check out' }).click()
    await page.waitForURL(/\/c\/pay\//)
    const session = page.url().split('/').at(-1)?.split('?')[0] ?? ''
    // No webhook arrives, and the process that would have answered the return page is gone.
    await product.fate('webhooks/mode', { drop: 1000 })
    await product.process('worker/stop')
    await product.process('web/kill')
    await product.fate(`sessions/${session}/pay`, { card: '4242424242424242' })
    expect(await licences()).toBe(before)

    await product.fate('webhooks/mode', { drop: 0, copies: 3 })
    await product.process('worker/restart')
    await expect
      .poll(
        () =>
          page.request.get('/health/ready').then(
            (answer) => answer.ok(),
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(true)
    const order = await product.db.order.findFirstOrThrow({
      where: { lines: { some: { assetId: asset.id } } },
      orderBy: { placedAt: 'desc' },
      select: { id: true },
    })
    await page.goto(`/checkout/return?order=${order.id}`)
    await expect(page.getByText('Thank you: your licences are in force')).toBeVisible({ timeout: 20_000 })
    await page.reload()
    expect(await licences()).toBe(before + 1)
    expect(await product.db.payment.count({ where: { orderId: order.id } })).toBe(1)
    expect(await product.db.invoice.count({ where: { orderId: order.id } })).toBe(1)
  })
})
