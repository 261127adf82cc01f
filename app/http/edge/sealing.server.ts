import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { sealWords } from '#services/assets/sealing.ts'
import { knownContext } from '../context.server.ts'

type Args = LoaderFunctionArgs | ActionFunctionArgs

const withInit = (answer: unknown): answer is { data: unknown; init: ResponseInit | null } =>
  typeof answer === 'object' && answer !== null && 'type' in answer && answer.type === 'DataWithResponseInit'

/**
 * A loader or action whose answer says nothing of what an embargo keeps from who asks. Whose loader asked for nobody
 * answers nothing that is not everybody's; files and exports are the matter of the operation that writes them.
 */
export const sealing =
  <A extends Args, R>(ask: (args: A) => R) =>
  async (args: A): Promise<unknown> => {
    const answer: unknown = await ask(args)
    const ctx = await knownContext(args)
    if (!ctx || answer instanceof Response) return answer
    if (!withInit(answer)) return sealWords(ctx, answer)
    const said = await sealWords(ctx, answer.data)
    return said === answer.data ? answer : data(said, answer.init ?? undefined)
  }
