import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { BoxActs } from '#app/components/lightboxes/box-acts.tsx'
import { BoxPages } from '#app/components/lightboxes/box-pages.tsx'
import { BoxPictures } from '#app/components/lightboxes/box-pictures.tsx'
import { BoxSharing } from '#app/components/lightboxes/box-sharing.tsx'
import { BoxTalk } from '#app/components/lightboxes/box-talk.tsx'
import { PutBack } from '#app/components/lightboxes/put-back.tsx'
import { Questions } from '#app/components/lightboxes/questions.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { boxTokenOf, instantIn, takeFreshLink } from '#app/http/lightbox.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { tilesById } from '#services/catalog/tiles.ts'
import { isPerson } from '#services/kernel/actor.ts'
import { boxPage, noteLook } from '#services/lightboxes/views.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const boxId = args.params.boxId ?? ''
  const search = new URL(args.request.url).searchParams
  const undo = instantIn(search.get('undo'))
  const page = await boxPage(ctx, await boxTokenOf(args), boxId, {
    page: Math.trunc(Number(search.get('page'))) || 1,
    after: search.get('after'),
    about: search.get('about'),
    undo,
  })
  const asking = await tilesById(ctx, (search.get('ask') ?? '').split('.').filter(Boolean).slice(0, 60))
  await noteLook(ctx, boxId)
  const { secret, setCookie } = await takeFreshLink(args, boxId)
  return data(
    {
      ...page,
      undo: undo?.getTime() ?? 0,
      asking,
      about: search.get('about'),
      guest: !isPerson(ctx.actor),
      newLink: secret && `${ctx.origin}/l/${secret}`,
    },
    { headers: setCookie ? { 'Set-Cookie': setCookie } : {} },
  )
}

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) => [
  ...titled(page?.box.name ?? wordsOf(languageOf(matches), 'lightboxes')('lightbox')),
  { name: 'robots', content: 'noindex' },
]

export const headers = () => ({ 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'same-origin' })

export default function Lightbox() {
  const page = useLoaderData<typeof loader>()
  const { box, items, total, threads, sharing, guest } = page
  const t = useTranslations('lightboxes')
  const mayEdit = (box.right === 'OWN' || box.right === 'EDIT') && !box.archived
  const pictures = (
    <Stack gap="lg">
      {box.note && <p className="box-note">{box.note}</p>}
      {box.archived && (
        <Notice tone="info" title={t('is-archived')}>
          <p>{t('is-archived-words')}</p>
        </Notice>
      )}
      {page.removed > 0 && <PutBack boxId={box.id} count={page.removed} at={page.undo} />}
      <Questions tiles={page.asking} />
      {total === 0 ? (
        <EmptyState
          icon="lightbox"
          title={t('empty')}
          action={
            <ButtonLink to="/search" tone="primary">
              {t('find')}
            </ButtonLink>
          }
        >
          {t('empty-words')}
        </EmptyState>
      ) : (
        <BoxPictures boxId={box.id} items={items} total={total} mayEdit={mayEdit} talks={!guest} />
      )}
      <BoxPages page={page.page} pages={page.pages} />
    </Stack>
  )
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/lightboxes', label: t('title') }]} />
      <PageHeader
        title={box.name}
        eyebrow={t('pictures', { count: total })}
        actions={<BoxActs box={box} guest={guest} empty={total === 0} />}
      >
        {box.owner ? t('of', { name: box.owner }) : ''}
      </PageHeader>
      {guest ? (
        <Stack gap="lg">
          {pictures}
          <Notice tone="info" title={t('guest-title')}>
            <p>{t('guest-share')}</p>
            <ButtonLink to={`/sign-in?then=/lightboxes`} size="sm">
              {t('sign-in')}
            </ButtonLink>
          </Notice>
        </Stack>
      ) : (
        <Split aside="22rem">
          {pictures}
          <Stack gap="lg">
            {sharing && !box.archived && <BoxSharing key={box.id} boxId={box.id} sharing={sharing} newLink={page.newLink} />}
            <BoxTalk
              action={`/lightboxes/${box.id}/talk`}
              threads={threads}
              mayComment={box.right !== 'VIEW' && !box.archived}
              mayResolve={box.right !== 'VIEW' && !box.archived}
              keeper={box.right === 'OWN'}
              people={page.people}
              about={page.about}
            />
          </Stack>
        </Split>
      )}
    </Page>
  )
}
