import type { ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { briefFor } from '#services/briefs/briefs.ts'
import type { NoteBriefError } from '#services/briefs/errors.ts'
import { noteOnBrief } from '#services/briefs/notes.ts'
import { noteBriefForm } from '#services/briefs/schema.ts'

const sayings = { 'brief-ended': 'errors.brief-ended', 'wait-a-moment': 'errors.wait-a-moment' } as const satisfies Record<
  NoteBriefError,
  string
>

/** Somebody says something about a brief. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const briefId = args.params.briefId ?? ''
  const t = wordsOf(ctx.language, 'briefs')
  const page = `/briefs/${briefId}`
  const wanted = noteBriefForm.safeParse(Object.fromEntries(await fieldsOf(args.request)))
  await briefFor(ctx, briefId)
  if (!wanted.success) return redirectWithToast(page, { tone: 'warning', text: t('errors.note-empty') })
  const outcome = await noteOnBrief(ctx, briefId, { body: wanted.data.body, desk: wanted.data.desk === 'on' })
  if (outcome.ok) return redirectWithToast(`${page}#${outcome.value.noteId}`, { tone: 'success', text: t('said') })
  const { seconds = 0 } = (outcome.detail ?? {}) as { seconds?: number }
  return redirectWithToast(page, { tone: 'warning', text: t(sayings[outcome.error], { minutes: Math.ceil(seconds / 60) }) })
}

export const loader = leadsTo('/briefs/:briefId')
