import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Letter, Mail } from '#services/platform/mail/mail.ts'

export interface MailUnderTest {
  mail: Mail
  /** What has arrived for this recipient, oldest first. */
  arrived(to: string): Promise<Pick<Letter, 'to' | 'subject' | 'html' | 'text'>[]>
}

/** What the house relies on when it sends a letter: run on the fake and on SMTP. */
export function mailContract(name: string, subject: () => MailUnderTest): void {
  const letter = (fields: Partial<Letter> = {}): Letter => ({
    to: `${randomUUID()}@people.test`,
    subject: 'Your licence',
    html: '<p>Open <a href="https://shop.test/licences/1">your licence</a>.</p>',
    text: 'Open your licence: https://shop.test/licences/1',
    key: randomUUID(),
    ...fields,
  })
  describe(name, () => {
    test('a letter arrives with its subject, its page and its text', async () => {
      const sent = letter()
      await subject().mail.send(sent)
      const [arrived] = await subject().arrived(sent.to)
      expect(arrived).toMatchObject({ to: sent.to, subject: sent.subject })
      expect(arrived?.html).toContain('https://shop.test/licences/1')
      expect(arrived?.text).toContain('Open your licence')
    })

    test('names of every alphabet arrive as they were written', async () => {
      const sent = letter({ subject: 'Łódź · Αθήνα · 東京 – licence ready', text: 'Grüße aus Łódź' })
      await subject().mail.send(sent)
      const [arrived] = await subject().arrived(sent.to)
      expect(arrived).toMatchObject({ subject: sent.subject })
      expect(arrived?.text).toContain('Grüße aus Łódź')
    })

    test('a subject cannot smuggle a header in', async () => {
      const sent = letter({ subject: 'Hello\r\nBcc: everybody@people.test' })
      await subject().mail.send(sent)
      const [arrived] = await subject().arrived(sent.to)
      expect(arrived?.subject).toBe('Hello Bcc: everybody@people.test')
      expect(await subject().arrived('everybody@people.test')).toEqual([])
    })
  })
}
