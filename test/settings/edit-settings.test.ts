import { expect, test } from "vitest";
import { openAsked } from "../helpers/small-portfolio.ts";

test("a form changes every part of a setting that it names, and leaves the others", async () => {
  const { id, desk, store } = await openAsked();
  const viewer = { workspaceId: id, standing: "operator" } as const;
  await store.ensureWorkspace(id);
  const submitted = await desk.submitSettings(viewer, {
    ...{ "value-margin": "50", "value-horizon": "24", "actions-per-person": "5", "reward-budget": "2000" },
    ...{ "digest-holidays": "Germany", "digest-slack-connect": "yes" },
  });
  expect(submitted).toMatchObject({ ok: true });
  const workspace = await store.workspace(id);
  expect(workspace?.settings).toMatchObject({
    value: { margin: 500, horizonMonths: 24, discountPercent: 10 },
    actions: { perHolder: 5, rewardBudget: 2_000, coolDownDays: 14 },
    digests: { holidays: "DE", slackConnect: true },
  });
  expect(await desk.submitSettings(viewer, { "digest-holidays": "ZZ", "reward-budget": "-1" })).toEqual({
    ok: false,
    faults: {
      "digest-holidays": expect.stringMatching(/^"ZZ" is no country/),
      "reward-budget": '"-1" must be a whole number from 0 to 100000000.',
    },
  });
  expect(await store.workspace(id)).toEqual(workspace);
});

test("the form shows actions and digests", async () => {
  const { id, desk, store } = await openAsked();
  await store.ensureWorkspace(id);
  const form = await desk.settingsForm({ workspaceId: id, standing: "operator" });
  expect(form.ok && form.fields.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      ...["actions-per-person", "actions-cool-down", "reward-budget"],
      ...["digest-holidays", "digest-slack-connect"],
    ]),
  );
});
