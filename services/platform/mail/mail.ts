export interface Letter {
  to: string
  subject: string
  html: string
  text: string
  /** Goes into Message-ID, so that a repeated send is one letter to the reader. */
  key: string
  /** Where a mail program stops letters of this kind with one POST (RFC 8058). */
  stopUrl?: string
}
export interface Mail {
  send(letter: Letter): Promise<void>
}
