import { expect, test } from 'vitest'
import { mailContract } from '../contracts/mail.ts'
import { fakeMail } from './mail.ts'

const mail = fakeMail()
mailContract('the postbox in memory', () => ({ mail, arrived: async (to) => mail.sent.filter((letter) => letter.to === to) }))

test('a relay can be down once', async () => {
  const own = fakeMail()
  own.failNext()
  const letter = { to: 'a@people.test', subject: 's', html: 'h', text: 't', key: 'k' }
  await expect(own.send(letter)).rejects.toThrow('does not answer')
  await own.send(letter)
  expect(own.sent).toHaveLength(1)
})
