import { useId } from 'react'
import type { CurveSection, FigureField, WeightSection } from '#services/licensing/price-draft-views.ts'
import type { PriceFields, PriceProblems } from '#services/licensing/rules/price-form.ts'
import { FieldError } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { TextField } from '../ui/text-field.tsx'

interface Typed {
  fields: Readonly<PriceFields>
  problems: Readonly<PriceProblems>
}

/** One figure on one line: its name, and a narrow field. */
export function Figure({ figure, fields, problems, unit }: { figure: FigureField; unit?: string } & Typed) {
  const id = useId()
  const problem = problems[figure.name]
  return (
    <div className="figure-line">
      <label htmlFor={id}>{figure.label}</label>
      <span className="figure-input">
        {unit && <span aria-hidden="true">{unit}</span>}
        <input
          id={id}
          className="input numeric"
          name={figure.name}
          defaultValue={fields[figure.name] ?? ''}
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-error` : undefined}
        />
      </span>
      <FieldError id={id} errors={problem ? [problem] : undefined} />
    </div>
  )
}

/** Factors of one axis: groups first, single ones folded, and a code that is to get a factor of its own. */
export function Weights({ section, ...typed }: { section: WeightSection } & Typed) {
  const { axis, title, other, whole, leaves, more } = section
  const troubled = leaves.some(({ name }) => typed.problems[name])
  return (
    <Panel title={title}>
      <p className="small muted">
        However much of a group is chosen, it costs no more than the group. Empty a field to take its factor out.
      </p>
      {whole.map((figure) => (
        <Figure key={figure.name} figure={figure} unit="×" {...typed} />
      ))}
      <Figure figure={other} unit="×" {...typed} />
      {leaves.length > 0 && (
        <details className="scope-more" open={troubled || undefined}>
          <summary>Single ones ({leaves.length})</summary>
          {leaves.map((figure) => (
            <Figure key={figure.name} figure={figure} unit="×" {...typed} />
          ))}
        </details>
      )}
      <details className="scope-more" open={typed.fields[`add.${axis}.code`] ? true : undefined}>
        <summary>Give another a factor of its own</summary>
        <Select
          name={`add.${axis}.code`}
          label="For"
          defaultValue={typed.fields[`add.${axis}.code`] ?? ''}
          options={[{ value: '', label: 'Choose…' }, ...more]}
        />
        <TextField
          name={`add.${axis}.factor`}
          label="Factor"
          inputMode="decimal"
          defaultValue={typed.fields[`add.${axis}.factor`] ?? ''}
          optional
        />
      </details>
    </Panel>
  )
}

/** A curve as its points, with its picture. */
export function CurveFields({ section, ...typed }: { section: CurveSection } & Typed) {
  const { title, unit, lines, open, points } = section
  return (
    <Panel title={title}>
      <CurvePicture points={points} title={`${title}: factor by ${unit}`} />
      <p className="small muted">
        Straight lines between the points; each line no steeper than the one before, or two small licences would be cheaper than a large
        one.
      </p>
      <ol className="curve-lines">
        {lines.map(({ at, bp }, index) => (
          <li key={at}>
            <TextField
              name={at}
              label={`Point ${index + 1}, ${unit}`}
              hideLabel
              placeholder={unit}
              inputMode="numeric"
              defaultValue={typed.fields[at] ?? ''}
              errors={errorsOf(typed, at)}
            />
            <span aria-hidden="true">×</span>
            <TextField
              name={bp}
              label={`Point ${index + 1}, factor`}
              hideLabel
              placeholder="factor"
              inputMode="decimal"
              defaultValue={typed.fields[bp] ?? ''}
              errors={errorsOf(typed, bp)}
            />
          </li>
        ))}
      </ol>
      <Figure figure={open} unit="×" {...typed} />
    </Panel>
  )
}

const errorsOf = ({ problems }: Typed, name: string) => (problems[name] ? [problems[name]] : undefined)

function CurvePicture({ points, title }: { points: readonly (readonly [number, number])[]; title: string }) {
  const right = Math.max(1, ...points.map(([at]) => at))
  const top = Math.max(0.1, ...points.map(([, factor]) => factor))
  // By the root, so that the first weeks are seen beside ten years.
  const place = ([at, factor]: readonly [number, number]) =>
    `${(Math.sqrt(at / right) * 300).toFixed(1)},${(90 - (factor / top) * 84).toFixed(1)}`
  return (
    <svg className="curve-picture" viewBox="0 0 300 96" role="img" aria-label={title}>
      <line x1={0} x2={300} y1={90.5} y2={90.5} />
      <polyline points={points.map(place).join(' ')} />
      {points.map((point) => {
        const [x, y] = place(point).split(',')
        return <circle key={point[0]} cx={x} cy={y} r={2.5} />
      })}
    </svg>
  )
}
