import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roles, type Role } from '#services/kernel/actor.ts'
import { audienceOf, type Reader } from './audience.ts'

const reader = (userId: string, held: Role[], email = `${userId}@people.test`): Reader => ({
  userId,
  name: userId,
  email,
  language: 'en',
  roles: held,
})

test('those with the role are told, and nobody else', () => {
  const people = [reader('a', ['RIGHTS_MANAGER']), reader('b', ['LIBRARIAN']), reader('c', ['ADMINISTRATOR'])]
  expect(audienceOf(people, { roles: ['RIGHTS_MANAGER'] }).map(({ userId }) => userId)).toEqual(['a'])
})

test('where nobody has the role, the administrators are told', () => {
  expect(
    audienceOf([reader('b', ['LIBRARIAN']), reader('c', ['ADMINISTRATOR'])], { roles: ['REVIEWER'] }).map(({ userId }) => userId),
  ).toEqual(['c'])
})

test('whoever did it is not told, even as the only one', () => {
  expect(audienceOf([reader('a', ['REVIEWER'])], { roles: ['REVIEWER'], except: 'a' })).toEqual([])
})

test('never two letters to one address, and never to a stranger', () => {
  const people = fc.array(
    fc.record({
      userId: fc.uuid(),
      name: fc.string(),
      language: fc.constantFrom('en' as const, 'de' as const),
      email: fc.constantFrom('a@x.test', 'A@x.test', 'b@x.test', 'c@x.test'),
      roles: fc.subarray([...roles]),
    }),
  )
  fc.assert(
    fc.property(people, fc.subarray([...roles]), (members: Reader[], wanted) => {
      const chosen = audienceOf(members, { roles: wanted })
      expect(new Set(chosen.map(({ email }) => email.toLowerCase())).size).toBe(chosen.length)
      expect(chosen.every((one) => members.includes(one))).toBe(true)
    }),
  )
})
