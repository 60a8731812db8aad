import { expect, test } from "vitest";
import { outlookOf } from "../../../src/core/outlook/outlook.ts";
import type { Range } from "../../../src/core/outlook/ranges.ts";
import { inputOf, portfolioOf, simulated } from "./portfolios.ts";

// Oracle: portfolios drawn from the model one purchase after the other, and the year that came for them.
const proving = process.env.PROVE !== undefined;
const portfolios = proving ? 1_000 : 60;
/** Of so many cases, by how much a share of four in five may miss by chance: three standard errors. */
const slackOf = (cases: number) => 3 * Math.sqrt((0.8 * 0.2) / cases);

test("four of five ranges hold what came: of those who leave, and of what is bought", () => {
  let [leavers, revenue, customers] = [0, 0, 0];
  const holds = ({ low, high }: Range, came: number) => Number(low <= came && came <= high);
  for (let at = 0; at < portfolios; at += 1) {
    const drawn = portfolioOf(`calibration ${at}`, 40);
    const outlook = outlookOf(
      simulated(
        inputOf(
          drawn.map(({ account }) => account),
          { seed: `${at}` },
        ),
      ),
    );
    customers += holds(outlook.customers, drawn.filter(({ isThere }) => isThere).length);
    leavers += holds(outlook.in12Months.left, drawn.filter(({ leavesInYear }) => leavesInYear).length);
    revenue += holds(
      outlook.in12Months.todayMinor,
      drawn.reduce((sum, { yearAhead }) => sum + yearAhead, 0),
    );
  }
  const shares = [customers, leavers, revenue].map((count) => count / portfolios);
  if (proving) process.stdout.write(`Covered of customers, leavers and revenue: ${shares.join(", ")}\n`);
  // One alone of few portfolios says little, all of them together fail where ranges hold in two of three cases.
  const all = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(all).toBeGreaterThan(0.8 - slackOf(shares.length * portfolios));
  for (const share of shares) {
    expect(share).toBeGreaterThan(0.8 - slackOf(portfolios));
    expect(share).toBeLessThan(0.98);
  }
}, 600_000);
