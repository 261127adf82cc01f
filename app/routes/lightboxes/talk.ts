import type { ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { answerTalk } from '#app/http/lightbox-talk.server.ts'
import { cameFrom } from '#app/http/lightbox.server.ts'

/** What people with a seat say about a box. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const boxId = args.params.boxId ?? ''
  const page = cameFrom(args.request, `/lightboxes/${boxId}`)
  return answerTalk(ctx, await fieldsOf(args.request), boxId, { kind: 'person', token: null }, page)
}

export const loader = leadsTo('/lightboxes/:boxId')
