/** Structured lines: one JSON object a line, no secrets, no mail bodies. */
export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void
  info(event: string, fields?: Record<string, unknown>): void
  warn(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}

const levels = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]
const hidden = /password|secret|token|cookie|authorization|signature|card/i

const plain = (value: unknown): unknown =>
  value instanceof Error ? { name: value.name, message: value.message, stack: value.stack, code: (value as { code?: unknown }).code } : typeof value === 'bigint' ? value.toString() : value

/** Writes to `write` (standard output by default); a field whose name smells of a secret is hidden. */
export function jsonLog(level: Level = 'info', base: Record<string, unknown> = {}, write: (line: string) => void = (line) => void process.stdout.write(line)): Log {
  const least = levels.indexOf(level)
  const at = (name: Level) => (event: string, fields: Record<string, unknown> = {}) => {
    if (levels.indexOf(name) < least) return
    const line = { time: new Date().toISOString(), level: name, event, ...base, ...fields }
    write(`${JSON.stringify(line, (key, value: unknown) => (hidden.test(key) ? '[hidden]' : plain(value)))}\n`)
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
