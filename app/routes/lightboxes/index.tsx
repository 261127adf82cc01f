import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { BoxCards } from '#app/components/lightboxes/box-cards.tsx'
import { NewBox } from '#app/components/lightboxes/new-box.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { boxCookie, boxTokenOf, countNewBox } from '#app/http/lightbox.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { isPerson } from '#services/kernel/actor.ts'
import { createBox } from '#services/lightboxes/lightboxes.ts'
import { createBoxInput } from '#services/lightboxes/schema.ts'
import { boxList } from '#services/lightboxes/views.ts'

export const meta: MetaFunction = ({ matches }) => [
  ...titled(wordsOf(languageOf(matches), 'lightboxes')('title')),
  { name: 'robots', content: 'noindex' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const archived = new URL(args.request.url).searchParams.get('show') === 'archived'
  return { ...(await boxList(ctx, await boxTokenOf(args), { archived })), archived, guest: !isPerson(ctx.actor) }
}

/** A new, empty box. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, createBoxInput)
  if (form.status !== 'success') return answerForm(form)
  await countNewBox(args, ctx)
  const outcome = await createBox(ctx, await boxTokenOf(args), form.value)
  if (!outcome.ok) {
    const { most = 0 } = outcome.detail as { most?: number }
    return answerForm(form, { formErrors: [wordsOf(ctx.language, 'lightboxes')('too-many-boxes', { most })] })
  }
  const { boxId, token } = outcome.value
  return redirect(`/lightboxes/${boxId}`, { status: 303, headers: token ? { 'Set-Cookie': await boxCookie(args, token) } : {} })
}

export default function Lightboxes() {
  const { own, shared, archived, guest } = useLoaderData<typeof loader>()
  const t = useTranslations('lightboxes')
  return (
    <Page>
      <PageHeader title={t('title')} actions={<NewBox />}>
        {t('promise')}
      </PageHeader>
      <Stack gap="lg">
        {guest && own.length > 0 && (
          <Notice tone="info" title={t('guest-title')}>
            <p>{t('guest-words')}</p>
            <ButtonLink to="/sign-in?then=/lightboxes" size="sm">
              {t('sign-in')}
            </ButtonLink>
          </Notice>
        )}
        <Tabs
          label={t('title')}
          tabs={[
            { to: '?', label: t('current'), current: !archived },
            { to: '?show=archived', label: t('archived'), current: archived },
          ]}
        />
        {own.length + shared.length === 0 ? (
          <EmptyState
            icon="lightbox"
            title={t(archived ? 'none-archived' : 'none')}
            action={
              <ButtonLink to="/search" tone="primary">
                {t('find')}
              </ButtonLink>
            }
          >
            {t(archived ? 'none-archived-words' : 'none-words')}
          </EmptyState>
        ) : (
          <BoxCards boxes={own} />
        )}
        {shared.length > 0 && (
          <section>
            <h2>{t('shared-with-you')}</h2>
            <BoxCards boxes={shared} />
          </section>
        )}
      </Stack>
    </Page>
  )
}

export const headers = () => ({ 'Cache-Control': 'private, no-store' })
