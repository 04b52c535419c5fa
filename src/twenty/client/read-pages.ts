/** A connection of Twenty, as far as paging needs it. */
export interface Connection<TNode> {
  edges: { node: TNode }[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

/** Follows the cursor to the end (the first page has none: Twenty refuses null); `onPage` gets each page once, in order. A missing connection is an empty one. */
export async function readPages<TNode>(
  read: (after: string | undefined) => Promise<Connection<TNode> | null>,
  onPage: (nodes: TNode[]) => void | Promise<void>,
  first?: Connection<TNode> | null,
): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const connection: Connection<TNode> | null = first !== undefined && after === undefined ? first : await read(after);
    if (!connection) return;
    if (connection.edges.length > 0) await onPage(connection.edges.map(({ node }) => node));
    if (!connection.pageInfo.hasNextPage || connection.pageInfo.endCursor === null) return;
    after = connection.pageInfo.endCursor;
  }
}

/** @param first the first page, when it has been read already */
export async function readAllPages<TNode>(
  read: (after: string | undefined) => Promise<Connection<TNode> | null>,
  first?: Connection<TNode> | null,
): Promise<TNode[]> {
  const all: TNode[] = [];
  await readPages(read, (nodes) => void all.push(...nodes), first);
  return all;
}
