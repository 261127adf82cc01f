import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { boxTokenOf, cameFrom, instantIn } from '#app/http/lightbox.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { moveItem, noteItem, putBack, removeFromBox } from '#services/lightboxes/items.ts'
import { moveItemInput, noteItemInput, removeItemsInput } from '#services/lightboxes/schema.ts'

/** The address with some of its search changed. */
function withSearch(to: string, change: Record<string, string | null>): string {
  const [path = '', search] = to.split('?')
  const params = new URLSearchParams(search)
  for (const [name, value] of Object.entries(change)) {
    if (value === null) params.delete(name)
    else params.set(name, value)
  }
  return params.size > 0 ? `${path}?${params}` : path
}

/** What is done with the pictures of a box: taken out, put back, noted, moved. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const boxId = args.params.boxId ?? ''
  const token = await boxTokenOf(args)
  const form = await fieldsOf(args.request)
  const t = wordsOf(ctx.language, 'lightboxes')
  const page = withSearch(cameFrom(args.request, `/lightboxes/${boxId}`), { undo: null })
  const gone = () => redirectWithToast(page, { tone: 'warning', text: t('not-there') })
  const fields = Object.fromEntries(form)
  switch (form.get('verb')) {
    case 'remove': {
      const wanted = removeItemsInput.safeParse({ assetIds: form.getAll('assetIds') })
      if (!wanted.success) return redirectWithToast(page, { tone: 'info', text: t('choose-first') })
      const outcome = await removeFromBox(ctx, token, boxId, wanted.data.assetIds)
      return outcome.ok ? redirect(withSearch(page, { undo: String(outcome.value.at.getTime()) }), 303) : gone()
    }
    case 'back': {
      const removedAt = instantIn(form.get('at'))
      if (!removedAt) throw new Refusal('malformed', 'no instant')
      const outcome = await putBack(ctx, token, boxId, { removedAt })
      if (outcome.ok) return redirectWithToast(page, { tone: 'success', text: t('put-back', { count: outcome.value.back }) })
      return outcome.error === 'box-is-full'
        ? redirectWithToast(page, { tone: 'warning', text: t('box-is-full', { most: (outcome.detail as { most: number }).most }) })
        : gone()
    }
    case 'note': {
      const wanted = noteItemInput.safeParse(fields)
      if (!wanted.success) throw new Refusal('malformed', 'no note')
      const outcome = await noteItem(ctx, token, boxId, wanted.data)
      return outcome.ok ? redirectWithToast(page, { tone: 'success', text: t('saved') }) : gone()
    }
    case 'move': {
      const wanted = moveItemInput.safeParse(fields)
      if (!wanted.success) throw new Refusal('malformed', 'no way to move')
      const outcome = await moveItem(ctx, token, boxId, wanted.data)
      if (form.has('quiet')) return data({ said: outcome.ok ? t('moved') : t('not-there') }, { status: outcome.ok ? 200 : 409 })
      return outcome.ok ? redirect(page, 303) : gone()
    }
    default:
      throw new Refusal('malformed', 'no such verb for pictures')
  }
}

export const loader = leadsTo('/lightboxes/:boxId')
