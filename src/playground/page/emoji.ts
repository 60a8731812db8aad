/** The few emoji names apps use most; any other is shown by its name. */
const EMOJI: Readonly<Record<string, string>> = {
  "+1": "👍",
  "-1": "👎",
  arrow_down: "⬇️",
  arrow_down_small: "🔽",
  arrow_left: "⬅️",
  arrow_lower_right: "↘️",
  arrow_right: "➡️",
  arrow_up: "⬆️",
  arrow_up_small: "🔼",
  arrow_upper_right: "↗️",
  bar_chart: "📊",
  bell: "🔔",
  bulb: "💡",
  calendar: "📅",
  chart_with_downwards_trend: "📉",
  chart_with_upwards_trend: "📈",
  eyes: "👀",
  first_place_medal: "🥇",
  hourglass: "⌛",
  information_source: "ℹ️",
  large_green_circle: "🟢",
  large_yellow_circle: "🟡",
  lock: "🔒",
  mag: "🔍",
  moneybag: "💰",
  red_circle: "🔴",
  rocket: "🚀",
  second_place_medal: "🥈",
  sparkles: "✨",
  star: "⭐",
  tada: "🎉",
  third_place_medal: "🥉",
  thumbsup: "👍",
  trophy: "🏆",
  warning: "⚠️",
  wave: "👋",
  white_check_mark: "✅",
  x: "❌",
};

export function emojiFor(name: string): string {
  return EMOJI[name] ?? `:${name}:`;
}

/** Plain text with its `:names:` as emoji. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole);
}
