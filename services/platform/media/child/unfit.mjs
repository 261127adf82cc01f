/** A file that will not do: which of the port's error kinds it is, and one sentence for the person who sent it. */
export class Unfit extends Error {
  constructor(kind, sentence) {
    super(sentence)
    this.kind = kind
  }
}
