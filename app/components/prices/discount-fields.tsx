import type { Currency } from '#services/kernel/money.ts'
import { modelNames, royaltyFreeModels } from '#services/licensing/rules/models.ts'
import type { PriceFields, PriceProblems } from '#services/licensing/rules/price-form.ts'
import { Columns, Stack } from '../ui/layout.tsx'
import { Select } from '../ui/select.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { TextField } from '../ui/text-field.tsx'
import { Figure } from './draft-fields.tsx'

interface Typed {
  fields: Readonly<PriceFields>
  problems: Readonly<PriceProblems>
}
const rows = (count: number) => Array.from({ length: count }, (_, i) => i)
const propsOf = ({ fields, problems }: Typed, name: string) => ({
  name,
  defaultValue: fields[name] ?? '',
  errors: problems[name] ? [problems[name]] : undefined,
})

/** Promotion codes, each with its days, its limits and its sums. */
export function CodeFields({ count, currencies, ...typed }: { count: number; currencies: readonly Currency[] } & Typed) {
  return (
    <Panel title="Promotion codes">
      <Stack gap="lg">
        {rows(count).map((i) => {
          const at = `codes.${i}`
          const code = typed.fields[`${at}.code`]
          return (
            <fieldset key={i} className="figure-group">
              <legend>{code ? `Code ${code}` : 'Another code'}</legend>
              <Columns least="12rem" gap="md">
                <TextField label="Code" autoComplete="off" {...propsOf(typed, `${at}.code`)} />
                <TextField label="What buyers read" {...propsOf(typed, `${at}.name`)} />
                <TextField label="Per cent off" hint="Or amounts below." inputMode="decimal" optional {...propsOf(typed, `${at}.bp`)} />
                <TextField label="First day" type="date" {...propsOf(typed, `${at}.from`)} />
                <TextField label="Last day" type="date" optional {...propsOf(typed, `${at}.until`)} />
                <TextField label="Orders in all" inputMode="numeric" optional {...propsOf(typed, `${at}.uses`)} />
                <TextField label="Orders of one company" inputMode="numeric" optional {...propsOf(typed, `${at}.usesEach`)} />
              </Columns>
              <details className="scope-more">
                <summary>Amounts, and from which sum on</summary>
                {currencies.map((currency) => (
                  <Figure
                    key={currency}
                    figure={{ name: `${at}.offMinor.${currency}`, label: `Off, in ${currency}` }}
                    unit={currency}
                    {...typed}
                  />
                ))}
                {currencies.map((currency) => (
                  <Figure
                    key={currency}
                    figure={{ name: `${at}.leastMinor.${currency}`, label: `From a sum in ${currency}` }}
                    unit={currency}
                    {...typed}
                  />
                ))}
              </details>
            </fieldset>
          )
        })}
      </Stack>
    </Panel>
  )
}

/** What was agreed with companies. */
export function AgreedFields({
  count,
  customers,
  ...typed
}: { count: number; customers: readonly { value: string; label: string }[] } & Typed) {
  return (
    <Panel title="Agreed with companies">
      {rows(count).map((i) => (
        <fieldset key={i} className="figure-group">
          <legend className="visually-hidden">Agreement {i + 1}</legend>
          <Select label="Company" options={[{ value: '', label: 'None' }, ...customers]} {...propsOf(typed, `agreed.${i}.orgId`)} />
          <TextField label="Per cent off" inputMode="decimal" {...propsOf(typed, `agreed.${i}.bp`)} />
          <TextField label="Note" optional {...propsOf(typed, `agreed.${i}.note`)} />
        </fieldset>
      ))}
    </Panel>
  )
}

/** What several licences in one order give. */
export function VolumeFields({ count, ...typed }: { count: number } & Typed) {
  return (
    <Panel title="Several licences in one order">
      {rows(count).map((i) => (
        <fieldset key={i} className="figure-group">
          <legend className="visually-hidden">Tier {i + 1}</legend>
          <TextField label="From so many licences on" inputMode="numeric" {...propsOf(typed, `volume.${i}.lines`)} />
          <TextField label="Per cent off" inputMode="decimal" {...propsOf(typed, `volume.${i}.bp`)} />
        </fieldset>
      ))}
    </Panel>
  )
}

/** How much people give by hand without asking. */
export function LimitFields(typed: Typed) {
  return (
    <Panel title="Given by hand">
      <Stack gap="sm">
        <TextField label="Rights managers, per cent at most" inputMode="decimal" {...propsOf(typed, 'limits.RIGHTS_MANAGER')} />
        <TextField label="Finance, per cent at most" inputMode="decimal" {...propsOf(typed, 'limits.FINANCE')} />
        <p className="small muted">
          What goes beyond, and what falls below the least price, is for administrators; they also publish a version that raises a limit.
        </p>
      </Stack>
    </Panel>
  )
}

/** Figures of other currencies that do not follow the rate. */
export function OwnPriceFields({ currencies, ...typed }: { currencies: readonly Currency[] } & Typed) {
  return (
    <Panel title="Other currencies, where they do not follow the rate">
      <Columns least="16rem" gap="lg">
        {currencies.map((currency) => (
          <fieldset key={currency} className="figure-group">
            <legend>{currency}</legend>
            <Figure figure={{ name: `inCurrency.${currency}.roundToMinor`, label: 'Rounded to' }} unit={currency} {...typed} />
            <Figure figure={{ name: `inCurrency.${currency}.minimumMinor`, label: 'Least price' }} unit={currency} {...typed} />
            {[...royaltyFreeModels, 'RIGHTS_MANAGED' as const].map((model) => (
              <Figure
                key={model}
                figure={{ name: `inCurrency.${currency}.baseMinor.${model}`, label: modelNames[model] }}
                unit={currency}
                {...typed}
              />
            ))}
          </fieldset>
        ))}
      </Columns>
    </Panel>
  )
}
