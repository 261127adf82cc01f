import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MediaPicker, PlacesPicker } from '../rights/scope-pickers.tsx'
import { Icon } from '../ui/icon.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { Chosen, Questions } from './use-questions.server.ts'

/** What was chosen, each a ticked box in the look of a tag: untick it to take it away. */
export function ChosenTags({ name, chosen, prefix = '' }: { name: string; chosen: readonly Chosen[]; prefix?: string }) {
  const t = useTranslations('licence')
  return (
    <>
      {chosen.map(({ value, label }) => (
        <label className="chosen-tag" key={name + value}>
          <input type="checkbox" name={name} value={value} defaultChecked aria-label={t('remove-tag', { name: `${prefix}${label}` })} />
          <span>
            {prefix}
            {label}
          </span>
          <Icon name="close" />
        </label>
      ))}
    </>
  )
}

/**
 * The four questions: what for, where, how long, how big; and whether alone. The fields keep what is typed: an answer that
 * comes back for an earlier question never puts an older answer into them. The form is made anew for another address.
 */
export function UseQuestions({ questions: { choices, spans, exclusive, sizes, answers: latest, today } }: { questions: Questions }) {
  const t = useTranslations('licence')
  const [answers] = useState(latest)
  return (
    <div className="use-questions">
      <div className="question">
        <MediaPicker choices={choices} name="media" chosen={answers.media} label={t('ask.media')} placeholder={t('ask.media-hint')} />
      </div>
      <div className="question">
        <PlacesPicker
          choices={choices}
          include={{ name: 'territory', chosen: answers.territory, label: t('ask.places'), placeholder: t('ask.places-hint') }}
          except={{ name: 'except', chosen: answers.except, label: t('ask.except'), optional: true }}
          fold={t('ask.leave-out')}
        />
      </div>
      <div className="question">
        <p className="question-title">{t('ask.when')}</p>
        <div className="question-row">
          <TextField name="from" label={t('ask.from')} hideLabel type="date" min={today} defaultValue={answers.from} required />
          <Select
            name="months"
            label={t('ask.months')}
            hideLabel
            options={spans}
            defaultValue={answers.until ? '' : String(answers.months)}
          />
        </div>
        {answers.until && <input type="hidden" name="until" value={answers.until} />}
      </div>
      {sizes.length > 0 && (
        <div className="question">
          <p className="question-title">{t('ask.size')}</p>
          <div className="question-row">
            {sizes.map(({ kind, options }) => (
              <Select
                key={kind}
                name={kind}
                label={t(kind === 'printRun' ? 'ask.copies' : 'ask.pixels')}
                options={options}
                defaultValue={String(answers[kind] ?? '')}
              />
            ))}
          </div>
        </div>
      )}
      <div className="question">
        <p className="question-title">{t('ask.alone')}</p>
        <Select name="exclusive" label={t('ask.exclusive')} hideLabel options={exclusive} defaultValue={answers.exclusive} />
      </div>
    </div>
  )
}
