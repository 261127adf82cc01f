/** Runs beside the page: reads a file and says its SHA-256. */
onmessage = async ({ data: { ask, file } }: MessageEvent<{ ask: number; file: File }>) => {
  let sha256: string | null = null
  try {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
    sha256 = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    // A file that cannot be read says so where it is sent.
  }
  postMessage({ ask, sha256 })
}
