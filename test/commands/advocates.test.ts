import { expect, test } from "vitest";
import { openAsked } from "../helpers/small-portfolio.ts";
import { company, deal } from "../helpers/workspace.ts";

const names = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Pine", "Plum", "Quince"];
const of = (name: string) => String(names.indexOf(name) + 1);

/** Alder, Birch and Cedar have bought for years; Dogwood is new; Elm complains; the others never bought, Quince elsewhere. */
async function openAdvocates() {
  const asked = await openAsked();
  await asked.import({
    companies: names.map((name) =>
      company(of(name), name, {
        Industry: "Retail",
        "Country/Region": name === "Quince" ? "Austria" : "Germany",
        "Open complaints": name === "Elm" ? "2" : "0",
      }),
    ),
    deals: [
      ...["Alder", "Birch", "Cedar", "Elm"].flatMap((name, place) => [
        deal(`${of(name)}0`, of(name), "500.00", "2023-01-10"),
        deal(`${of(name)}1`, of(name), `${9_000 - place * 1_000}.00`, "2026-10-01"),
      ]),
      deal("40", of("Dogwood"), "9500.00", "2026-10-02"),
    ],
  });
  return asked;
}

const rowsOf = (data: unknown) =>
  (
    data as {
      rows: {
        account: string;
        survey: unknown;
        prospects: { total: number; first: { account: string }[] };
      }[];
    }
  ).rows;

test("who is content and was not asked lately could speak to prospects like it", async () => {
  const asked = await openAdvocates();
  const first = await asked.reply("advocates");
  expect(first.headline).toBe("3 customers could speak for us");
  expect(first.lines).toEqual([[expect.stringMatching(/^No surveys are known/)]]);
  expect(
    rowsOf(first.data)
      .map(({ account }) => account)
      .sort(),
  ).toEqual(["Alder", "Birch", "Cedar"]);
  expect(rowsOf(first.data)[0]?.prospects).toMatchObject({
    total: 2,
    first: [{ account: "Pine" }, { account: "Plum" }],
  });

  await asked.reply("log alder survey on 2026-01-01 score 10");
  await asked.reply("log alder survey on 2026-06-01 score 6");
  await asked.reply("log birch survey score 9");
  const [entry] = (await asked.reply("advocates")).entries ?? [];
  const fill = entry?.actions?.[0];
  expect(fill).toMatchObject({ kind: "fill", form: "work", label: "Asked for a reference" });
  const rows = rowsOf((await asked.reply("advocates")).data);
  // Alder's newest survey says that it is not content any more.
  expect(rows.map(({ account, survey }) => ({ account, survey }))).toEqual(
    expect.arrayContaining([
      { account: "Birch", survey: { score: 9, on: "2026-10-31" } },
      { account: "Cedar", survey: null },
    ]),
  );
  expect(rows).toHaveLength(2);

  await asked.reply("log cedar complaint because it leaks");
  if (fill?.kind === "fill") await asked.reply(`${fill.line} hours 0.5 because they know Pine`);
  const left = await asked.reply("advocates");
  expect(left.headline).toBe("Nobody to ask for a reference");
  expect(left.lines).toEqual([]);
  await asked.reply("log cedar complaint closed");
  expect(rowsOf((await asked.reply("advocates")).data).map(({ account }) => account)).toEqual(
    rows[0]?.account === "Cedar" ? ["Birch"] : ["Cedar"],
  );
});

test("where every account bought something, it is said that there are no prospects", async () => {
  const asked = await openAsked();
  await asked.import({
    companies: [company("1", "Alder")],
    deals: [deal("1", "1", "500.00", "2023-01-10"), deal("2", "1", "500.00", "2026-10-01")],
  });
  const { lines, entries } = await asked.reply("advocates");
  expect(lines?.map(([sentence]) => String(sentence).slice(0, 23))).toEqual([
    "No surveys are known: w",
    "No prospects are known:",
  ]);
  expect(entries?.[0]?.lines[1]).toEqual([
    "Its industry or region is not known, so no prospects can be matched.",
  ]);
});
