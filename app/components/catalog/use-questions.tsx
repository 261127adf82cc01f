import { MediaPicker, PlacesPicker } from '../rights/scope-pickers.tsx'
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
export function UseQuestions({ questions: { choices, spans, exclusive, answers, today } }: { questions: Questions }) {
  return (
    <div className="use-questions">
      <div className="question">
        <MediaPicker
          choices={choices}
          name="media"
          chosen={answers.media}
          label="What do you use it for?"
          placeholder="Billboard, social media…"
        />
      </div>
      <div className="question">
        <PlacesPicker
          choices={choices}
          include={{ name: 'territory', chosen: answers.territory, label: 'In which places?', placeholder: 'Germany, EU, worldwide…' }}
          except={{ name: 'except', chosen: answers.except, label: 'Except', optional: true }}
          fold="Leave places out"
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
