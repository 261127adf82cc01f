import type { LoaderFunctionArgs } from '@remix-run/node'
import { openApi } from '#app/http/openapi.server.ts'

/** The description of the API, for programs; open to everybody, since it says nothing about anybody. */
export const loader = ({ context }: LoaderFunctionArgs) =>
  Response.json(openApi(context.house.context.origin), { headers: { 'Cache-Control': 'public, max-age=300' } })
