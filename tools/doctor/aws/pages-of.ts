export interface Page {
  readonly limit: number;
  readonly position?: string;
}

export interface Items<T> {
  readonly items?: readonly T[] | undefined;
  readonly position?: string | undefined;
}

/** All that a listing of API Gateway has, page by page; 500 is the most that it gives at once. */
export async function pagesOf<T>(send: (page: Page) => Promise<Items<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let position: string | undefined;
  do {
    const page = await send({ limit: 500, ...(position !== undefined && { position }) });
    items.push(...(page.items ?? []));
    position = page.position;
  } while (position !== undefined);
  return items;
}
