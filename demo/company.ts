/**
 * The invented company whose portfolio the demo shows. The generator and the local Slack both read this
 * file, so that the people in the CSV files are the people who can be switched to in the playground.
 */
export const companyName = "Brightwater Instruments";
export const companyDomain = "brightwater.example";
export const currency = "EUR";

export type Role = "rep" | "manager" | "admin";

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly team: string;
  /** The IANA zone that they have set in Slack. */
  readonly timeZone: string;
}

export const salesTeams = ["North", "Central", "South"] as const;
export type SalesTeam = (typeof salesTeams)[number];

function person(
  [first, last]: readonly [string, string],
  email: string,
  role: Role,
  team: string,
  timeZone: string,
): Person {
  return { name: `${first} ${last}`, email: `${email}@${companyDomain}`, role, team, timeZone };
}

/** Fixed, not drawn: the same people whatever the seed. The admin sells nothing and is not in the CSV files. */
export const people: readonly Person[] = [
  person(["Maeve", "Hollister"], "maeve.hollister", "manager", "North", "Europe/Dublin"),
  person(["Tomas", "Lindqvist"], "tomas.lindqvist", "rep", "North", "Europe/Stockholm"),
  person(["Priya", "Raman"], "priya.raman", "rep", "North", "Asia/Kolkata"),
  person(["Oliver", "Pennington"], "oliver.pennington", "rep", "North", "Europe/London"),
  person(["Saskia", "de Vries"], "saskia.devries", "rep", "North", "Europe/Amsterdam"),
  person(["Johanna", "Brandt"], "johanna.brandt", "manager", "Central", "Europe/Berlin"),
  person(["Jürgen", "Ahrens"], "juergen.ahrens", "rep", "Central", "Europe/Berlin"),
  person(["Lena", "Vogel"], "lena.vogel", "rep", "Central", "Europe/Vienna"),
  person(["Marek", "Nowak"], "marek.nowak", "rep", "Central", "Europe/Warsaw"),
  person(["Elif", "Aydin"], "elif.aydin", "rep", "Central", "Europe/Istanbul"),
  person(["Lucia", "Ferrante"], "lucia.ferrante", "manager", "South", "Europe/Rome"),
  person(["Hugo", "Marchetti"], "hugo.marchetti", "rep", "South", "Europe/Rome"),
  person(["Carmen", "Ibáñez"], "carmen.ibanez", "rep", "South", "Europe/Madrid"),
  person(["Noam", "Peretz"], "noam.peretz", "rep", "South", "Asia/Jerusalem"),
  person(["Aiko", "Tanabe"], "aiko.tanabe", "rep", "South", "Asia/Tokyo"),
  person(["Robin", "Ashby"], "robin.ashby", "admin", "Revenue Operations", "America/New_York"),
];
