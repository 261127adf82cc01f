import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { BoxPages } from '#app/components/lightboxes/box-pages.tsx'
import { BoxTalk } from '#app/components/lightboxes/box-talk.tsx'
import { LinkedPictures } from '#app/components/lightboxes/linked-pictures.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { isUnlocked, linkGuestOf, unlockedCookie } from '#app/http/lightbox.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { sha256 } from '#services/kernel/canonical.ts'
import { isPerson } from '#services/kernel/actor.ts'
import type { UnlockError } from '#services/lightboxes/errors.ts'
import { followLink, noteOpened, unlockLink } from '#services/lightboxes/sharing.ts'
import { linkedBox } from '#services/lightboxes/views.ts'

/** A box by its link. The address is the key: it is not kept, not indexed and not passed on to where its pictures lead. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const secret = args.params.secret ?? ''
  const link = await followLink(ctx, secret, args.context.ip)
  if (!(await isUnlocked(args, link))) return { locked: true as const, secret }
  const search = new URL(args.request.url).searchParams
  const guest = await linkGuestOf(args)
  const page = await linkedBox(ctx, link, {
    page: Math.trunc(Number(search.get('page'))) || 1,
    after: search.get('after'),
    about: search.get('about'),
    guestHash: guest && sha256(guest.token),
  })
  await noteOpened(ctx, link.id)
  const name = guest?.name ?? (isPerson(ctx.actor) ? ctx.actor.name : '')
  return { locked: false as const, secret, name, about: search.get('about'), ...page }
}

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) => [
  ...titled(page && !page.locked ? page.box.name : wordsOf(languageOf(matches), 'lightboxes')('lightbox')),
  { name: 'robots', content: 'noindex, nofollow' },
  { name: 'referrer', content: 'same-origin' },
]

export const headers = () => ({
  'Cache-Control': 'private, no-store',
  // To no other site; and not `no-referrer`, which makes a form without script name no origin.
  'Referrer-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex, nofollow',
})

const sayings = { 'wrong-password': 'wrong-password', 'too-many-tries': 'too-many-tries' } as const satisfies Record<UnlockError, string>

/** The password of a link that has one. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const secret = args.params.secret ?? ''
  const link = await followLink(ctx, secret, args.context.ip)
  const form = await fieldsOf(args.request)
  const outcome = await unlockLink(ctx, link, String(form.get('password') ?? ''), args.context.ip)
  if (outcome.ok) return redirect(`/l/${secret}`, { status: 303, headers: { 'Set-Cookie': await unlockedCookie(args, link) } })
  const { seconds = 0 } = (outcome.detail ?? {}) as { seconds?: number }
  const said = wordsOf(ctx.language, 'lightboxes')(sayings[outcome.error], { minutes: Math.ceil(seconds / 60) })
  return data({ said }, { status: outcome.error === 'too-many-tries' ? 429 : 403 })
}

export default function Linked() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useTranslations('lightboxes')
  if (page.locked)
    return (
      <Page width="form">
        <PageHeader title={t('locked')}>{t('locked-words')}</PageHeader>
        <Form method="post">
          <Stack>
            <TextField
              name="password"
              type="password"
              label={t('password')}
              required
              autoComplete="off"
              {...(reply && 'said' in reply && { errors: [reply.said] })}
            />
            <SubmitButton>{t('open')}</SubmitButton>
          </Stack>
        </Form>
      </Page>
    )
  const { box, items, total, threads } = page
  const pictures = (
    <Stack gap="lg">
      {box.note && <p className="box-note">{box.note}</p>}
      {total === 0 ? <p className="muted">{t('empty')}</p> : <LinkedPictures items={items} talks={threads !== null} />}
      <BoxPages page={page.page} pages={page.pages} />
    </Stack>
  )
  return (
    <Page>
      <PageHeader title={box.name} eyebrow={t('pictures', { count: total })}>
        {t('of', { name: box.owner })}
      </PageHeader>
      {threads ? (
        <Split aside="22rem">
          {pictures}
          <BoxTalk
            action={`/l/${page.secret}/talk`}
            threads={threads}
            mayComment
            mayResolve={false}
            keeper={false}
            people={[]}
            about={page.about}
            guestName={page.name}
          />
        </Split>
      ) : (
        pictures
      )}
    </Page>
  )
}
