import { receivePieces } from '#app/http/tus.server.ts'

/** A file in pieces is begun here by POST; its own address follows in the answer. */
export const action = receivePieces
