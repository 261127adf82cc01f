import { expect, test } from 'vitest'
import type { Context } from '#services/platform/context.ts'
import { receiveListForm } from './clearance-upload.server.ts'

const sent = (body: string, type: string) =>
  receiveListForm({} as Context, new Request('https://x.test/clearance/lists', { method: 'POST', body, headers: { 'content-type': type } }))

test.each([
  ['a body of another kind', '{}', 'application/json'],
  ['a form without files', 'list=1', 'application/x-www-form-urlencoded'],
  ['parts that never end', '--b\r\ncontent-disposition: form-data; name="for"\r\n\r\nhalf', 'multipart/form-data; boundary=b'],
  ['parts without a boundary', '--b', 'multipart/form-data'],
])('%s is malformed, and no fault of ours', (_, body, type) => expect(sent(body, type)).rejects.toMatchObject({ code: 'malformed' }))

test('a form that names no file is told so', async () => {
  const form = '--b\r\ncontent-disposition: form-data; name="for"\r\n\r\n\r\n--b--\r\n'
  expect(await sent(form, 'multipart/form-data; boundary=b')).toMatchObject({ ok: false, error: 'no-file' })
})
