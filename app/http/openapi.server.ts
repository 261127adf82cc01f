import { keyAllowances } from '#services/accounts/rules/access-keys.ts'
import { listLimits } from '#services/clearance/rules/columns.ts'
import { kinds } from '#services/clearance/rules/lights.ts'
import { licenceModels } from '#services/licensing/rules/models.ts'

const words = (what: string) => ({
  description: `${what}: codes or English names, as a list or as one text with | between them.`,
  anyOf: [
    { type: 'string', maxLength: 8_000 },
    { type: 'array', items: { type: 'string', maxLength: 80 }, maxItems: 400 },
  ],
})
const day = { type: 'string', format: 'date', example: '2027-01-01' }
const codes = { type: 'array', items: { type: 'string' } }
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } })

const schemas = {
  PlannedUse: {
    type: 'object',
    additionalProperties: false,
    required: ['asset', 'media', 'territory', 'from'],
    properties: {
      reference: { type: 'string', maxLength: 200, description: 'Your own name for the use; it comes back unchanged.' },
      asset: {
        description: 'The picture: its id, its number, the name of its file, or its title where only one has it.',
        anyOf: [
          { type: 'string', maxLength: 300 },
          { type: 'integer', minimum: 0 },
        ],
      },
      media: words('What it is used for'),
      territory: words('Where'),
      except: words('Places that are taken out again'),
      industry: words('For which trade; none stands for all'),
      from: day,
      until: { ...day, type: ['string', 'null'], description: 'The last day; none is without end.' },
      exclusive: { type: 'boolean', default: false },
    },
  },
  ClearanceRequest: {
    type: 'object',
    additionalProperties: false,
    required: ['uses'],
    properties: {
      for: { type: 'string', description: 'The organisation that will use the pictures; for the house’s own people only. None: your own.' },
      uses: { type: 'array', minItems: 1, maxItems: listLimits.rows, items: ref('PlannedUse') },
    },
  },
  Scope: {
    type: 'object',
    additionalProperties: false,
    required: ['media', 'territory', 'except', 'industry', 'from', 'until', 'exclusive'],
    properties: {
      media: codes,
      territory: codes,
      except: codes,
      industry: codes,
      from: day,
      until: { ...day, type: ['string', 'null'] },
      exclusive: { type: 'boolean' },
    },
  },
  Answer: {
    type: 'object',
    additionalProperties: false,
    required: ['row', 'reference', 'asset', 'light', 'kind', 'answer', 'reasons', 'nearest', 'licences', 'price'],
    properties: {
      row: { type: 'integer', description: 'Counted from 1; of a CSV, as a spreadsheet counts.' },
      reference: { type: 'string' },
      asset: {
        type: 'object',
        additionalProperties: false,
        required: ['asked', 'id'],
        properties: { asked: { type: 'string' }, id: { type: ['string', 'null'] } },
      },
      light: {
        enum: ['green', 'amber', 'red', 'error'],
        description:
          'green: go ahead. amber: a licence or an answer is missing, or only the larger part can be had. red: no. error: not asked.',
      },
      kind: { enum: kinds, description: 'Why this light.' },
      answer: { type: 'string', description: 'The same for people.' },
      reasons: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['cause', 'words'],
          properties: { cause: { type: ['string', 'null'] }, words: { type: 'string' } },
        },
      },
      nearest: {
        type: 'array',
        description: 'What can be had instead, by giving way on one axis; the largest first.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['axis', 'kept', 'words', 'use'],
          properties: {
            axis: { enum: ['exclusivity', 'territory', 'period', 'media', 'industry'] },
            kept: { type: 'number', minimum: 0, maximum: 1, description: 'How much of the axis is kept.' },
            words: { type: 'string' },
            use: ref('Scope'),
          },
        },
      },
      licences: { type: 'array', items: { type: 'string' }, description: 'Numbers of the licences that cover the use.' },
      price: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            additionalProperties: false,
            required: ['amount', 'currency', 'model'],
            properties: {
              amount: { type: 'string', pattern: '^\\d+(\\.\\d+)?$', description: 'Without tax.' },
              currency: { type: 'string', pattern: '^[A-Z]{3}$' },
              model: { enum: licenceModels },
            },
          },
        ],
        description: 'The cheapest licence of the store that covers the use, where one is needed and sold.',
      },
    },
  },
  Clearance: {
    type: 'object',
    additionalProperties: false,
    required: ['clearance', 'counts', 'answers'],
    properties: {
      clearance: { type: ['string', 'null'], description: 'The list under which the answers are kept; null without an Idempotency-Key.' },
      counts: {
        type: 'object',
        additionalProperties: false,
        required: ['green', 'amber', 'red', 'error'],
        properties: Object.fromEntries(['green', 'amber', 'red', 'error'].map((light) => [light, { type: 'integer', minimum: 0 }])),
      },
      answers: { type: 'array', items: ref('Answer') },
    },
  },
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'instance'],
    description: 'RFC 9457. “detail” says what to do; “errors” what is wrong where.',
    properties: {
      type: { type: 'string', pattern: '^urn:clearmark:problem:[a-z-]+$' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      instance: { type: 'string', description: 'Name it when you write to us.' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['detail'],
          properties: {
            pointer: { type: 'string', description: 'A JSON pointer into what was sent.' },
            row: { type: 'integer', description: 'Of a CSV, as a spreadsheet counts.' },
            column: { type: 'string' },
            detail: { type: 'string' },
          },
        },
      },
    },
  },
} as const

/** The API as OpenAPI 3.1. A test holds real answers to these schemas. */
export const openApi = (origin: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Clearmark',
    version: '1',
    description: `Ask whether pictures may be used. Send “Authorization: Bearer cmk_…” with a key made at ${origin}/account/keys. A key sees what its owner sees. At most ${keyAllowances.uses.turns} requests a minute.`,
  },
  servers: [{ url: origin }],
  security: [{ accessKey: [] }],
  paths: {
    '/api/v1/clearance': {
      post: {
        operationId: 'clearUses',
        summary: 'May I use it? Up to 5,000 planned uses at once',
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            schema: { type: 'string', minLength: 1, maxLength: 200 },
            description: 'The same question under the same key gets the same answer; another question under it is 409.',
          },
          { name: 'for', in: 'query', schema: { type: 'string' }, description: 'As in the JSON body; for CSV bodies.' },
        ],
        requestBody: {
          required: true,
          description: `At most ${listLimits.bytes / 1_000_000} MB.`,
          content: {
            'application/json': { schema: ref('ClearanceRequest') },
            'text/csv': {
              schema: { type: 'string', description: 'The first row names the columns; a template is at /clearance/lists/template.csv.' },
            },
          },
        },
        responses: {
          200: {
            description: 'An answer for each use, in their order.',
            headers: { Location: { schema: { type: 'string' }, description: 'The page of the list, where the answers are kept.' } },
            content: {
              'application/json': { schema: ref('Clearance') },
              'text/csv': { schema: { type: 'string', description: 'The columns that were sent, then the answer.' } },
            },
          },
          400: problem('The body is no JSON.'),
          401: problem('No key, or one that opens nothing.'),
          403: problem('The key is not for this, or its owner may not ask for others.'),
          404: problem('There is no such organisation.'),
          409: problem('The Idempotency-Key was sent with another question before.'),
          413: problem('The body is too large.'),
          415: problem('The body is neither JSON nor CSV.'),
          422: problem('Some of it cannot be read; nothing was asked.'),
          429: problem('Too many requests: wait as long as Retry-After says.'),
        },
      },
    },
  },
  components: { securitySchemes: { accessKey: { type: 'http', scheme: 'bearer' } }, schemas },
})
