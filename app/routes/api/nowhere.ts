import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { problemAnswer } from '#app/http/problem.server.ts'

const nowhere = ({ context }: LoaderFunctionArgs | ActionFunctionArgs) =>
  problemAnswer(
    { code: 'not-found', status: 404, title: 'There is nothing here', detail: 'The API is described at /api/v1/openapi.json.' },
    context.requestId,
  )

/** Programs get a problem, not a page, where there is nothing. */
export { nowhere as loader, nowhere as action }
