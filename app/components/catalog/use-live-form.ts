import { useLocation, useNavigation, useSubmit } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState, type FormEvent } from 'react'

/** Long enough to choose two things in a row, short enough to seem at once. */
const pause = 250

/**
 * A GET form that asks by itself, a moment after the last change. One question is on its way at a time: what changes
 * meanwhile is asked when the answer is there, so the last answer on the page is always that of the newest. `formKey`
 * changes only when the address came from elsewhere (a link, the way back): then the fields are made anew.
 */
export function useLiveForm() {
  const submit = useSubmit()
  const navigation = useNavigation()
  const location = useLocation()
  const timer = useRef<ReturnType<typeof setTimeout>>()
  /** The form whose answers are still to be asked for; none while all have been. */
  const [due, setDue] = useState<HTMLFormElement | null>(null)
  const [resting, setResting] = useState(true)
  const own = (location.state as { answered?: true } | null)?.answered === true
  const [formKey, setFormKey] = useState(location.key)
  const [seen, setSeen] = useState(location.key)
  if (seen !== location.key) {
    setSeen(location.key)
    if (!own) setFormKey(location.key)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const onChange = useCallback((event: FormEvent<HTMLFormElement>) => {
    setDue(event.currentTarget)
    setResting(false)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setResting(true), pause)
  }, [])
  const idle = navigation.state === 'idle'
  useEffect(() => {
    if (!due || !resting || !idle) return
    setDue(null)
    if (due.isConnected && due.checkValidity()) submit(due, { replace: true, preventScrollReset: true, state: { answered: true } })
  }, [due, resting, idle, submit])

  const busy = due !== null || (navigation.state === 'loading' && navigation.location.pathname === location.pathname)
  return { formKey, busy, onChange }
}
