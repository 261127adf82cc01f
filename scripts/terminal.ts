/** Plain words on a terminal: steps with their time, a table at the end. Colour only where there is somebody to see it. */
const colour = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code: string) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
export const bold = paint('1')
export const dim = paint('2')
export const green = paint('32')
export const red = paint('31')
export const accent = paint('36')

/** Runs one step and says how long it took. */
export async function step<T>(label: string, work: () => Promise<T> | T): Promise<T> {
  const started = performance.now()
  if (colour) process.stdout.write(`${dim('·')} ${label} …`)
  try {
    const value = await work()
    const took = `${((performance.now() - started) / 1000).toFixed(1)} s`
    process.stdout.write(`${colour ? '\r\u001b[K' : ''}${green('✓')} ${label} ${dim(took)}\n`)
    return value
  } catch (error) {
    process.stdout.write(`${colour ? '\r\u001b[K' : ''}${red('✗')} ${label}\n`)
    throw error
  }
}

/** Rows of equal columns, each as wide as its widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), [])
  return rows.map((row) => `  ${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd((widths[at] ?? 0) + 2))).join('')}`).join('\n')
}
