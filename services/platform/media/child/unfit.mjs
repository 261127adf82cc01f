/** A file that will not do: which of the port's error kinds it is, and one sentence for the person who sent it. */
export class Unfit extends Error {
  constructor(kind, sentence) {
    super(sentence)
    this.kind = kind
  }
}

/** Words that a file says of itself in a form of its own, under names that tell where they are from: `font:title`. */
export const saidBy = (form, words) =>
  Object.fromEntries(Object.entries(words).flatMap(([name, value]) => (value ? [[`${form}:${name}`, String(value).slice(0, 32_000)]] : [])))
