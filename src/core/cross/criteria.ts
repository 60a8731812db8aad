/** What accounts are told apart by. A cohort is the quarter of the first purchase; a product is one that was bought in the window. */
export type NamedCriterion =
  | "tier"
  | "industry"
  | "region"
  | "owner"
  | "team"
  | "cohort"
  | "cohort-year"
  | "product";

export type Criterion = NamedCriterion | { readonly custom: string };

/** A column that says how large an account is: numbers in it are put into the size classes that statistics offices use. */
export function meansSize(column: string): boolean {
  return /^(?:(?:company|account|firm)?[\s_-]*size|(?:number of|no\.? of|#)?[\s_-]*employees(?:[\s_-]*(?:count|range|number))?|employee[\s_-]*(?:count|range|number)|head[\s_-]?count|mitarbeiter(?:zahl|anzahl)?|unternehmensgr(?:ö|oe)(?:ß|ss)e|gr(?:ö|oe)(?:ß|ss)e)$/i.test(
    column.trim(),
  );
}

/** A column that says through whom an account was won or is served. */
export function meansChannel(column: string): boolean {
  return /^(?:(?:sales|marketing|acquisition|distribution|lead|vertriebs)?[\s_-]*(?:channel|kanal)|(?:lead|traffic|original|acquisition)[\s_-]*source|route to market)$/i.test(
    column.trim(),
  );
}

/** A column that follows from what accounts bought, as their tier does. */
function meansSpend(column: string): boolean {
  return /(?:spen[dt]|revenue|sales|turnover|umsatz|\bltv\b|lifetime value|\btier\b|\babc\b|purchase|orders?\b|invoice|\bdeals?\b)/i.test(
    column,
  );
}

/** Whether two criteria come from the same purchases, so that they go together whatever customers are like. */
export function isSameThing(first: Criterion, second: Criterion): boolean {
  const both = (test: (criterion: Criterion) => boolean) => test(first) && test(second);
  const isCohort = (criterion: Criterion) => criterion === "cohort" || criterion === "cohort-year";
  const isSpend = (criterion: Criterion) =>
    criterion === "tier" || (typeof criterion === "object" && meansSpend(criterion.custom));
  return both((criterion) => isSpend(criterion) || isCohort(criterion));
}
