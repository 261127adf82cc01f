import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { sizeWords } from '#app/components/assets/file-words.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Hash } from '#app/components/ui/code.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { useLanguage } from '#app/words/use-language.ts'
import type { VisitSoFar } from '#services/intake/guest-views.ts'
import type { LinkStanding } from '#services/intake/rules/standing.ts'
import { Declared } from './declared.tsx'

/** What arrived, by name, length and hash: the same as in the letter. */
export function Receipt({
  page: { visit, houseName, name, standing },
}: {
  page: { visit: VisitSoFar; houseName: string; name: string; standing: LinkStanding }
}) {
  const t = useTranslations('guests')
  const language = useLanguage()
  return (
    <>
      <PageHeader eyebrow={houseName} title={visit.total > 0 ? t('thanks', { name: visit.senderName }) : t('nothing-sent')}>
        {name}
      </PageHeader>
      <Stack gap="lg">
        {visit.total > 0 && (
          <>
            <Notice tone="success" title={t('arrived', { count: visit.total })}>
              <p>{t('receipt-words', { email: visit.senderEmail, house: houseName })}</p>
            </Notice>
            <Panel title={t('receipt')}>
              <Table
                caption={t('receipt')}
                hideCaption
                columns={[
                  { label: t('file'), head: true, cell: (file) => <span className="file-list-name">{file.fileName}</span> },
                  { label: t('size'), align: 'end', cell: (file) => <span className="nowrap">{sizeWords(file.size, language)}</span> },
                  { label: 'SHA-256', cell: (file) => <Hash value={file.sha256} /> },
                ]}
                rows={visit.files}
                rowKey={(file) => file.uploadId}
              />
              {visit.total > visit.files.length && (
                <p className="small muted">{t('and-more', { count: visit.total - visit.files.length })}</p>
              )}
            </Panel>
          </>
        )}
        <Declared visit={visit} />
        {standing === 'OPEN' && (
          <Form method="post">
            <input type="hidden" name="verb" value="again" />
            <SubmitButton tone="secondary">{t('again')}</SubmitButton>
          </Form>
        )}
      </Stack>
    </>
  )
}
