import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { contributorPath } from '#app/components/catalog/contributor-path.ts'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { contributorsPage } from '#services/catalog/contributors.ts'

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const address = (name: string) => /^[a-z0-9-]{1,80}$/.exec(searchParams.get(name) ?? '')?.[0] ?? ''
  const from = address('from')
  return { ...(await contributorsPage(await contextOf(args), { after: address('after'), from })), from }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'contributors')
  return titled(t('title'), t('lede'))
}

export default function Contributors() {
  const t = useTranslations('contributors')
  const { contributors, letters, next, from } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title={t('title')}>{t('lede')}</PageHeader>
      {letters.length > 1 && contributors.length > 12 && (
        <nav className="letters" aria-label={t('letters')}>
          {letters.map((letter) => (
            <Link key={letter} to={`/contributors?from=${letter}`} aria-current={from === letter ? 'true' : undefined}>
              {letter.toUpperCase()}
            </Link>
          ))}
        </nav>
      )}
      {contributors.length === 0 ? (
        <EmptyState icon="people" title={t('none')} action={<ButtonLink to="/search">{t('all-pictures')}</ButtonLink>}>
          {t('none-why')}
        </EmptyState>
      ) : (
        <ul className="names">
          {contributors.map((contributor) => (
            <li key={contributor.slug}>
              <Link to={contributorPath(contributor)}>{contributor.name}</Link>
              <span className="muted small numeric">{t('count', { count: contributor.count })}</span>
            </li>
          ))}
        </ul>
      )}
      <Pager next={next} />
    </Page>
  )
}
