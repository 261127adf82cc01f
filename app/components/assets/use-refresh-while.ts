import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/** Ask for the page's data again every two seconds while something is being made, for three minutes at most. */
export function useRefreshWhile(waiting: boolean): void {
  const { revalidate, state } = useRevalidator()
  const asked = useRef(0)
  useEffect(() => {
    if (!waiting || state !== 'idle' || asked.current > 90) return
    const timer = setTimeout(() => {
      asked.current++
      if (!document.hidden) revalidate()
    }, 2000)
    return () => clearTimeout(timer)
  }, [waiting, state, revalidate])
}
