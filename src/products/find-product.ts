import { distance } from "fastest-levenshtein";
import type { Context } from "../command.ts";
import { matchNames, nameKey } from "../core/names.ts";
import { type Filters, formatQuery } from "../query.ts";
import { UsageError } from "../usage-error.ts";

const MOST_NEAR = 5;

interface NamedProduct {
  readonly id: string;
  readonly name: string;
}

/** A line about one product, with the filters of the list that it stood in. */
export function productLine(productId: string, filters: Filters): string {
  return formatQuery("products", { words: [`id:${productId}`], filters, page: 1 });
}

/**
 * The product that typed words mean.
 *
 * @throws UsageError with the nearest products as suggestions when none or several match.
 */
export async function findProduct(
  typed: string,
  filters: Filters,
  { store }: Pick<Context, "store">,
): Promise<NamedProduct> {
  const products = await store.products();
  const id = /^id:([0-9a-f-]{36})$/.exec(typed)?.[1];
  const found = id
    ? products.filter((one) => one.id === id)
    : matchNames(typed, products, ({ name }) => name);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const near = (found.length > 1 ? found : nearest(typed, products)).slice(0, MOST_NEAR);
  throw new UsageError(
    products.length === 0
      ? "The imported data names no product."
      : id
        ? "This product is gone. Search it by name."
        : `No single product is called "${typed}". Did you mean one of these?`,
    near.map((product) => ({ label: product.name, line: productLine(product.id, filters) })),
  );
}

function nearest(typed: string, products: readonly NamedProduct[]): readonly NamedProduct[] {
  const key = nameKey(typed);
  return products
    .map((product) => ({ product, apart: distance(key, nameKey(product.name)) }))
    .sort((one, other) => one.apart - other.apart)
    .map(({ product }) => product);
}
