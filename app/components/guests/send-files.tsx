import { Form, useRevalidator } from '@remix-run/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { DropZone } from '#app/components/assets/drop-zone.tsx'
import { sizeWords } from '#app/components/assets/file-words.ts'
import type { UploadWay } from '#app/components/assets/upload-way.ts'
import { useUploads } from '#app/components/assets/use-uploads.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { useLanguage } from '#app/words/use-language.ts'
import { acceptedExtensions, acceptedWords, formLimit, limitWords, uploadLimit } from '#services/assets/rules/file-types.ts'
import { paperExtensions, paperLimit, paperWords } from '#services/exchange/rules/paper-types.ts'
import type { VisitSoFar } from '#services/intake/guest-views.ts'
import type { LinkStanding } from '#services/intake/rules/standing.ts'
import { Terms, type Room } from './declare-form.tsx'
import { Declared } from './declared.tsx'
import { GuestQueue } from './guest-queue.tsx'

interface Sending {
  secret: string
  houseName: string
  name: string
  message: string
  standing: LinkStanding
  endsAt: Date | null
  zone: string
  room: Room
  visit: VisitSoFar
}

/** The place for files, and the way to its end. */
export function SendFiles({ page }: { page: Sending }) {
  const t = useTranslations('guests')
  const { secret, visit, standing } = page
  const [scripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  return (
    <>
      <PageHeader eyebrow={page.houseName} title={page.name}>
        {page.message ? <span className="box-note">{page.message}</span> : t('send-words')}
      </PageHeader>
      <Stack gap="lg">
        {standing === 'OPEN' ? (
          <>
            <Terms page={page} />
            {scripted ? <Queue page={page} /> : <PlainForm secret={secret} />}
          </>
        ) : (
          <Notice
            tone="warning"
            title={t(standing === 'FULL' ? 'closed-title.full' : standing === 'ENDED' ? 'closed-title.ended' : 'closed-title.revoked')}
          >
            <p>{t('closed-meanwhile')}</p>
          </Notice>
        )}
        {visit.total > 0 && <Arrived visit={visit} />}
        {standing !== 'REVOKED' && standing !== 'ENDED' && <Papers secret={secret} visit={visit} />}
        <Declared visit={visit} />
        <Panel title={t('done-title')}>
          <Stack>
            <p>{t('done-words', { email: visit.senderEmail })}</p>
            <Form method="post">
              <input type="hidden" name="verb" value="close" />
              <SubmitButton tone={visit.total > 0 ? 'primary' : 'secondary'}>{t('done')}</SubmitButton>
            </Form>
          </Stack>
        </Panel>
      </Stack>
    </>
  )
}

function Queue({ page: { secret, visit } }: { page: Sending }) {
  const t = useTranslations('guests')
  const way = useMemo<UploadWay>(
    () => ({
      endpoint: `/u/${secret}/pieces`,
      metadata: {},
      // A visit of its own is an upload of its own: what another one began is not this one's to go on with.
      name: visit.id,
      say: (word) => t(`queue.${word}`),
      refusal: (error) => ({
        ok: false,
        error,
        message: error === 'too-large' ? t('errors.too-large', { limit: limitWords(uploadLimit) }) : t('errors.refused-type'),
      }),
    }),
    [secret, visit.id, t],
  )
  const uploads = useUploads(way)
  const done = uploads.items.filter(({ state }) => state === 'done').length
  const { revalidate } = useRevalidator()
  const seen = useRef(0)
  // The list below is the server's: it is asked again whenever the queue comes to rest with something new.
  useEffect(() => {
    if (uploads.busy || done === seen.current) return
    seen.current = done
    revalidate()
  }, [uploads.busy, done, revalidate])
  return (
    <>
      <DropZone
        title={t('drop')}
        hint={t('drop-hint', { types: acceptedWords, limit: limitWords(uploadLimit) })}
        choose={t('choose-files')}
        chooseFolder={t('choose-folder')}
        add={uploads.add}
      />
      {uploads.items.length > 0 && <GuestQueue uploads={uploads} />}
    </>
  )
}

function PlainForm({ secret }: { secret: string }) {
  const t = useTranslations('guests')
  return (
    <form method="post" action={`/u/${secret}/file`} encType="multipart/form-data" className="stack">
      <TextField
        name="file"
        type="file"
        label={t('files')}
        hint={t('plain-hint', { types: acceptedWords, limit: limitWords(formLimit) })}
        accept={acceptedExtensions}
        multiple
        required
      />
      <div>
        <SubmitButton icon="upload">{t('send')}</SubmitButton>
      </div>
    </form>
  )
}

function Arrived({ visit }: { visit: VisitSoFar }) {
  const t = useTranslations('guests')
  const language = useLanguage()
  const bytes = visit.files.reduce((sum, { size }) => sum + size, 0)
  return (
    <Panel title={t('arrived', { count: visit.total })}>
      <ul className="file-list">
        {visit.files.slice(-50).map(({ uploadId, fileName, size }) => (
          <li key={uploadId}>
            <span className="file-list-name">{fileName}</span> <span className="muted small nowrap">{sizeWords(size, language)}</span>
          </li>
        ))}
      </ul>
      <p className="small muted">{t('arrived-sum', { size: sizeWords(bytes, language) })}</p>
    </Panel>
  )
}

function Papers({ secret, visit }: { secret: string; visit: VisitSoFar }) {
  const t = useTranslations('guests')
  const language = useLanguage()
  return (
    <Panel title={t('papers')}>
      <Stack>
        <p>{t('papers-words')}</p>
        {visit.papers.length > 0 && (
          <ul className="file-list">
            {visit.papers.map(({ id, fileName, size }) => (
              <li key={id}>
                <span className="file-list-name">{fileName}</span> <span className="muted small nowrap">{sizeWords(size, language)}</span>
              </li>
            ))}
          </ul>
        )}
        {/* Sent beside the queue, which goes on; anew for each paper, so that the field is empty again. */}
        <Form method="post" action={`/u/${secret}/papers`} encType="multipart/form-data" className="stack" key={visit.papers.length}>
          <TextField
            name="paper"
            type="file"
            label={t('paper')}
            hint={t('paper-hint', { types: paperWords, limit: limitWords(paperLimit) })}
            accept={paperExtensions}
            multiple
            required
          />
          <div>
            <SubmitButton tone="secondary">{t('attach')}</SubmitButton>
          </div>
        </Form>
      </Stack>
    </Panel>
  )
}
