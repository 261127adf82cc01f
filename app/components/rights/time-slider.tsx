import { Form } from '@remix-run/react'
import { useEffect, useId, useState } from 'react'
import { Button } from '#app/components/ui/button.tsx'
import { Select } from '#app/components/ui/select.tsx'

const lengths = [
  { value: '0', label: 'on that day' },
  { value: '1', label: 'for a month' },
  { value: '3', label: 'for three months' },
  { value: '12', label: 'for a year' },
  { value: '24', label: 'for two years' },
  { value: '36', label: 'for three years' },
]
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']
const short = (day: string): string => `${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`

interface TimeSliderProps {
  moments: readonly { day: string; words: string }[]
  step: number
  months: number
  /** What else the address says: goes along when the form is sent without our code. */
  keep: readonly (readonly [name: string, value: string])[]
  onStep: (step: number) => void
  onLength: (months: number) => void
  /** The slider moves by itself. */
  playing: boolean
  onPlaying: (playing: boolean) => void
}

/** When the use begins, and how long it lasts. A form of its own: without JavaScript a button sends it. */
export function TimeSlider({ moments, step, months: length, keep, onStep, onLength, playing, onPlaying }: TimeSliderProps) {
  const id = useId()
  const last = moments.length - 1
  const ticks = moments.flatMap(({ day }, index) => (index % 6 === 0 ? [{ index, label: index === 0 ? 'Today' : short(day) }] : []))
  const [live, setLive] = useState(false)
  useEffect(() => setLive(true), [])

  useEffect(() => {
    if (!playing) return
    if (step >= last) {
      onPlaying(false)
      return
    }
    const timer = setTimeout(() => onStep(step + 1), 600)
    return () => clearTimeout(timer)
  }, [playing, step, last, onStep, onPlaying])

  return (
    <Form method="get" className="time-slider" preventScrollReset>
      {keep.map(([name, value]) => (
        <input key={name + value} type="hidden" name={name} value={value} />
      ))}
      <div className="time-slider-range">
        <label htmlFor={id} className="field-label">
          From
        </label>
        <output htmlFor={id} className="time-slider-now">
          {moments[step]?.words}
        </output>
        <input
          // The form shows what the address said until our code runs; from then on the slider is ours.
          {...(live ? { value: step, onChange: (event) => onStep(Number(event.currentTarget.value)) } : { defaultValue: step })}
          key={live ? 'live' : 'form'}
          id={id}
          type="range"
          name="step"
          min={0}
          max={last}
          step={1}
          list={`${id}-ticks`}
          aria-valuetext={moments[step]?.words}
        />
        <datalist id={`${id}-ticks`}>
          {ticks.map(({ index, label }) => (
            <option key={index} value={index} label={label} />
          ))}
        </datalist>
        <ol className="time-slider-ticks" aria-hidden="true">
          {ticks.map(({ index, label }) => (
            <li key={index} style={{ left: `${(index * 100) / last}%` }}>
              {label}
            </li>
          ))}
        </ol>
      </div>
      <div className="time-slider-more">
        <Select
          key={length}
          name="for"
          label="How long"
          options={lengths}
          defaultValue={String(length)}
          onChange={(event) => onLength(Number(event.currentTarget.value))}
        />
        {live ? (
          <Button onClick={() => onPlaying(!playing)} aria-pressed={playing}>
            {playing ? 'Stop' : step >= last ? 'Play again' : 'Play'}
          </Button>
        ) : (
          <Button type="submit">Show</Button>
        )}
      </div>
    </Form>
  )
}
