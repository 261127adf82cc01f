import type { LoaderFunctionArgs } from '@remix-run/node'

/** Text and data mining is reserved (TDMRep, W3C 2024; Article 4(3) of Directive 2019/790): the file that says so for the whole site. */
export function loader({ context }: LoaderFunctionArgs) {
  const { origin } = context.house.context
  return Response.json([{ location: '/', 'tdm-reservation': 1, 'tdm-policy': `${origin}/policies/tdm.json` }], {
    headers: { 'Cache-Control': 'public, max-age=3600' },
  })
}
