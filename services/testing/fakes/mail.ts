import type { Letter, Mail } from '#services/platform/mail/mail.ts'

export interface FakeMail extends Mail {
  sent: Letter[]
  /** The next letter is refused by the relay, once. */
  failNext(error?: Error): void
}

/** A postbox in memory. */
export function fakeMail(): FakeMail {
  let failure: Error | undefined
  const sent: Letter[] = []
  return {
    sent,
    failNext: (error = new Error('the relay does not answer')) => void (failure = error),
    async send(letter) {
      const error = failure
      failure = undefined
      if (error) throw error
      sent.push({ ...letter, subject: letter.subject.replace(/[\r\n]+/g, ' ').trim() })
    },
  }
}
