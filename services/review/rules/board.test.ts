import { describe, expect, test } from 'vitest'
import { approvalSays, meaningOf, type Movable } from './board.ts'

const card: Movable = { step: 'Brand', able: true, own: false, opens: ['Legal', 'Compliance'], last: false, beside: [], owner: null }

describe('a move on the board', () => {
  test.each([
    ['to the next step', card, 'Legal', 'APPROVE', 'it goes on to Legal and Compliance'],
    ['to the end of its route', { ...card, opens: [], last: true }, 'APPROVED', 'APPROVE', 'the version is approved'],
    ['to the end, before its end', card, 'APPROVED', 'APPROVE', 'goes on to'],
    [
      'to the end, while others are busy',
      { ...card, opens: [], beside: ['Legal'] },
      'APPROVED',
      'APPROVE',
      'not approved as a whole yet: Legal still decides',
    ],
    ['back', card, 'CHANGES_ASKED', 'ASK_CHANGES', 'asks for changes'],
    ['out', card, 'REJECTED', 'REJECT', 'ends the review'],
    ['nowhere', card, 'Brand', null, 'stays'],
    ['to a step that is not next', card, 'Finance', null, 'cannot be moved to Finance'],
    ['of somebody else’s', { ...card, able: false, owner: { name: 'Maren' } }, 'Legal', null, 'waits for Maren'],
    ['of one’s own', { ...card, able: false, own: true }, 'Legal', null, 'You sent this yourself'],
  ] as const)('%s', (_name, from, to, verdict, says) => {
    const meaning = meaningOf(from, to)
    expect(meaning.verdict).toBe(verdict)
    expect(meaning.says).toContain(says)
  })
})

test('an approval promises no more than it does', () => {
  expect(approvalSays({ step: 'Brand', opens: [], last: false, beside: ['Legal', 'Compliance'] })).toContain(
    'Legal and Compliance still decide',
  )
})
