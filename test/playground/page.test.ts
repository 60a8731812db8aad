import { readFile } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../helpers/browser.ts";
import { findBrowser } from "../helpers/find-browser.ts";
import { CHARTS, FILE_MODAL, FILTER_MODAL, TIER_LIST } from "./sample-messages.ts";
import { CHANNEL, GUEST, MANAGER, PARTNER, REP, type StubApp, startStubApp } from "./stub-app.ts";

/** The smallest PNG. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p6fZ4wAAAABJRU5ErkJggg==",
  "base64",
);

const browserPath = findBrowser();
if (!browserPath) process.stdout.write("No Chrome or Chromium: the playground's page is not tested.\n");

describe.skipIf(!browserPath)("the page", { timeout: 30_000 }, () => {
  let browser: Browser;
  let app: StubApp;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    browser = await launchBrowser(browserPath ?? "");
  }, 60_000);
  afterAll(() => browser?.close());

  beforeEach(async () => {
    faults = [];
    app = await startStubApp();
    page = await openPage();
  });
  afterEach(async () => {
    await page.close();
    await app.close();
    expect(faults).toEqual([]);
  });

  /** A page whose script errors and refused or foreign requests fail the test. */
  async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
    const opened = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    opened.on("pageerror", (error) => faults.push(error.message));
    opened.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    opened.on("request", (request) => {
      if (!request.url().startsWith(app.playground.url) && !request.url().startsWith("data:")) {
        faults.push(`asked for ${request.url()}`);
      }
    });
    await opened.goto(app.playground.url);
    return opened;
  }

  const composer = () => page.getByRole("combobox", { name: "Message #sales" });
  const messages = () => page.getByRole("log", { name: "Messages" }).getByRole("article");
  const show = (message: object) => app.call("chat.postMessage", { channel: CHANNEL, ...message });

  it("greets a newcomer with what the app does and lines to try", async () => {
    await page.getByText("Ask which accounts matter").waitFor();
    app.answer = ({ form }) => ({ body: `You asked: ${form.text}` });
    await page.getByRole("button", { name: "/portfolio mix" }).click();
    await page.getByText("You asked: mix").waitFor();
    expect(app.received[0]?.form).toMatchObject({
      user_id: MANAGER,
      channel_id: CHANNEL,
      command: "/portfolio",
    });
  });

  it("completes a command by keyboard and mouse", async () => {
    app.answer = ({ form }) => ({ body: `You asked: ${form.text}` });
    await composer().fill("/po");
    await composer().press("Tab");
    expect(await composer().inputValue()).toBe("/portfolio ");
    await composer().pressSequentially("to");
    await composer().press("ArrowDown");
    await composer().press("ArrowDown");
    await composer().press("Enter");
    expect(await composer().inputValue()).toBe("/portfolio top A mine");
    await composer().press("Enter");
    await page.getByText("You asked: top A mine").waitFor();
    await composer().fill("/portfolio w");
    await page.getByRole("option", { name: "why Brightwater" }).click();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("You asked: why Brightwater").waitFor();
    await composer().fill("/portfolio top @jo");
    await composer().press("Tab");
    await composer().press("Enter");
    await page.getByText("You asked: top @Jonas Weber").waitFor();
    expect(app.received.at(-1)?.form.text).toBe(`top <@${REP}|jonas>`);
  });

  it("keeps private answers apart from what the channel sees", async () => {
    app.answer = ({ form }) => ({
      body: {
        text: `answer to ${form.text}`,
        ...(form.text === "mix" ? { response_type: "in_channel" } : {}),
      },
    });
    for (const line of ["help", "mix"]) {
      await composer().fill(`/portfolio ${line}`);
      await composer().press("Escape");
      await composer().press("Enter");
      await page.getByText(`answer to ${line}`).waitFor();
    }
    expect(
      await messages().filter({ hasText: "answer to help" }).getByText("Only visible to you").count(),
    ).toBe(1);
    expect(
      await messages().filter({ hasText: "answer to mix" }).getByText("Only visible to you").count(),
    ).toBe(0);
    await page.getByLabel("You are").selectOption(REP);
    await page.getByText("answer to mix").waitFor();
    await page.getByText("answer to help").waitFor({ state: "detached" });
    expect(await page.getByRole("button", { name: "sales-leaders" }).count()).toBe(0);
  });

  it("says when the app fails", async () => {
    app.answer = () => ({ status: 500 });
    await composer().fill("/portfolio help");
    await composer().press("Escape");
    await composer().press("Enter");
    await page.getByText('/portfolio failed with the error "dispatch_failed"').waitFor();
  });

  it("draws a data table with caption, headers, sorting and pages", async () => {
    const blocks = TIER_LIST.blocks.map((block) =>
      block.type === "data_table" ? { ...block, page_size: 4 } : block,
    );
    await show({ ...TIER_LIST, blocks });
    const table = page.getByRole("table", { name: "Tier A by spend, 1 to 10 of 34" });
    await table.waitFor();
    expect(await table.getByRole("columnheader").count()).toBe(6);
    expect(await table.getByRole("rowheader").allTextContents()).toEqual([
      "Brightwater Logistics",
      "Hanse Maschinenbau",
      "Kestrel Aerospace",
      "Fjord & Sons <Marine>",
    ]);
    await table.getByRole("button", { name: "Spend" }).click();
    expect(await table.getByRole("rowheader").first().textContent()).toBe("Zephyr Paper");
    expect(await table.getByRole("columnheader", { name: "Spend" }).getAttribute("aria-sort")).toBe(
      "ascending",
    );
    await page.getByRole("button", { name: "Next rows" }).click();
    await page.getByText("5–8 of 10").waitFor();
    await table.getByRole("button", { name: "Spend" }).click();
    expect(await table.getByRole("rowheader").first().textContent()).toBe("Brightwater Logistics");
  });

  it("draws charts that can also be read", async () => {
    await show(CHARTS);
    const bars = page.getByRole("img", { name: /^Spend by quarter and tier: Tier A Q1 900000/ });
    await bars.waitFor();
    expect(await bars.locator("rect").count()).toBe(8);
    expect(
      await page
        .getByRole("img", { name: /^Share of spend: A 81/ })
        .locator("path")
        .count(),
    ).toBe(4);
    await page.getByText("Show the figures").last().click();
    await page.getByRole("row", { name: "D 1" }).waitFor();
  });

  it.each(["light", "dark"] as const)("keeps twenty long labels apart on a %s phone", async (colorScheme) => {
    const categories = Array.from({ length: 20 }, (_none, index) =>
      `Segment number ${index}`.padEnd(20, "m"),
    );
    const data = categories.map((label, index) => ({ label, value: 5 - index }));
    const chart = { type: "bar", series: [{ name: "الهامش", data }], axis_config: { categories } };
    await show({ text: "dense", blocks: [{ type: "data_visualization", title: "Dense", chart }] });
    const phone = await openPage({ viewport: { width: 390, height: 844 }, colorScheme });
    const drawing = phone.getByRole("img", { name: /^Dense: / });
    await drawing.locator(".axis-label").last().waitFor();
    const frame = await drawing.boundingBox();
    const boxes = await drawing
      .locator(".axis-label")
      .evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().toJSON() as DOMRect));
    expect(boxes).toHaveLength(20);
    for (const [index, box] of boxes.entries()) {
      expect(box.right).toBeLessThanOrEqual(boxes[index + 1]?.left ?? Number.POSITIVE_INFINITY);
      expect(box.bottom).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
    }
    expect(boxes[0]?.left).toBeGreaterThanOrEqual(frame?.x ?? 0);
    await phone.getByText("Segment number 7mmmm", { exact: true }).first().waitFor({ state: "attached" });
    await phone.getByRole("listitem").filter({ hasText: "الهامش" }).waitFor();
    await phone.close();
  });

  it("draws values that are all zero on the ground", async () => {
    const categories = ["Q1", "Q2"];
    const data = categories.map((label) => ({ label, value: 0 }));
    const chart = { type: "line", series: [{ name: "Spend", data }], axis_config: { categories } };
    await show({ text: "zero", blocks: [{ type: "data_visualization", title: "Nothing", chart }] });
    const drawing = page.getByRole("img", { name: /^Nothing: / });
    const height = async (place: string) => (await drawing.locator(place).first().boundingBox())?.y ?? 0;
    expect(await height(".zero line")).toBeGreaterThan(await height(".grid:not(.zero) line"));
  });

  it("shows text as text, mentions as mentions, and unknown blocks openly", async () => {
    await show({
      text: "<!channel> <@U0JONAS> &lt;b&gt;bold?&lt;/b&gt; <javascript:alert(1)|link> *really* <https://x.example|site>",
    });
    await page.getByText("@channel").waitFor();
    const shown = messages().filter({ hasText: "@channel" });
    expect(await shown.textContent()).toContain("@channel @Jonas Weber <b>bold?</b> link really site");
    expect(await shown.getByRole("link").count()).toBe(1);
    expect(await shown.locator("strong").last().textContent()).toBe("really");
    await page.getByText("1 fault in what the app sent").waitFor();
  });

  it("sends buttons, menus and confirmations, and shows that it waits", async () => {
    app.answer = ({ payload }) =>
      payload?.type === "block_suggestion"
        ? { body: { options: [{ text: { type: "plain_text", text: "Ostrava Steel" }, value: "acc-5" }] } }
        : { delayMs: 150 };
    const danger = {
      type: "actions",
      elements: [
        {
          type: "button",
          text: { type: "plain_text", text: "Forget" },
          action_id: "forget",
          confirm: {
            title: { type: "plain_text", text: "Forget this account?" },
            text: { type: "mrkdwn", text: "It *cannot* be undone." },
            confirm: { type: "plain_text", text: "Yes, forget" },
            deny: { type: "plain_text", text: "Keep" },
            style: "danger",
          },
        },
      ],
    };
    await show({ ...TIER_LIST, blocks: [...TIER_LIST.blocks, danger] });
    const share = page.getByRole("button", { name: "Share" });
    await share.click();
    expect(await share.getAttribute("aria-busy")).toBe("true");
    await page.locator("button[aria-busy=false]", { hasText: "Share" }).waitFor();
    await page.getByRole("button", { name: "Open an account" }).click();
    await page.keyboard.type("ost");
    await page.getByRole("option", { name: "Ostrava Steel" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Open an account: Ostrava Steel" }).waitFor();
    await page.getByRole("button", { name: "Another tier" }).click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("option", { name: "As CSV" }).click();
    await page.getByRole("button", { name: "Forget" }).click();
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByRole("button", { name: "Forget" }).click();
    await page.getByRole("button", { name: "Yes, forget" }).click();
    const sent = () => app.received.flatMap(({ payload }) => payload?.actions ?? []);
    await app.playground.waitFor(() => sent().length === 5);
    const values = sent().map((action) => [action.action_id, action.value ?? action.selected_option?.value]);
    expect(Object.fromEntries(values)).toEqual({
      share: "top A",
      account: "acc-5",
      tier: "C",
      more: "csv",
      forget: undefined,
    });
  });

  it("forgets what was chosen when the message is replaced", async () => {
    await show(TIER_LIST);
    await page.getByRole("button", { name: "Another tier" }).click();
    await page.getByRole("option", { name: "Tier C" }).click();
    await page.getByRole("button", { name: "Another tier: Tier C" }).waitFor();
    const { ts } = app.playground.messages({ channelId: CHANNEL, viewerId: MANAGER })[0] ?? {};
    await app.call("chat.update", { channel: CHANNEL, ts, ...TIER_LIST });
    await page.getByRole("button", { name: "Another tier", exact: true }).waitFor();
  });

  it("says beside a button that the app did not answer", async () => {
    app.answer = () => ({ status: 500 });
    await show(TIER_LIST);
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByText("The app did not answer (dispatch_failed)").waitFor();
    expect(await page.getByRole("button", { name: "Share" }).isEnabled()).toBe(true);
  });

  it("fills in a modal: its errors, its values, Escape and focus", async () => {
    await show(TIER_LIST);
    app.answer = async ({ payload }) => {
      if (payload.type === "block_actions") {
        await app.call("views.open", { trigger_id: payload.trigger_id, view: FILTER_MODAL });
      }
      const isTooMuch = payload.view?.state.values.least?.["least-value"].value === "9";
      return isTooMuch
        ? { body: { response_action: "errors", errors: { least: "Nobody spends so little" } } }
        : {};
    };
    const filter = page.getByRole("button", { name: "Filter" });
    await filter.click();
    const modal = page.getByRole("dialog", { name: "Filter the list" });
    await modal.waitFor();
    await page.keyboard.press("Escape");
    await modal.waitFor({ state: "detached" });
    await app.playground.waitFor(() => app.received.at(-1)?.payload.type === "view_closed");
    await filter.click();
    await modal.waitFor();
    await modal.getByRole("button", { name: "Show" }).click();
    await modal.getByText("Please complete this required field.").waitFor();
    const least = modal.getByLabel("Spend at least");
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
    await least.fill("9");
    await modal.getByRole("button", { name: "Show" }).click();
    await modal.getByText("Nobody spends so little").waitFor();
    await least.fill("5000");
    await modal.getByRole("button", { name: "Region" }).click();
    await page.getByRole("option", { name: "South" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("option", { name: "South" }).waitFor({ state: "detached" });
    expect(await modal.isVisible()).toBe(true);
    await modal.getByRole("button", { name: "Region" }).click();
    await page.getByRole("option", { name: "North" }).click();
    await modal.getByRole("button", { name: "Owner" }).click();
    await page.getByRole("option", { name: "Jonas Weber", exact: true }).click();
    await modal.getByRole("button", { name: "Show" }).click();
    await modal.waitFor({ state: "detached" });
    expect(app.received.at(-1)?.payload.view.state.values).toMatchObject({
      region: { "region-choice": { selected_option: { value: "north" } } },
      owner: { "owner-choice": { selected_user: REP } },
      least: { "least-value": { value: "5000" } },
      note: { "note-text": { value: "for the review" } },
    });
  });

  it("attaches files to a message, dropped or chosen, and gives them back", async () => {
    await page.close();
    await app.close();
    app = await startStubApp({ events: ["message.im"] });
    page = await openPage();
    await page.getByRole("button", { name: "Portfolio App" }).click();
    const chosen = page.getByRole("list", { name: "Chosen files" });
    await page.getByLabel("Files to attach").setInputFiles([
      { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from("account\nAcme\n") },
      { name: "wrong.csv", mimeType: "text/csv", buffer: Buffer.from("x") },
    ]);
    await chosen.getByRole("button", { name: "Remove wrong.csv" }).click();
    const dropped = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["order\n1\n"], "orders.csv"));
      return transfer;
    });
    await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
    await chosen.getByText("orders.csv").waitFor();
    await page.getByRole("combobox", { name: "Message Portfolio" }).fill("please import");
    await page.getByRole("button", { name: "Send" }).click();
    const message = messages().filter({ hasText: "please import" });
    await message.getByText("CSV, 13 bytes").waitFor();
    expect(await chosen.count()).toBe(0);
    await app.playground.waitFor(() => app.received.length === 1);
    expect(app.received[0]?.payload.event).toMatchObject({
      subtype: "file_share",
      user: MANAGER,
      text: "please import",
      files: [{ name: "list.csv" }, { name: "orders.csv" }],
    });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      message.getByRole("link", { name: "Download orders.csv" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("orders.csv");
    expect(await readFile(await download.path(), "utf8")).toBe("order\n1\n");
  });

  it("shows the app's pictures, and says when a file is gone", async () => {
    const upload = async (filename: string, bytes: Buffer<ArrayBuffer>, more: object) => {
      const reserved = await app.call("files.getUploadURLExternal", {
        filename,
        length: bytes.length,
        alt_txt: "Chart",
      });
      await fetch(String(reserved.upload_url), { method: "POST", body: bytes });
      await app.call("files.completeUploadExternal", { files: [{ id: reserved.file_id }], ...more });
      return String(reserved.file_id);
    };
    const posted = await upload("chart.png", PIXEL, { channel_id: CHANNEL, initial_comment: "The chart" });
    const id = await upload("matrix.png", PIXEL, {});
    const image = { type: "image", slack_file: { id }, alt_text: "Matrix of accounts" };
    const small = (alt_text: string) => ({ ...image, alt_text });
    const text = { type: "mrkdwn", text: "beside it" };
    await show({
      text: "matrix",
      blocks: [
        image,
        { type: "section", text, accessory: small("Beside a section") },
        { type: "context", elements: [small("In a context"), text] },
      ],
    });
    for (const name of ["Chart", "Matrix of accounts", "Beside a section", "In a context"]) {
      const picture = page.getByRole("img", { name });
      await picture.waitFor();
      expect(
        await picture.evaluate((each: HTMLImageElement) => each.decode().then(() => each.naturalWidth)),
      ).toBe(1);
    }
    await app.call("files.delete", { file: posted });
    await messages().filter({ hasText: "The chart" }).getByText("This file was deleted.").waitFor();
  });

  it("asks for consent before an app is added", async () => {
    const other = await startStubApp({ oauth: { clientId: "1.2", clientSecret: "secret" } });
    const back = `${app.playground.url}?installed`;
    const asked = new URLSearchParams({
      client_id: "1.2",
      scope: "chat:write",
      state: "s",
      redirect_uri: back,
    });
    const consent = await browser.newPage();
    await consent.goto(`${other.playground.url}oauth/v2/authorize?${asked}`);
    await consent
      .getByRole("heading", { name: "Portfolio asks to be added to Nordwind Industrial" })
      .waitFor();
    await consent.getByLabel("You are").selectOption(REP);
    await consent.getByRole("button", { name: "Allow" }).click();
    await consent.waitForURL((url) => url.href.startsWith(back));
    expect(new URL(consent.url()).searchParams.get("code")).not.toBeNull();
    expect(new URL(consent.url()).searchParams.get("state")).toBe("s");
    await consent.close();
    await other.close();
  });

  it("fills in a modal's file_input", async () => {
    app.answer = async ({ form, payload }) => {
      if (form.command) await app.call("views.open", { trigger_id: form.trigger_id, view: FILE_MODAL });
      const count = payload?.view?.state.values.lists["lists-files"].files.length;
      return count === 1
        ? { body: { response_action: "errors", errors: { lists: "The orders are missing" } } }
        : {};
    };
    await composer().fill("/portfolio import");
    await composer().press("Escape");
    await composer().press("Enter");
    const modal = page.getByRole("dialog", { name: "Import accounts" });
    const input = modal.getByLabel("Lists");
    const choose = (name: string) =>
      input.setInputFiles([{ name, mimeType: "text/csv", buffer: Buffer.from(name) }]);
    const submit = () => modal.getByRole("button", { name: "Import" }).click();
    expect(await input.getAttribute("accept")).toBe(".csv,.XLSX");
    await submit();
    await modal.getByText("Please complete this required field.").waitFor();
    await choose("accounts.csv");
    await modal.getByText("accounts.csv").waitFor();
    await submit();
    await modal.getByText("The orders are missing").waitFor();
    await choose("mistake.csv");
    await modal.getByRole("button", { name: "Remove mistake.csv" }).click();
    await choose("orders.csv");
    await modal.getByText("orders.csv").waitFor();
    await submit();
    await modal.waitFor({ state: "detached" });
    expect(app.received.at(-1)?.payload.view.state.values.lists["lists-files"]).toMatchObject({
      type: "file_input",
      files: [{ name: "accounts.csv" }, { name: "orders.csv" }],
    });
  });

  it("shows guests and other companies only what they are invited to", async () => {
    await page.getByLabel("You are").selectOption(GUEST);
    await page.getByRole("heading", { name: "# project-hafen", level: 1 }).waitFor();
    await page.getByText("3 members, shared with another company").waitFor();
    expect(await page.getByRole("navigation").getByRole("button", { name: "sales" }).count()).toBe(0);
    await page.getByLabel("You are").selectOption(PARTNER);
    await page.getByRole("button", { name: "Portfolio App" }).waitFor({ state: "detached" });
    await page.getByRole("navigation").getByRole("button", { name: "project-hafen External" }).waitFor();
  });

  it("is usable on a phone, in the dark, without scrolling sideways", async () => {
    await page.close();
    await show(TIER_LIST);
    page = await openPage({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    await page.getByRole("table").waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
    const sidebar = page.getByRole("navigation", { name: "Workspace" });
    expect(await sidebar.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Show channels" }).click();
    await sidebar.getByRole("button", { name: "Portfolio" }).click();
    await page.getByRole("heading", { name: "Portfolio", exact: true }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      "rgb(26, 29, 33)",
    );
  });

  it("tells the app that its Home tab is looked at, also after a reload, and what it answers elsewhere", async () => {
    await page.close();
    await app.close();
    app = await startStubApp({ events: ["app_home_opened"] });
    page = await openPage();
    await page
      .getByRole("navigation")
      .getByRole("button", { name: /Portfolio/ })
      .click();
    await page.getByRole("tab", { name: "Home" }).click();
    await page.getByText("has not shown anything here yet").waitFor();
    const opened = () =>
      app.received.filter(({ payload }) => payload?.event?.type === "app_home_opened").length;
    await app.playground.waitFor(() => opened() === 1);
    const text = { type: "plain_text", text: "Your accounts" };
    await app.call("views.publish", {
      user_id: MANAGER,
      view: { type: "home", blocks: [{ type: "header", text }] },
    });
    await page.getByText("Your accounts").waitFor();
    await app.call("chat.postMessage", { channel: MANAGER, text: "Done" });
    await page.getByRole("tab", { name: "Messages new" }).waitFor();
    await page.reload();
    await page.getByText("Your accounts").waitFor();
    await app.playground.waitFor(() => opened() === 2);
    expect(await page.getByRole("combobox", { name: /Message/ }).count()).toBe(0);
  });

  it("offers the app's shortcuts in the menu of a message", async () => {
    await page.close();
    await app.close();
    app = await startStubApp({ messageShortcuts: [{ callbackId: "note_it", name: "Note it" }] });
    page = await openPage();
    app.playground.say({ userId: REP, channelId: CHANNEL, text: "Acme called" });
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("option", { name: "Note it" }).click();
    await app.playground.waitFor(() => app.received.length > 0);
    expect(app.received[0]?.payload).toMatchObject({ type: "message_action", callback_id: "note_it" });
  });

  it("shows the Home tab the app has published", async () => {
    const blocks = [{ type: "section", text: { type: "mrkdwn", text: "Your *portfolio* today" } }];
    await app.call("views.publish", { user_id: MANAGER, view: { type: "home", blocks } });
    await page.getByRole("button", { name: "Portfolio App" }).click();
    await page.getByRole("tab", { name: "Home" }).click();
    await page.getByText("Your portfolio today").waitFor();
  });
});
