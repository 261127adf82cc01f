import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Code } from '#app/components/ui/code.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { publishedKeys } from '#services/compliance/keys.ts'

export const meta: MetaFunction = ({ matches }) => titled(wordsOf(languageOf(matches), 'proof')('keys.title'))

export async function loader(args: LoaderFunctionArgs) {
  return { keys: await publishedKeys(await contextOf(args)) }
}

const check = `node -e '
const crypto = require("crypto"), fs = require("fs")
const [signature] = process.argv.slice(1)
console.log(crypto.verify(null, fs.readFileSync("licence.json"), fs.readFileSync("key.pem"), Buffer.from(signature, "base64url")))
' SIGNATURE`

const code = (chunks: ReactNode) => <code className="code">{chunks}</code>

export default function Keys() {
  const t = useTranslations('proof.keys')
  const { keys } = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <PageHeader title={t('title')}>{t('lede')}</PageHeader>
      <Stack gap="lg">
        {keys.length === 0 && (
          <EmptyState icon="key" title={t('none')}>
            {t('none-text')}
          </EmptyState>
        )}
        {keys.map(({ id, publicKeyPem, createdAt, retiredAt }) => (
          <Panel
            key={id}
            id={id}
            title={
              <>
                {t.rich('one', { id: () => code(id) })}{' '}
                {retiredAt ? <Badge>{t('retired')}</Badge> : <Badge tone="success">{t('signs')}</Badge>}
              </>
            }
          >
            <p className="muted small">
              {retiredAt
                ? t.rich('until', { day: () => <When at={createdAt} to="day" />, end: () => <When at={retiredAt} to="day" /> })
                : t.rich('published', { day: () => <When at={createdAt} to="day" /> })}
            </p>
            <Code block>{publicKeyPem.trim()}</Code>
          </Panel>
        ))}
        <Panel title={t('alone')}>
          <ol className="prose">
            <li>{t.rich('take', { code })}</li>
            <li>{t.rich('save', { code })}</li>
            <li>{t('run')}</li>
          </ol>
          <Code block>{check}</Code>
          <p>{t.rich('answer', { code })}</p>
        </Panel>
      </Stack>
    </Page>
  )
}
