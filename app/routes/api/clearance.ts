import type { LoaderFunctionArgs } from '@remix-run/node'
import { apiRoute, methodNotAllowed } from '#app/http/api.server.ts'
import { clearanceAnswer } from '#app/http/clearance-answer.server.ts'
import { readClearance } from '#app/http/clearance-request.server.ts'
import { ProblemError } from '#app/http/problem.server.ts'
import { zoneOfHouse } from '#services/accounts/houses.ts'
import type { ClearUsesError } from '#services/clearance/errors.ts'
import { clearUses } from '#services/clearance/programs.ts'

const sayings: Record<ClearUsesError, string> = {
  'key-used-otherwise': 'This Idempotency-Key was sent with another question before. Use a new one for a new question.',
}

/** Up to five thousand planned uses, answered at once. Described at /api/v1/openapi.json and in docs/api.md. */
export const action = apiRoute('clearance', async (ctx, args) => {
  if (args.request.method !== 'POST') return methodNotAllowed(args, 'POST')
  const { rows, holderOrgId, idempotency } = await readClearance(args.request, await zoneOfHouse(ctx))
  const outcome = await clearUses(ctx, { rows, holderOrgId, idempotency, keyId: ctx.keyId })
  if (!outcome.ok)
    throw new ProblemError({ code: outcome.error, status: 409, title: 'Used for another question', detail: sayings[outcome.error] })
  return clearanceAnswer(args.request, outcome.value)
})

export const loader = (args: LoaderFunctionArgs) => methodNotAllowed(args, 'POST')
