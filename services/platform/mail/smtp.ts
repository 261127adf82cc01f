import { createHash } from 'node:crypto'
import nodemailer from 'nodemailer'
import type { Mail } from './mail.ts'

/** A header value must not carry a line of its own. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim()

const domainOf = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'

/** The same key gives the same Message-ID, so a letter that was sent twice is one letter in the reader's mailbox. */
export const messageIdFor = (key: string, from: string): string =>
  `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domainOf(from)}>`

/** Mail by SMTP. A relay that does not answer fails the job, which is tried again later; it never holds a request. */
export function smtpMail({ url, from }: { url: string; from: string }): Mail {
  const transport = nodemailer.createTransport({
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, subject, html, text, key, stopUrl }) {
      await transport.sendMail({
        from,
        to: oneLine(to),
        subject: oneLine(subject),
        html,
        text,
        messageId: messageIdFor(key, from),
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(stopUrl && { 'List-Unsubscribe': `<${oneLine(stopUrl)}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
        },
      })
    },
  }
}
