import type { ActionFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { boxTokenOf, countNewBox } from '#app/http/lightbox.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { archiveBox, duplicateBox, editBox, makeDefault, restoreBox } from '#services/lightboxes/lightboxes.ts'
import { editBoxInput } from '#services/lightboxes/schema.ts'

/** What is done with a box as a whole: named, made the one that clicks fill, copied, put away, brought back. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const boxId = args.params.boxId ?? ''
  const token = await boxTokenOf(args)
  const form = await fieldsOf(args.request)
  const t = wordsOf(ctx.language, 'lightboxes')
  const back = (text: string, tone: 'success' | 'warning' = 'success', to = `/lightboxes/${boxId}`) => redirectWithToast(to, { tone, text })
  switch (form.get('verb')) {
    case 'edit': {
      const fields = parseFields(form, editBoxInput)
      if (fields.status !== 'success') return back(t('name-needed'), 'warning')
      await editBox(ctx, token, boxId, fields.value)
      return back(t('saved'))
    }
    case 'default':
      await makeDefault(ctx, token, boxId)
      return back(t('now-default'))
    case 'duplicate': {
      await countNewBox(args, ctx)
      const outcome = await duplicateBox(ctx, token, boxId)
      if (outcome.ok) return back(t('duplicated'), 'success', `/lightboxes/${outcome.value.boxId}`)
      return back(t('too-many-boxes', { most: (outcome.detail as { most?: number }).most ?? 0 }), 'warning')
    }
    case 'archive': {
      const outcome = await archiveBox(ctx, token, boxId)
      return back(t(outcome.ok ? 'now-archived' : 'already-archived'), outcome.ok ? 'success' : 'warning')
    }
    case 'restore': {
      const outcome = await restoreBox(ctx, token, boxId)
      return back(t(outcome.ok ? 'restored' : 'not-archived'), outcome.ok ? 'success' : 'warning')
    }
    default:
      throw new Refusal('malformed', 'no such verb for a lightbox')
  }
}

export const loader = leadsTo('/lightboxes/:boxId')
