import type { z } from 'zod'
import { parseFields } from './form.server.ts'
import type { LifeError } from '#services/assets/errors.ts'
import type { Result } from '#services/kernel/result.ts'
import type { Context } from '#services/platform/context.ts'
import { releaseLegalHold, setLegalHold } from '#services/assets/legal-holds.ts'
import {
  deleteAsset,
  embargoAsset,
  endEmbargo,
  expireAsset,
  holdAsset,
  planWithdrawal,
  resumeAsset,
  scheduleAsset,
  setEndOfUse,
  unscheduleAsset,
} from '#services/assets/life.ts'
import {
  embargoInput,
  endInput,
  holdInput,
  legalHoldInput,
  planEndInput,
  releaseInput,
  scheduleInput,
  useEndInput,
} from '#services/assets/life-schema.ts'
import { archiveAsset, restoreAsset, withdrawAsset } from '#services/assets/publishing.ts'
import { assetInput } from '#services/assets/schema.ts'

type Outcome = Result<unknown, LifeError>
type Answer = { verb: string } & ({ read: false; errors: Record<string, string[]> } | { read: true; outcome: Outcome; said: string })

interface Verb {
  schema: z.ZodType
  said: string
  act: (ctx: Context, input: never) => Promise<Outcome>
}
const verb = <S extends z.ZodType>(schema: S, said: string, act: (ctx: Context, input: z.output<S>) => Promise<Outcome>): Verb => ({
  schema,
  said,
  act: act as Verb['act'],
})

/** The forms of the page of an asset's life, by the word that each sends. */
const verbs: Record<string, Verb> = {
  schedule: verb(scheduleInput, 'Planned.', scheduleAsset),
  unschedule: verb(assetInput, 'The plan is taken back: it is approved, as before.', unscheduleAsset),
  'plan-end': verb(planEndInput, 'Saved.', planWithdrawal),
  hold: verb(holdInput, 'On hold: nobody outside sees it any more.', holdAsset),
  resume: verb(assetInput, 'It is again what it was.', resumeAsset),
  embargo: verb(embargoInput, 'Under embargo.', embargoAsset),
  'end-embargo': verb(assetInput, 'The embargo has ended: it is approved.', endEmbargo),
  'use-end': verb(useEndInput, 'Saved.', setEndOfUse),
  expire: verb(endInput, 'Its use has ended.', expireAsset),
  withdraw: verb(endInput, 'Withdrawn from store and portal.', withdrawAsset),
  archive: verb(endInput, 'Archived.', archiveAsset),
  delete: verb(endInput, 'In the bin.', deleteAsset),
  restore: verb(assetInput, 'Restored as a draft.', restoreAsset),
  'legal-hold': verb(legalHoldInput, 'On legal hold.', setLegalHold),
  // Released by somebody else a moment ago: what was wanted is so.
  release: verb(releaseInput, 'The legal hold is released.', async (ctx, input) => {
    const outcome = await releaseLegalHold(ctx, input)
    return outcome.ok ? outcome : { ok: true, value: null }
  }),
}

/** What a form of that page asks for, done or refused. A word that no form sends is a wrong state of the page. */
export async function actOnLife(ctx: Context, assetId: string, form: FormData): Promise<Answer> {
  const word = String(form.get('verb') ?? '')
  const known = Object.hasOwn(verbs, word) ? verbs[word] : undefined
  if (!known) return { verb: word, read: true, outcome: { ok: false, error: 'wrong-state' }, said: '' }
  form.set('assetId', assetId)
  const read = parseFields(form, known.schema)
  if (read.status !== 'success') return { verb: word, read: false, errors: sayingsOf(read.reply().error) }
  return { verb: word, read: true, outcome: await known.act(ctx, read.value as never), said: known.said }
}

const sayingsOf = (error: unknown): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries((error ?? {}) as Record<string, string[] | null>).flatMap(([name, said]) => (said ? [[name, said]] : [])),
  )
