export const shortestPassword = 12
export const longestPassword = 200

/** Why a password is too easy, as a sentence for the form; null where it will do. Length counts, not decoration (NIST SP 800-63B). */
export function weakness(password: string, own: readonly string[] = []): string | null {
  if (password.length < shortestPassword) return `Use at least ${shortestPassword} characters. A few unrelated words do well.`
  if (password.length > longestPassword) return `Use at most ${longestPassword} characters.`
  const plain = password.toLowerCase()
  if (new Set(plain).size < 5) return 'This repeats the same few characters. Use a few unrelated words.'
  if (runs(plain)) return 'This is a row of neighbouring characters. Use a few unrelated words.'
  const named = own.map((word) => word.toLowerCase()).filter((word) => word.length > 3)
  const rest = named.reduce((text, word) => text.replaceAll(word, ''), plain)
  if (rest.length < 8) return 'This is little more than your own name or address. Use a few unrelated words.'
  return null
}

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm']

/** `abcdefghijkl`, `123456789012`, `qwertyuiopas` and the same backwards. */
function runs(text: string): boolean {
  const backwards = [...text].reverse().join('')
  return rows.some((row) => row.includes(text) || row.includes(backwards))
}
