import { z } from 'zod'
import { likenessDecisions } from './rules/likeness-states.ts'

const id = z.string().regex(/^lik_[0-9a-z]{26}$/)

export const decideLikenessForm = z.object({ decision: z.enum(likenessDecisions), back: z.string().max(300).optional() })
/** An answer from the upload queue, which names the question itself. */
export const answerLikenessForm = z.object({ likenessId: id, decision: z.enum(likenessDecisions) })
/** Several at once: what makes versions or groups is decided one by one. */
export const decideLikenessesForm = z.object({
  ids: z.array(id, 'Tick at least one pair.').min(1, 'Tick at least one pair.').max(100),
  decision: z.enum(['different', 'discard'], 'Choose what to do with them.'),
})
export const reopenLikenessesForm = z.object({ ids: z.array(id).min(1).max(100), back: z.string().max(300).optional() })
