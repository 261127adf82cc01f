import { useEffect, useState } from 'react'

/** Whether scripts run here: what only they can do is shown once they do. */
export function useScripted(): boolean {
  const [scripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  return scripted
}
