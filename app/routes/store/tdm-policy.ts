import type { LoaderFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { assignerOf } from '#services/catalog/machine-views.ts'

/** Whom to ask for mining, as an ODRL Offer of the TDMRep profile: it needs our consent, and it costs. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const { name } = await assignerOf(ctx)
  const policy = {
    '@context': ['http://www.w3.org/ns/odrl.jsonld', 'http://www.w3.org/ns/tdmrep.jsonld'],
    '@type': 'Offer',
    profile: 'http://www.w3.org/ns/tdmrep',
    uid: `${ctx.origin}/policies/tdm.json`,
    assigner: { uid: ctx.origin, 'vcard:fn': name, 'vcard:hasURL': `${ctx.origin}/licensing` },
    permission: [{ target: `${ctx.origin}/search`, action: 'tdm:mine', duty: [{ action: 'obtainConsent' }, { action: 'compensate' }] }],
  }
  return new Response(JSON.stringify(policy, null, 2), {
    headers: { 'Content-Type': 'application/ld+json; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  })
}
