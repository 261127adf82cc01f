import type { Cause, Decision, Use } from '../../rights/rules/decide.ts'
import type { Axis } from '../../rights/rules/nearest.ts'

/** Mirror of the database enum, so that pages need no database client. A db test holds them equal. */
export const lights = ['GREEN', 'AMBER', 'RED', 'ERROR'] as const
export type Light = (typeof lights)[number]

/** Why a light is what it is. The first six are the engine's, the others say why it was not asked. */
export const kinds = [
  'licensed',
  'own-use',
  'licence-needed',
  'partly-licensed',
  'partly',
  'answer-missing',
  'refused',
  'unreadable',
  'no-such-asset',
  'several-assets',
] as const
export type Kind = (typeof kinds)[number]

export interface Verdict {
  light: Light
  kind: Kind
}

/** Causes that a person can take away by answering: nobody has said no yet. */
const unanswered: readonly Cause[] = ['release-missing', 'not-answered']
/** At least so many thousandths of an axis must be left, or what is left is not the use any more. */
export const mostOfIt = 500

/**
 * The light of an answer, from the engine's decision and what it offers instead; nothing else is asked, so that no light
 * is greener than the engine:
 *
 * | decide | who uses it | reasons | nearest | light |
 * |---|---|---|---|---|
 * | allow | anybody | – | – | green: their licence covers it |
 * | offer | the house | – | – | green: nothing stands against our own use |
 * | offer | a holder | – | – | amber: a licence is needed |
 * | deny | anybody | their own licences only | – | amber: the rest needs a licence |
 * | deny | anybody | a release or answer is missing, nothing worse | – | amber: somebody has yet to answer |
 * | deny | anybody | any | at least half of one axis, or all without exclusivity | amber: the larger part can be had |
 * | deny | anybody | any | less, or nothing | red |
 */
export function lightOf(
  { verdict, reasons }: Pick<Decision, 'verdict' | 'reasons'>,
  by: Use['by'],
  nearest: readonly { axis: Axis; kept: number }[],
): Verdict {
  if (verdict === 'allow') return { light: 'GREEN', kind: 'licensed' }
  if (verdict === 'offer') return by === 'house' ? { light: 'GREEN', kind: 'own-use' } : { light: 'AMBER', kind: 'licence-needed' }
  const others = reasons.filter(({ own }) => !own)
  if (others.length === 0) return { light: 'AMBER', kind: 'partly-licensed' }
  if (others.every(({ cause }) => unanswered.includes(cause))) return { light: 'AMBER', kind: 'answer-missing' }
  return nearest.some(({ kept }) => kept >= mostOfIt) ? { light: 'AMBER', kind: 'partly' } : { light: 'RED', kind: 'refused' }
}

/** Each light and kind in words: a headline for the eye, a sentence for what it means. */
export const lightWords: Record<Light, string> = { GREEN: 'Yes', AMBER: 'Not yet', RED: 'No', ERROR: 'Not asked' }
export const kindWords: Record<Kind, { title: string; meaning: string }> = {
  licensed: { title: 'Yes, you may use it', meaning: 'A licence in force covers this use.' },
  'own-use': { title: 'Yes, the house may use it', meaning: 'Its own rights cover this use and nothing stands against it.' },
  'licence-needed': { title: 'Yes, with a licence', meaning: 'Nothing stands against this use; it needs a licence first.' },
  'partly-licensed': { title: 'Partly licensed', meaning: 'A licence covers part of this use; the rest needs one more.' },
  partly: { title: 'Not all of it', meaning: 'Something stands against part of this use; the larger part can be had.' },
  'answer-missing': { title: 'An answer is missing', meaning: 'Nobody has said no, but a consent or an answer is not there yet.' },
  refused: { title: 'No', meaning: 'Something stands against this use.' },
  unreadable: { title: 'Not understood', meaning: 'The row cannot be read; nothing was asked.' },
  'no-such-asset': { title: 'No such picture', meaning: 'No picture that you may see has this name; nothing was asked.' },
  'several-assets': { title: 'Several pictures', meaning: 'More than one picture has this name; nothing was asked.' },
}
