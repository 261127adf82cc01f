import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { FileCheck } from '#app/components/compliance/file-check.tsx'
import { FileMatches } from '#app/components/compliance/file-matches.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Button } from '#app/components/ui/button.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { verifyFile } from '#services/licensing/verification.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'proof')
  return titled(t('check-licence'))
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const { searchParams } = new URL(args.request.url)
  const number = searchParams.get('number')?.trim()
  if (number) throw redirect(`/verify/${encodeURIComponent([...number].slice(0, 60).join(''))}`)
  const hash = searchParams.get('sha256')?.trim().toLowerCase()
  return { hash: hash ?? null, matches: hash ? await verifyFile(ctx, { hash, ip: args.context.ip }) : null }
}

export default function Verify() {
  const t = useTranslations('proof')
  const { hash, matches } = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <PageHeader title={t('check-title')}>{t('check-lede')}</PageHeader>
      <Stack gap="lg">
        {matches && hash && <FileMatches hash={hash} matches={matches} />}
        <Columns least="18rem">
          <Panel title={t('by-number')}>
            <Form method="get" className="stack">
              <TextField
                name="number"
                label={t('number')}
                hint={t('number-hint')}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                maxLength={60}
                required
              />
              <div>
                <Button type="submit" tone="primary" icon="shield">
                  {t('check')}
                </Button>
              </div>
            </Form>
          </Panel>
          <Panel title={t('by-file')}>
            <FileCheck />
            <details>
              <summary>{t('by-sha')}</summary>
              <Form method="get" className="stack">
                <TextField
                  name="sha256"
                  label={t('file-sha')}
                  hint={t('sha-hint')}
                  pattern="[0-9a-fA-F]{64}"
                  maxLength={64}
                  spellCheck={false}
                  required
                />
                <div>
                  <Button type="submit">{t('look-up')}</Button>
                </div>
              </Form>
            </details>
          </Panel>
        </Columns>
        <p className="muted small">{t.rich('published-keys', { link: (chunks) => <Link to="/keys">{chunks}</Link> })}</p>
      </Stack>
    </Page>
  )
}
