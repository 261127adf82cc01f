import { Icon } from '#app/components/ui/icon.tsx'
import type { Check } from '#services/assets/rules/publishable.ts'

/** What must hold, with a tick or with what to do. The words carry the meaning, not the colour. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className="checks">
      {checks.map(({ ok, label, todo }) => (
        <li key={label} data-ok={ok ? '' : undefined}>
          <Icon name={ok ? 'check' : 'close'} label={ok ? 'Done:' : 'Missing:'} />
          <span>
            {label}
            {!ok && <span className="checks-todo">{todo}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
