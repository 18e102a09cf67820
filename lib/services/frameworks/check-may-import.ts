import 'server-only';
import { authorize } from '#services/authorize.ts';
import type { Context } from '#services/context.ts';

/** Whether the actor may import a framework: the page of the form shows nothing else. @throws not found or forbidden */
export async function checkMayImport(ctx: Context, _input: object): Promise<void> {
  authorize(ctx.actor, 'framework.import');
}
