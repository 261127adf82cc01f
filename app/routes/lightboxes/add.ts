import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { boxCookie, boxTokenOf, cameFrom, countNewBox } from '#app/http/lightbox.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import type { AddError } from '#services/lightboxes/errors.ts'
import { addToBox, removeFromBox } from '#services/lightboxes/items.ts'
import { boxesAtHand } from '#services/lightboxes/views.ts'

const sayings = {
  'box-is-full': 'box-is-full',
  'too-many-boxes': 'too-many-boxes',
  'not-for-you': 'not-for-you',
} as const satisfies Record<AddError, string>

/** One click beside a picture: into the box that clicks fill, out of it, or into another. A script stays where it is; else the page comes back. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await fieldsOf(args.request)
  const t = wordsOf(ctx.language, 'lightboxes')
  const field = (name: string) => String(form.get(name) ?? '').slice(0, 140)
  const token = await boxTokenOf(args)
  const answer = async (said: string, refused: boolean, headers = new Headers()) =>
    form.has('quiet')
      ? data({ said, refused }, { headers, status: refused ? 409 : 200 })
      : redirectWithToast(cameFrom(args.request, '/lightboxes'), { tone: refused ? 'warning' : 'success', text: said }, headers)

  if (form.has('remove')) {
    const [main] = (await boxesAtHand(ctx, token)).boxes
    if (main?.isDefault) await removeFromBox(ctx, token, main.id, [field('remove')])
    return answer(t('taken-out', { name: main?.name ?? '' }), false)
  }
  const [assetId = '', boxId] = form.has('to') ? field('to').split(' ') : [field('add')]
  if (!token) await countNewBox(args, ctx)
  const outcome = await addToBox(ctx, token, { assetId, boxId })
  if (!outcome.ok)
    return answer(t(sayings[outcome.error], { most: Number((outcome.detail as { most?: number } | undefined)?.most ?? 0) }), true)
  const { boxName, before, token: made } = outcome.value
  const headers = made ? new Headers({ 'Set-Cookie': await boxCookie(args, made) }) : new Headers()
  return answer(t(before ? 'was-there' : 'put-in', { name: boxName }), false, headers)
}

export const loader = () => redirect('/lightboxes')
