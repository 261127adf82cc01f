import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { Badge } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { BriefShown } from './brief-types.ts'

/** What is said about a brief, oldest first. */
export function BriefTalk({ brief }: { brief: BriefShown }) {
  const t = useTranslations('briefs')
  return (
    <Panel title={t('talk')}>
      <Stack>
        {brief.notes.length === 0 && <p className="muted">{t('talk-none')}</p>}
        {brief.notes.map((note) => (
          <article key={note.id} id={note.id} className="brief-note">
            <p className="small muted">
              {note.authorName}, <When at={note.createdAt} zone={brief.zone} /> {note.desk && <Badge>{t('desk-only')}</Badge>}
            </p>
            <p className="box-note">{note.body}</p>
          </article>
        ))}
        {brief.mayNote && (
          // A key of its own for each note: what was sent is not still in the field.
          <Form method="post" action={`/briefs/${brief.id}/notes`} key={brief.notes.length} className="stack">
            <TextArea name="body" label={t('say')} rows={3} maxLength={4000} required />
            {brief.staff && <Checkbox name="desk" label={t('desk-only')} />}
            <div>
              <SubmitButton tone="secondary">{t('send')}</SubmitButton>
            </div>
          </Form>
        )}
      </Stack>
    </Panel>
  )
}
