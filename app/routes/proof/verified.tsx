import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { LicenceProof } from '#app/components/compliance/licence-proof.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { verifyNumber } from '#services/licensing/verification.ts'

export const meta: MetaFunction = ({ matches }) => [
  ...titled(wordsOf(languageOf(matches), 'proof')('verification')),
  { name: 'robots', content: 'noindex' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const number = (args.params.number ?? '').slice(0, 60)
  const found = await verifyNumber(ctx, { number, ip: args.context.ip })
  return data({ number, found }, { status: found ? 200 : 404, headers: { 'Cache-Control': 'private, no-store' } })
}

export default function Verified() {
  const t = useTranslations('proof')
  const { number, found } = useLoaderData<typeof loader>()
  if (!found)
    return (
      <Page width="narrow">
        <EmptyState
          as="h2"
          icon="warning"
          title={t('no-licence', { number })}
          action={<ButtonLink to="/verify">{t('another')}</ButtonLink>}
        >
          {t('never-issued')}
        </EmptyState>
      </Page>
    )
  return (
    <Page width="narrow">
      <LicenceProof found={found} />
      <p className="muted small no-print proof-next">
        <Link to="/verify">{t('check-another')}</Link>
      </p>
    </Page>
  )
}
