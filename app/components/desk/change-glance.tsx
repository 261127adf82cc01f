import type { ReactNode } from 'react'
import { Amount } from '#app/components/commerce/amount.tsx'
import { many } from '#app/components/ui/many.ts'
import { When } from '#app/components/ui/when.tsx'
import type { ChangeSummary } from '#services/desk/rules/change-summary.ts'
import { isCurrency, money } from '#services/kernel/money.ts'

interface Part {
  n: number
  tone: 'lost' | 'part' | 'kept'
  label: string
}

/** One station of the way a change takes: a figure, what it counts, and how it divides. */
function Station({ value, label, parts, note }: { value: ReactNode; label: string; parts?: Part[]; note?: ReactNode }) {
  const total = parts?.reduce((sum, { n }) => sum + n, 0) ?? 0
  return (
    <li className="change-station">
      <span className="change-station-value numeric">{value}</span>
      <span className="change-station-label">{label}</span>
      {parts && total > 0 && (
        <>
          <span className="change-split" aria-hidden="true">
            {parts.map(({ n, tone, label: words }) => n > 0 && <span key={words} data-tone={tone} style={{ flexGrow: n }} />)}
          </span>
          <span className="small muted">
            {parts
              .filter(({ n }) => n > 0)
              .map(({ n, label: words }) => `${figure(n)} ${words}`)
              .join(' · ')}
          </span>
        </>
      )}
      {note && <span className="small muted">{note}</span>}
    </li>
  )
}

const figure = (n: number): string => n.toLocaleString('en-GB')

/** The way of a change from the paper to the people, to be taken in at one look: every figure is also said in words. */
export function ChangeGlance({ summary, zone }: { summary: ChangeSummary; zone: string }) {
  const { assets, licences, holders, deliveries, kits } = summary
  const amounts = summary.money.flatMap(({ currency, left, proRata }) =>
    isCurrency(currency) ? [{ left: money(BigInt(left), currency), proRata: money(BigInt(proRata), currency) }] : [],
  )
  return (
    <ol className="change-way">
      <Station
        value={figure(assets.touched)}
        label={assets.touched === 1 ? 'picture loses something' : 'pictures lose something'}
        parts={[
          { n: assets.dead, tone: 'lost', label: 'can no longer be used at all' },
          { n: assets.touched - assets.dead, tone: 'part', label: 'in part' },
          { n: assets.total - assets.touched, tone: 'kept', label: 'nothing' },
        ]}
      />
      <Station
        value={figure(licences.whole + licences.part)}
        label={licences.whole + licences.part === 1 ? 'licence' : 'licences'}
        parts={[
          { n: licences.whole, tone: 'lost', label: 'whole' },
          { n: licences.part, tone: 'part', label: 'in part' },
        ]}
        note={licences.exclusive > 0 && `${figure(licences.exclusive)} exclusive`}
      />
      <Station
        value={figure(kits.kits)}
        label={kits.kits === 1 ? 'brand kit' : 'brand kits'}
        note={kits.placements > 0 && `${many(kits.placements, 'place')} in ${kits.kits === 1 ? 'it' : 'them'}`}
      />
      <Station
        value={figure(holders.organisations)}
        label={holders.organisations === 1 ? 'holder' : 'holders'}
        note={holders.organisations > 0 && `${figure(holders.people)} ${holders.people === 1 ? 'person' : 'people'} to tell`}
      />
      <Station
        value={figure(deliveries.count)}
        label={deliveries.count === 1 ? 'file delivered' : 'files delivered'}
        note={
          deliveries.last && (
            <>
              last <When at={deliveries.last} to="day" zone={zone} />
            </>
          )
        }
      />
      <Station
        value={amounts.length === 0 ? '–' : amounts.map(({ left }) => <Amount key={left.currency} of={left} />)}
        label="paid for them, and with us"
        note={amounts.map(({ proRata }) => (
          <span key={proRata.currency}>
            <Amount of={proRata} /> for the rest of the terms{' '}
          </span>
        ))}
      />
    </ol>
  )
}

const rowHeight = 96
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']
const monthInWords = (month: string): string => `${monthNames[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`
const monthsBetween = (first: string, last: string): string[] => {
  const months: string[] = []
  for (let year = Number(first.slice(0, 4)), m = Number(first.slice(5)); months.length < 48; m++) {
    if (m > 12) [year, m] = [year + 1, 1]
    const month = `${year}-${String(m).padStart(2, '0')}`
    months.push(month)
    if (month >= last) break
  }
  return months
}

/** When licences begin to lose something: a column a month, whole losses below, parts above; the figures stand in a table. */
export function LossMonths({ months }: { months: ChangeSummary['months'] }) {
  const [first, last] = [months[0]?.month, months.at(-1)?.month]
  if (!first || !last) return null
  const counts = new Map(months.map((one) => [one.month, one]))
  const span = monthsBetween(first, last)
  const most = Math.max(...months.map(({ whole, part }) => whole + part))
  const step = Math.min(80, 720 / span.length)
  const each = span.length <= 9 ? 1 : Math.ceil(span.length / 8)
  return (
    <figure className="change-months" data-dense={span.length > 12 || undefined}>
      <figcaption className="eyebrow">When licences lose</figcaption>
      <svg viewBox={`0 0 720 ${rowHeight + 38}`} aria-hidden="true" focusable="false">
        <line x1={0} x2={720} y1={rowHeight + 14.5} y2={rowHeight + 14.5} />
        {span.map((month, index) => {
          const { whole = 0, part = 0 } = counts.get(month) ?? {}
          const x = index * step + step * 0.15
          const [wholeTall, partTall] = [(whole / most) * rowHeight, (part / most) * rowHeight]
          const base = rowHeight + 14
          return (
            <g key={month}>
              <rect data-tone="lost" x={x} width={step * 0.7} y={base - wholeTall} height={wholeTall} rx={1} />
              <rect data-tone="part" x={x} width={step * 0.7} y={base - wholeTall - partTall} height={partTall} rx={1} />
              {whole + part > 0 && (
                <text x={x + step * 0.35} y={base - wholeTall - partTall - 4} textAnchor="middle">
                  {figure(whole + part)}
                </text>
              )}
              {index % each === 0 && (
                // The first month of many begins at the edge instead of hanging over it.
                <text
                  className="month-label"
                  data-third={index % (each * 3) === 0 || undefined}
                  x={index === 0 && step < 60 ? 0 : x + step * 0.35}
                  y={rowHeight + 32}
                  textAnchor={index === 0 && step < 60 ? 'start' : 'middle'}
                >
                  {monthInWords(month)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      <p className="change-legend small" aria-hidden="true">
        <span data-tone="lost" /> whole <span data-tone="part" /> in part
      </p>
      <details>
        <summary>Show the figures</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Whole</th>
              <th scope="col">In part</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, whole, part }) => (
              <tr key={month}>
                <th scope="row">{monthInWords(month)}</th>
                <td>{whole}</td>
                <td>{part}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

/** What else hangs on the change, a sentence each; nothing that is not there is mentioned. */
export function AlsoTouched({ summary }: { summary: ChangeSummary }) {
  const { assets, carts, holds, requests, collections, renditions, importedSales, kits } = summary
  const some = (n: number, one: string, many: string) => `${figure(n)} ${n === 1 ? one : many}`
  const sentences = [
    assets.deadPublished > 0 &&
      `${some(assets.deadPublished, 'picture is', 'pictures are')} still published though nobody may use ${assets.deadPublished === 1 ? 'it' : 'them'} any more.`,
    kits.holders > 0 &&
      `Up to ${some(kits.holders, 'partner holds', 'partners hold')} one of the kits; the kits’ own addresses stop giving the files as their licences end.`,
    collections.placements > 0 &&
      `${some(collections.placements, 'place', 'places')} in ${some(collections.collections, 'collection', 'collections')} would show nothing.`,
    carts > 0 && `${some(carts, 'cart holds', 'carts hold')} one of the pictures: the checkout will refuse what is gone.`,
    holds > 0 &&
      `${some(holds, 'purchase is', 'purchases are')} being paid at this moment: only the payment provider’s word ends a hold. What is paid is honoured and comes back to you.`,
    requests > 0 && `${some(requests, 'request waits', 'requests wait')} for something that can no longer be granted.`,
    importedSales > 0 && `${some(importedSales, 'sale of another shop rests', 'sales of other shops rest')} on it: tell the shops.`,
    renditions > 0 &&
      `${some(renditions, 'rendition was', 'renditions were')} made of these pictures. Every link asks for the right when it is opened: what has ended is dark at the next request.`,
    assets.freed > 0 && `${some(assets.freed, 'picture gains', 'pictures gain')} something: part of it can be sold again.`,
  ].filter((sentence) => sentence !== false)
  if (sentences.length === 0) return null
  return (
    <ul className="change-also">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

/** Who holds most of what is touched, longest bar first. */
export function Holders({ holders }: { holders: ChangeSummary['holders'] }) {
  if (holders.first.length === 0) return null
  const most = Math.max(...holders.first.map(({ licences }) => licences))
  const rest = holders.organisations - holders.first.length
  return (
    <figure className="change-holders">
      <figcaption className="eyebrow">Who holds them</figcaption>
      <ul>
        {holders.first.map(({ orgId, name, licences, people }) => (
          <li key={orgId}>
            <span>{name}</span>
            <span className="change-holder-bar" aria-hidden="true">
              <span style={{ width: `${(licences * 100) / most}%` }} />
            </span>
            <span className="numeric small muted nowrap">
              {figure(licences)} {licences === 1 ? 'licence' : 'licences'}, {people} to tell
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="small muted">and {figure(rest)} more</p>}
    </figure>
  )
}
