import { receivePieces } from '#app/http/tus.server.ts'

/** A file in pieces: asked about by HEAD, carried on by PATCH, given up by DELETE. */
export const loader = receivePieces
export const action = receivePieces
