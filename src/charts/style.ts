/** The picture's size in pixels at 1×; it is drawn at 2×. */
export const WIDTH = 800;
export const HEIGHT = 450;
export const PIXEL_RATIO = 2;
export const MARGIN = 24;

/** A picture of 800 pixels is shown 360 wide on a phone: 27 pixels are 12 there, the least that people read. */
export const TEXT_SIZE = 27;
export const TITLE_SIZE = 32;
export const LINE_HEIGHT = 34;

/** A light ground of its own and a border, so that it reads on Slack's dark one too. */
export const colours = {
  ground: "#ffffff",
  border: "#c4c4c8",
  text: "#1d1c1d",
  muted: "#616061",
  grid: "#e2e2e4",
};

/**
 * Blue, vermillion, green and purple of Okabe and Ito's Color Universal Design (2008), wine of Paul Tol's muted scheme
 * and a dark grey: apart under the three forms of colour blindness, and each at least 3:1 against the ground.
 * The playground's page has the same ones as `--series-*`.
 */
export const seriesColours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#882255", "#333333"];

export function seriesColour(index: number): string {
  return seriesColours[index % seriesColours.length] ?? colours.text;
}
