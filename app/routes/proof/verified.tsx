import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { LicenceProof } from '#app/components/compliance/licence-proof.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { verifyNumber } from '#services/licensing/verification.ts'

export const meta = () => [...titled('Verification'), { name: 'robots', content: 'noindex' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const number = (args.params.number ?? '').slice(0, 60)
  const found = await verifyNumber(ctx, { number, ip: args.context.ip })
  return data({ number, found }, { status: found ? 200 : 404, headers: { 'Cache-Control': 'private, no-store' } })
}

export default function Verified() {
  const { number, found } = useLoaderData<typeof loader>()
  if (!found)
    return (
      <Page width="narrow">
        <EmptyState as="h2" icon="warning" title={`No licence ${number}`} action={<ButtonLink to="/verify">Try another number</ButtonLink>}>
          We never issued a licence by this number. Look for a letter that was read as a figure: our numbers have no I, L, O and U.
        </EmptyState>
      </Page>
    )
  return (
    <Page width="narrow">
      <LicenceProof found={found} />
      <p className="muted small no-print proof-next">
        <Link to="/verify">Check another</Link>
      </p>
    </Page>
  )
}
