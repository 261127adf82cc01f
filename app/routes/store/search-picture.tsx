import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { useRef, useState, type DragEvent } from 'react'
import { useTranslations } from 'use-intl'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { printShown, type ShownError } from '#app/http/picture.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { isStaff } from '#services/kernel/actor.ts'
import { networkOf, takeTurn } from '#services/platform/rate-limit.ts'
import { lookAlikes } from '#services/catalog/similar.ts'
import { libraryAlikes } from '#services/rights/shown-picture.ts'

export const meta: MetaFunction = ({ matches }) => [
  ...titled(wordsOf(languageOf(matches), 'similar')('title')),
  { name: 'robots', content: 'noindex' },
]

export async function loader(args: LoaderFunctionArgs) {
  await contextOf(args)
  return null
}

const statuses: Record<ShownError, number> = { busy: 503, none: 400, 'too-large': 413, 'not-a-picture': 415, unreadable: 422 }
const shownAtMost = 24

/** Where is this picture from? It is read, compared and forgotten. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  // Each picture costs a process of its own: twelve at once, then one in five minutes.
  const turn = await takeTurn(ctx, `picture-search:${networkOf(args.context.ip ?? '')}`, { turns: 12, seconds: 3_600 })
  if (!turn.ok)
    return data({ error: 'too-many' as const, found: null }, { status: 429, headers: { 'Retry-After': String(turn.retryAfterSeconds) } })
  const shown = await printShown(ctx, args.request)
  if ('error' in shown) return data({ error: shown.error, found: null }, { status: statuses[shown.error] })
  const found = await lookAlikes(ctx, shown.print, { limit: shownAtMost })
  const library = isStaff(ctx.actor) ? await libraryAlikes(ctx, shown.print) : []
  return data({ error: null, found: { ...found, library } })
}

export default function SearchPicture() {
  const t = useTranslations('similar')
  const answer = useActionData<typeof action>()
  return (
    <Page>
      <PageHeader title={t('title')}>{t('lede')}</PageHeader>
      <Stack gap="lg">
        {answer?.error && (
          <Notice tone="danger" live title={t('not-read')}>
            {t(`errors.${answer.error}`)}
          </Notice>
        )}
        <Ask />
        {answer?.found && <Found {...answer.found} />}
      </Stack>
    </Page>
  )
}

function Ask() {
  const t = useTranslations('similar')
  const form = useRef<HTMLFormElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const input = form.current?.querySelector<HTMLInputElement>('input[type="file"]')
    if (!input || event.dataTransfer.files.length === 0) return
    input.files = event.dataTransfer.files
    form.current?.requestSubmit()
  }
  return (
    <Form
      ref={form}
      method="post"
      encType="multipart/form-data"
      className="dropzone"
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <TextField
        name="picture"
        type="file"
        label={t('file')}
        hint={t('file-hint')}
        accept="image/jpeg,image/png,image/webp,image/tiff"
        required
      />
      <SubmitButton icon="search">{t('search')}</SubmitButton>
      <p className="small muted">{t('nothing-kept')}</p>
    </Form>
  )
}

type FoundProps = NonNullable<NonNullable<ReturnType<typeof useActionData<typeof action>>>['found']>

function Found({ same, alike, library }: FoundProps) {
  const t = useTranslations('similar')
  return (
    <>
      <p role="status" className="visually-hidden">
        {t('found', { same: same.length, alike: alike.length })}
      </p>
      {library.length > 0 && (
        <Panel title={t('in-library')}>
          <ul>
            {library.map(({ id, title, words }) => (
              <li key={id}>
                <Link to={`/library/assets/${id}`}>{title}</Link> <span className="small muted">{words}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {same.length > 0 && (
        <section aria-labelledby="same">
          <h2 id="same">{t('same', { count: same.length })}</h2>
          <PictureGrid tiles={same} />
        </section>
      )}
      {same.length === 0 && (
        <EmptyState icon="search" title={t('not-here')}>
          {t('not-here-hint')}
        </EmptyState>
      )}
      {alike.length > 0 && (
        <section aria-labelledby="alike">
          <h2 id="alike">{t('alike')}</h2>
          <PictureGrid tiles={alike} />
        </section>
      )}
    </>
  )
}
