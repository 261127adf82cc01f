import { getFormProps, useForm, type SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { sizeWords } from '#app/components/assets/file-words.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Columns, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { RadioCards } from '#app/components/ui/radio-cards.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { useLanguage } from '#app/words/use-language.ts'
import { guestLicences, guestReleases } from '#services/intake/rules/declarations.ts'
import type { declarationForm } from '#services/intake/schema.ts'
import type { output } from 'zod'

export interface Room {
  files: number | null
  bytes: number | null
}
interface Declaring {
  houseName: string
  name: string
  message: string
  endsAt: Date | null
  zone: string
  asks: string[]
  room: Room
}

/** What is said before the first file: who sends, where it comes from, and what may be done with it. */
export function DeclareForm({ page, lastResult }: { page: Declaring; lastResult: SubmissionResult<string[]> | undefined }) {
  const t = useTranslations('guests')
  const [form, fields] = useForm<output<typeof declarationForm>>({ ...(lastResult && { lastResult }), shouldRevalidate: 'onSubmit' })
  const [licence, setLicence] = useState<string | undefined>(fields.licence.initialValue)
  const [scripted, setScripted] = useState(false)
  const wanted = (what: string) => page.asks.includes(what)
  const needsWords = licence === 'OTHER' || licence === 'AGENCY'
  return (
    <>
      <PageHeader eyebrow={page.houseName} title={page.name}>
        {page.message ? <span className="box-note">{page.message}</span> : t('welcome', { house: page.houseName })}
      </PageHeader>
      <Form method="post" {...getFormProps(form)} noValidate={false}>
        <Stack gap="lg">
          <Terms page={page} />
          <FormErrors errors={form.errors} />
          <input type="hidden" name="verb" value="declare" />
          <Fieldset legend={t('who')}>
            <Columns least="16rem">
              <TextField field={fields.senderName} label={t('your-name')} autoComplete="name" maxLength={120} required />
              <TextField
                field={fields.senderEmail}
                type="email"
                label={t('your-email')}
                hint={t('email-hint')}
                autoComplete="email"
                required
              />
            </Columns>
          </Fieldset>
          {wanted('source') && <TextField field={fields.source} label={t('source')} hint={t('source-hint')} maxLength={500} required />}
          {wanted('licence') && (
            <Stack>
              <RadioCards
                legend={t('licence')}
                field={fields.licence}
                cards={guestLicences.map((value) => ({ value, title: t(`licences.${value}.title`), body: t(`licences.${value}.body`) }))}
                onChange={(value) => {
                  setScripted(true)
                  setLicence(value)
                }}
              />
              {(!scripted || needsWords) && (
                <TextArea
                  field={fields.licenceWords}
                  label={t('licence-words')}
                  hint={t('licence-words-hint')}
                  rows={3}
                  maxLength={2000}
                  required={needsWords}
                  optional={!needsWords}
                />
              )}
            </Stack>
          )}
          {wanted('releases') &&
            (['people', 'property'] as const).map((about) => (
              <Fieldset
                key={about}
                legend={t(about)}
                hint={about === 'people' ? t('people-hint') : t('property-hint')}
                field={fields[about]}
              >
                {guestReleases.map((value) => (
                  <Checkbox
                    key={value}
                    type="radio"
                    name={fields[about].name}
                    value={value}
                    label={t(`releases.${value}`)}
                    defaultChecked={fields[about].initialValue === value}
                    required
                  />
                ))}
              </Fieldset>
            ))}
          {wanted('releases') && <p className="small muted">{t('releases-later')}</p>}
          <p className="small muted">{t('your-word', { house: page.houseName })}</p>
          <div>
            <SubmitButton size="lg">{t('go-on')}</SubmitButton>
          </div>
        </Stack>
      </Form>
    </>
  )
}

/** Until when, and how much: said before anybody begins. */
export function Terms({ page: { endsAt, zone, room } }: { page: { endsAt: Date | null; zone: string; room: Room } }) {
  const t = useTranslations('guests')
  const language = useLanguage()
  if (!endsAt && room.files === null && room.bytes === null) return null
  return (
    <p className="small muted">
      {endsAt && (
        <>
          {t('open-until')} <When at={endsAt} to="day" zone={zone} endOfSpan />.{' '}
        </>
      )}
      {room.files !== null && t('room-files', { count: room.files })}{' '}
      {room.bytes !== null && t('room-bytes', { size: sizeWords(room.bytes, language) })}
    </p>
  )
}
