import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { simpleParser, type AddressObject } from 'mailparser'

/** A letter as the inbox shows it. */
export interface InboxLetter {
  id: string
  at: string
  from: string
  to: string[]
  subject: string
  text: string
  html: string | null
  messageId: string | null
  /** Every address that the letter links to, in order. */
  links: string[]
}

const addresses = (given: AddressObject | AddressObject[] | undefined): string[] =>
  [given ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''))

async function read(id: string, at: string, source: Buffer): Promise<InboxLetter> {
  const parsed = await simpleParser(source, { skipImageLinks: true, skipTextToHtml: true })
  const html = parsed.html || null
  const links = [...(html ?? '').matchAll(/href="([^"]+)"/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter((href) => /^https?:/.test(href))
  return {
    id,
    at,
    from: parsed.from?.text ?? '',
    to: addresses(parsed.to),
    subject: parsed.subject ?? '(no subject)',
    text: parsed.text ?? '',
    html,
    messageId: parsed.messageId ?? null,
    links: [...new Set(links)],
  }
}

/** Letters in a folder, one `.eml` each; their names begin with the instant of arrival, so the folder's order is theirs. */
export async function letterBox(dir: string) {
  mkdirSync(dir, { recursive: true })
  const letters: InboxLetter[] = []
  for (const name of readdirSync(dir)
    .filter((file) => file.endsWith('.eml'))
    .sort()) {
    const id = name.slice(0, -'.eml'.length)
    letters.push(await read(id, new Date(Number(id.split('-')[0])).toISOString(), readFileSync(path.join(dir, name))))
  }
  let last = 0
  return {
    /** Keeps a letter before its sender is told that it arrived. */
    async keep(source: Buffer, now: Date): Promise<InboxLetter> {
      // Two letters of one millisecond still have an order.
      last = Math.max(last + 1, now.getTime())
      const id = `${last}-${createHash('sha256').update(source).digest('hex').slice(0, 10)}`
      const file = path.join(dir, `${id}.eml`)
      writeFileSync(`${file}.new`, source, { mode: 0o600 })
      renameSync(`${file}.new`, file)
      const letter = await read(id, new Date(last).toISOString(), source)
      letters.push(letter)
      return letter
    },
    /** Newest first; `to` and `about` narrow by a part of the recipient's address or of the subject. */
    list({ to = '', about = '' }: { to?: string; about?: string } = {}): InboxLetter[] {
      const [recipient, words] = [to.toLowerCase(), about.toLowerCase()]
      return letters
        .filter(
          (letter) =>
            letter.to.some((address) => address.toLowerCase().includes(recipient)) && letter.subject.toLowerCase().includes(words),
        )
        .reverse()
    },
    find: (id: string) => letters.find((letter) => letter.id === id),
    source(id: string): Buffer | null {
      return letters.some((letter) => letter.id === id) ? readFileSync(path.join(dir, `${id}.eml`)) : null
    },
    clear() {
      for (const { id } of letters.splice(0)) unlinkSync(path.join(dir, `${id}.eml`))
    },
  }
}
export type LetterBox = Awaited<ReturnType<typeof letterBox>>
