// What a probe answers. Whatever happens in it, the others go on.

/** What was found, or why nothing was. */
export type Answer<T> = { readonly found: T } | { readonly reason: string };

/** Seconds that a probe may take. */
const LIMIT = 10;

/** Runs a probe; an error of it, or an answer that does not come in time, becomes the reason. */
export async function answerOf<T>(probe: () => T | Promise<T>, limit: number = LIMIT): Promise<Answer<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer<T>>((resolve) => {
    timer = setTimeout(() => resolve({ reason: `no answer within ${limit} s` }), 1000 * limit);
  });
  const asked = (async () => ({ found: await probe() }))().catch((error: unknown) => ({ reason: reasonOf(error) }));
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The message of an error, in one line. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, '; ');
}
