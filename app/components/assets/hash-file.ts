/** Up to here a hash costs less than a second, and less memory than a tab has anyway. Larger files are known at their end. */
const cheap = 64 * 1024 * 1024

let worker: Worker | null = null
let broken = false
let lastAsk = 0
const asked = new Map<number, (sha256: string | null) => void>()

/** A file's SHA-256, made beside the page so that nothing on it stands still; null where that costs too much or is not to be had. */
export async function hashOfFile(file: File): Promise<string | null> {
  if (broken || file.size > cheap || typeof Worker === 'undefined' || !globalThis.isSecureContext) return null
  try {
    const at = hasher()
    return await new Promise((resolve) => {
      const ask = ++lastAsk
      asked.set(ask, resolve)
      at.postMessage({ ask, file })
    })
  } catch {
    return null
  }
}

function hasher(): Worker {
  if (worker) return worker
  worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<{ ask: number; sha256: string | null }>) => {
    asked.get(data.ask)?.(data.sha256)
    asked.delete(data.ask)
  }
  // A browser that gives no worker: every file is sent, and known at its end.
  worker.onerror = () => {
    broken = true
    for (const answer of asked.values()) answer(null)
    asked.clear()
  }
  return worker
}
