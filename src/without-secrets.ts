/** Slack's tokens of every kind, refresh tokens and app tokens included. */
const tokens = /(?:xoxe\.)?(?:xox[a-z]|xapp)-[\w-]+/g;
/** Addresses at which whoever knows them can post. */
const addresses =
  /https:\/\/hooks\.slack(?:-gov)?\.com\/[^\s"'\\]+|wss:\/\/[^\s"'\\]+|https?:\/\/[^\s"'\\/]+\/response\/\w+/g;
const bearer = /(Bearer|Basic) [\w.~+/=-]+/g;
const passwords = /(postgres(?:ql)?:\/\/[^\s:@/"']+:)[^\s@"']+@/g;
/** Arguments of addresses and forms. */
const parameters = /([?&](?:code|state|token|refresh_token|client_secret)=)[^\s&"'\\]+/g;
/** Fields by their names, in JSON and in JSON that is a text in JSON. */
const fields =
  /(\\*"(?:\w*token|response_?url|url_private\w*|trigger_?id|authorization|(?:set-)?cookie|\w*secret)\\*"\s*:\s*\\*")[^"\\]+/gi;

/** A text as it may be shown to whoever reads logs. */
export function withoutSecrets(text: string): string {
  return text
    .replace(tokens, "[secret]")
    .replace(addresses, "[secret]")
    .replace(bearer, "$1 [secret]")
    .replace(passwords, "$1[secret]@")
    .replace(parameters, "$1[secret]")
    .replace(fields, "$1[secret]");
}
