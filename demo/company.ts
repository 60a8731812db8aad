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
}

export const salesTeams = ["North", "Central", "South"] as const;
export type SalesTeam = (typeof salesTeams)[number];

function person(first: string, last: string, email: string, role: Role, team: string): Person {
  return { name: `${first} ${last}`, email: `${email}@${companyDomain}`, role, team };
}

/** Fixed, not drawn: the same people whatever the seed. The admin sells nothing and is not in the CSV files. */
export const people: readonly Person[] = [
  person("Maeve", "Hollister", "maeve.hollister", "manager", "North"),
  person("Tomas", "Lindqvist", "tomas.lindqvist", "rep", "North"),
  person("Priya", "Raman", "priya.raman", "rep", "North"),
  person("Oliver", "Pennington", "oliver.pennington", "rep", "North"),
  person("Saskia", "de Vries", "saskia.devries", "rep", "North"),
  person("Johanna", "Brandt", "johanna.brandt", "manager", "Central"),
  person("Jürgen", "Ahrens", "juergen.ahrens", "rep", "Central"),
  person("Lena", "Vogel", "lena.vogel", "rep", "Central"),
  person("Marek", "Nowak", "marek.nowak", "rep", "Central"),
  person("Elif", "Aydin", "elif.aydin", "rep", "Central"),
  person("Lucia", "Ferrante", "lucia.ferrante", "manager", "South"),
  person("Hugo", "Marchetti", "hugo.marchetti", "rep", "South"),
  person("Carmen", "Ibáñez", "carmen.ibanez", "rep", "South"),
  person("Noam", "Peretz", "noam.peretz", "rep", "South"),
  person("Aiko", "Tanabe", "aiko.tanabe", "rep", "South"),
  person("Robin", "Ashby", "robin.ashby", "admin", "Revenue Operations"),
];
