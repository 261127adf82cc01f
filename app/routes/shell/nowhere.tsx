import type { LoaderFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { Refusal } from '#services/kernel/errors.ts'

/** An address that nothing else knows: asked like a page, so that the status page still knows who is asking. */
export async function loader(args: LoaderFunctionArgs): Promise<never> {
  await contextOf(args)
  throw new Refusal('not-found', 'no such address')
}

export const action = loader

/** Never shown; with it the refusal is answered by the status page instead of by bare data. */
export default function Nowhere() {
  return null
}
