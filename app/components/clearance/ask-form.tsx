import { Form, useSubmit } from '@remix-run/react'
import { ChosenTags } from '../catalog/use-questions.tsx'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { Asked, QuestionChoices } from './questions.server.ts'

interface AskFormProps {
  asked: Asked
  choices: QuestionChoices
  organisations: readonly { id: string; name: string }[]
  houseName: string
}

/** What for, where, when, and who: a GET form, so that the address is the question. It works without JavaScript. */
export function AskForm({ asked, choices: { media, industry, territory }, organisations, houseName }: AskFormProps) {
  const submit = useSubmit()
  const keyOf = (...lists: { value: string }[][]) =>
    lists
      .flat()
      .map(({ value }) => value)
      .join()
  return (
    <Form
      preventScrollReset
      className="use-questions"
      onChange={(event) => {
        // A day is typed figure by figure: it is asked when the field is left, or by the button.
        const typing = event.target instanceof HTMLInputElement && event.target.type === 'date'
        if (!typing) void submit(event.currentTarget, { replace: true, preventScrollReset: true })
      }}
    >
      {asked.asset && <input type="hidden" name="asset" value={asked.asset} />}
      <div className="question">
        <p className="question-title" id="ask-media">
          What for?
        </p>
        {media.chosen.length > 0 && (
          <div className="chosen-tags" role="group" aria-labelledby="ask-media">
            <ChosenTags name="media" chosen={media.chosen} />
          </div>
        )}
        <Select
          key={`m${keyOf(media.chosen)}`}
          name="media"
          label="Use"
          hideLabel
          placeholder={media.chosen.length > 0 ? 'Add another use' : 'Choose a use'}
          options={media.more}
        />
        {industry.chosen.length > 0 && (
          <div className="chosen-tags" role="group" aria-label="For the industry">
            <ChosenTags name="industry" chosen={industry.chosen} prefix="For " />
          </div>
        )}
        <Select
          key={`i${keyOf(industry.chosen)}`}
          name="industry"
          label="Industry"
          hideLabel
          placeholder={industry.chosen.length > 0 ? 'Add another industry' : 'In any industry'}
          options={industry.more}
        />
      </div>
      <div className="question">
        <p className="question-title" id="ask-places">
          Where?
        </p>
        {territory.chosen.length + territory.except.length > 0 && (
          <div className="chosen-tags" role="group" aria-labelledby="ask-places">
            <ChosenTags name="territory" chosen={territory.chosen} />
            <ChosenTags name="except" chosen={territory.except} prefix="Except " />
          </div>
        )}
        <Select
          key={`p${keyOf(territory.chosen, territory.except)}`}
          name="territory"
          label="Place"
          hideLabel
          placeholder={territory.chosen.length > 0 ? 'Add another place' : 'Choose a country or region'}
          options={territory.more}
        />
        {territory.chosen.length > 0 && (
          <Select
            key={`e${keyOf(territory.chosen, territory.except)}`}
            name="except"
            label="Except"
            hideLabel
            placeholder="Take a place out again"
            options={territory.more}
          />
        )}
      </div>
      <div className="question">
        <p className="question-title">When?</p>
        <div className="question-row">
          <TextField key={`f${asked.from}`} name="from" type="date" label="First day" defaultValue={asked.from} required />
          <TextField
            key={`u${asked.until ?? ''}`}
            name="until"
            type="date"
            label="Last day"
            defaultValue={asked.until ?? ''}
            hint="Empty: without end."
          />
        </div>
      </div>
      <div className="question">
        <p className="question-title">Who?</p>
        {organisations.length > 0 && (
          <Select
            key={`w${asked.by ?? ''}`}
            name="for"
            label="Who will use it"
            defaultValue={asked.by ?? ''}
            options={[
              { value: '', label: houseName },
              { label: 'Partners and customers', options: organisations.map(({ id, name }) => ({ value: id, label: name })) },
            ]}
          />
        )}
        <Select
          key={`x${asked.exclusive}`}
          name="exclusive"
          label="Alone?"
          hideLabel={organisations.length === 0}
          defaultValue={asked.exclusive ? 'yes' : ''}
          options={[
            { value: '', label: 'Others may use it too' },
            { value: 'yes', label: 'Nobody else may use it in that time' },
          ]}
        />
      </div>
      <Button type="submit" tone="primary">
        Ask
      </Button>
    </Form>
  )
}
