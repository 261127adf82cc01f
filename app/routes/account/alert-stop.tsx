import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { stopAlert } from '#services/catalog/saved-searches.ts'

export const meta: MetaFunction = ({ matches }) => [
  ...titled(wordsOf(languageOf(matches), 'saved')('stop-title')),
  { name: 'robots', content: 'noindex' },
]

/** The key in the address is all that is asked for: whoever got the letter need not sign in. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  return { known: await stopAlert(ctx, args.params.stopKey ?? '') }
}

export default function StopLetters() {
  const t = useTranslations('saved')
  const answer = useActionData<typeof action>()
  if (answer)
    return (
      <Page>
        <PageHeader title={t('stopped')}>
          <span role="status">{answer.known ? t('stopped-text') : t('stop-unknown')}</span>
        </PageHeader>
      </Page>
    )
  return (
    <Page>
      <PageHeader title={t('stop-title')}>{t('stop-text')}</PageHeader>
      <Form method="post">
        <SubmitButton>{t('stop')}</SubmitButton>
      </Form>
    </Page>
  )
}
