/** Starts a CSV that spreadsheets read as UTF-8. */
export const byteOrderMark = '\uFEFF'

/** A cell that a spreadsheet would run as a formula gets an apostrophe before it; then RFC 4180 quoting. */
export function csvCell(value: string): string {
  const safe = /^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]|^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
export const csvLine = (values: readonly string[]): string => `${values.map(csvCell).join(',')}\r\n`
