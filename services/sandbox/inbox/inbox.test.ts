import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageIdFor, smtpMail } from '#services/platform/mail/smtp.ts'
import { mailContract } from '#services/testing/contracts/mail.ts'
import { startInbox, type Inbox } from './inbox.ts'
import type { InboxLetter } from './letters.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'clearmark-inbox-'))
const from = 'Clearmark <no-reply@brand.test>'
let inbox: Inbox
beforeAll(async () => void (inbox = await startInbox({ smtpPort: 0, webPort: 0, dir })))
afterAll(() => inbox.close())

const messages = async (query = ''): Promise<InboxLetter[]> =>
  (await (await fetch(`${inbox.url}/api/messages${query}`)).json()) as InboxLetter[]
const mail = () => smtpMail({ url: inbox.smtpUrl, from })

mailContract('mail by SMTP', () => ({
  mail: mail(),
  arrived: async (to) =>
    (await messages(`?to=${encodeURIComponent(to)}`))
      .reverse()
      .map((letter) => ({ ...letter, to: letter.to.join(), html: letter.html ?? '' })),
}))

test('the same key gives the same Message-ID, another key another one', async () => {
  const letter = { to: 'twice@people.test', subject: 's', html: '<p>h</p>', text: 't', key: 'ending:lic_1:7' }
  await mail().send(letter)
  await mail().send(letter)
  const ids = (await messages('?to=twice@people.test')).map(({ messageId }) => messageId)
  expect(ids).toEqual([messageIdFor('ending:lic_1:7', from), messageIdFor('ending:lic_1:7', from)])
  expect(messageIdFor('other', from)).not.toBe(ids[0])
})

test('newest first, found by recipient, opened, and still there after a restart', async () => {
  await mail().send({
    to: 'old@people.test',
    subject: 'First <b>letter</b>',
    html: '<html><head></head><body><a href="https://shop.test/a?b=1&amp;c=2">go</a></body></html>',
    text: 't',
    key: '1',
  })
  await mail().send({ to: 'new@people.test', subject: 'Second letter', html: '<p>x</p>', text: 't', key: '2' })
  expect((await messages()).slice(0, 2).map(({ subject }) => subject)).toEqual(['Second letter', 'First <b>letter</b>'])
  const page = await (await fetch(`${inbox.url}/?q=old@people`)).text()
  expect(page).toContain('First &lt;b&gt;letter&lt;/b&gt;')
  expect(page).not.toContain('Second letter')
  await inbox.close()
  inbox = await startInbox({ smtpPort: 0, webPort: 0, dir })
  const [kept] = await messages('?to=old@people.test')
  expect(kept?.links).toEqual(['https://shop.test/a?b=1&c=2'])
  const body = await fetch(`${inbox.url}/letters/${kept?.id}/body`)
  expect(body.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await body.text()).toContain('<base target="_blank">')
  expect((await fetch(`${inbox.url}/letters/${kept?.id}`)).status).toBe(200)
  expect((await fetch(`${inbox.url}/letters/${kept?.id}/source`)).status).toBe(200)
  expect((await fetch(`${inbox.url}/letters/nothing`)).status).toBe(404)
})

test('a relay that is not there is an error and not a hang', async () => {
  await expect(
    smtpMail({ url: 'smtp://127.0.0.1:9', from }).send({ to: 'a@people.test', subject: 's', html: 'h', text: 't', key: 'k' }),
  ).rejects.toThrow()
})
