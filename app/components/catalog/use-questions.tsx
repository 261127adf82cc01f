import { Icon } from '../ui/icon.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { Chosen, Questions } from './use-questions.server.ts'

/** What was chosen, each a ticked box in the look of a tag: untick it to take it away. */
export function ChosenTags({ name, chosen, prefix = '' }: { name: string; chosen: readonly Chosen[]; prefix?: string }) {
  return (
    <>
      {chosen.map(({ value, label }) => (
        <label className="chosen-tag" key={name + value}>
          <input type="checkbox" name={name} value={value} defaultChecked aria-label={`${prefix}${label}, untick to remove`} />
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

/** The four questions: what for, where, how long, alone or with others. */
export function UseQuestions({ questions: { media, territory, spans, exclusive, answers, today } }: { questions: Questions }) {
  const mediaKey = media.chosen.map(({ value }) => value).join()
  const placeKey = [...territory.chosen, ...territory.except].map(({ value }) => value).join()
  return (
    <div className="use-questions">
      <div className="question">
        <p className="question-title" id="question-media">
          What do you use it for?
        </p>
        {media.chosen.length > 0 && (
          <div className="chosen-tags" role="group" aria-labelledby="question-media">
            <ChosenTags name="media" chosen={media.chosen} />
          </div>
        )}
        <Select
          key={mediaKey}
          name="media"
          label="Uses"
          hideLabel
          placeholder={media.chosen.length > 0 ? 'Add another use' : 'Choose a use'}
          options={media.more}
        />
      </div>
      <div className="question">
        <p className="question-title" id="question-places">
          In which places?
        </p>
        {territory.chosen.length > 0 && (
          <div className="chosen-tags" role="group" aria-labelledby="question-places">
            <ChosenTags name="territory" chosen={territory.chosen} />
            <ChosenTags name="except" chosen={territory.except} prefix="Except " />
          </div>
        )}
        <Select
          key={placeKey}
          name="territory"
          label="Places"
          hideLabel
          placeholder={territory.chosen.length > 0 ? 'Add another place' : 'Choose a country or region'}
          options={territory.more}
        />
      </div>
      <div className="question">
        <p className="question-title">From which day, and for how long?</p>
        <div className="question-row">
          <TextField
            key={answers.from}
            name="from"
            label="First day"
            hideLabel
            type="date"
            min={today}
            defaultValue={answers.from}
            required
          />
          <Select
            key={answers.until ?? answers.months}
            name="months"
            label="For how long"
            hideLabel
            options={spans}
            defaultValue={answers.until ? '' : String(answers.months)}
          />
        </div>
        {answers.until && <input type="hidden" name="until" value={answers.until} />}
      </div>
      <div className="question">
        <p className="question-title">Must it be yours alone?</p>
        <Select key={answers.exclusive} name="exclusive" label="Exclusive" hideLabel options={exclusive} defaultValue={answers.exclusive} />
      </div>
    </div>
  )
}
