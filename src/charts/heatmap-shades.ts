import { colours } from "./style.ts";

type Rgb = readonly [number, number, number];

/** From almost white to a dark blue: lightness alone tells more from less, so it needs no colour vision. */
const [LIGHT, DARK]: readonly [Rgb, Rgb] = [
  [230, 241, 249],
  [0, 58, 97],
];
/** Money that went back: pale vermillion, apart from blue under every form of colour blindness. */
const BELOW_ZERO: Rgb = [250, 216, 196];

/** The shade of a cell among those of which `most` is the largest: nothing is light, the largest dark. */
export function shadeOf(value: number, most: number): string {
  if (value < 0) return hexOf(BELOW_ZERO);
  const part = most > 0 ? value / most : 0;
  return hexOf([mixed(0, part), mixed(1, part), mixed(2, part)]);
}

/** The colour of a text on a shade: dark or white, whichever reads better. */
export function textOn(shade: string): string {
  return contrast(shade, colours.text) >= contrast(shade, colours.ground) ? colours.text : colours.ground;
}

/** How well two colours are told apart, from 1 to 21 (WCAG 2.2, relative luminance). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mixed(channel: 0 | 1 | 2, part: number): number {
  return Math.round(LIGHT[channel] + (DARK[channel] - LIGHT[channel]) * part);
}

function hexOf(channels: Rgb): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
