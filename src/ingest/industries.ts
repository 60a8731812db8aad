import type { Vocabulary } from "./suspects.ts";

/**
 * Words for industries that B2B exports use, so that a slip near one of them is seen even where everybody
 * makes it. Not a list of what is allowed: an industry that is not here is left alone. Nouns and their
 * adjectives are both here, since each is within two letters of the other.
 */
const lines = [
  "Accounting; Advertising; Aerospace; Agriculture; Agricultural; Airlines; Animation; Apparel; Architecture",
  "Architectural; Arts and Crafts; Automation; Automotive; Aviation; Banking; Beverages; Biotechnology",
  "Broadcasting; Building Materials; Business Services; Business Supplies; Catering; Chemicals; Civic Services",
  "Civil Engineering; Cleaning; Clothing; Commerce; Commercial; Commercial Real Estate; Communications",
  "Computer Games; Computer Hardware; Computer Networking; Computer Security; Computer Software; Computing",
  "Construction; Construction Materials; Consulting; Consumer Electronics; Consumer Goods; Consumer Services",
  "Cosmetics; Cybersecurity; Dairy; Defence; Defense; Design; Distribution; E-commerce; E-Learning; Education",
  "Educational; Electrical; Electrical Manufacturing; Electronics; Employment; Energy; Engineering",
  "Entertainment; Environment; Environmental; Environmental Services; Events; Events Services; Facilities",
  "Facilities Services; Farming; Fashion; Film; Finance; Financial; Financial Services; Fine Art; Fishing",
  "Fitness; Food; Food & Beverages; Food Production; Forestry; Freight; Fundraising; Furniture; Gambling",
  "Gaming; Glass and Ceramics; Glass, Ceramics & Concrete; Government; Government Administration; Graphic Design",
  "Hardware; Health; Health, Wellness and Fitness; Healthcare; Higher Education; Hospital; Hospital & Health Care",
  "Hospitality; Hotels; Human Resources; Import and Export; Individual & Family Services; Industrial",
  "Industrial Automation; Industrial Goods; Information Services; Information Technology",
  "Information Technology and Services; Infrastructure; Insurance; International Affairs; International Trade",
  "Internet; Investment; Investment Banking; Investment Management; Jewelry; Journalism; Judiciary",
  "Law Enforcement; Law Practice; Legal; Legal Services; Legislative Office; Leisure; Leisure, Travel & Tourism",
  "Libraries; Life Sciences; Logistics; Logistics and Supply Chain; Luxury Goods; Machinery; Management",
  "Management Consulting; Manufacturing; Maritime; Market Research; Marketing; Marketing and Advertising; Materials",
  "Mechanical; Mechanical or Industrial Engineering; Media; Media Production; Medical; Medical Devices",
  "Medical Practice; Medicine; Mental Health Care; Metals; Military; Mining; Mining & Metals; Mobility; Motion Pictures",
  "Museums; Music; Nanotechnology; Newspapers; Nonprofit; Non-Profit Organization Management; Nutrition",
  "Oil & Energy; Oil & Gas; Online Media; Outsourcing; Package & Freight Delivery; Packaging",
  "Packaging and Containers; Paper; Paper & Forest Products; Performing Arts; Pharma; Pharmaceuticals; Philanthropy",
  "Photography; Plastics; Political Organization; Primary/Secondary Education; Printing; Private Equity",
  "Professional Services; Professional Training; Public Administration; Public Policy; Public Relations",
  "Public Safety; Public Sector; Publishing; Railway; Ranching; Real Estate; Recreation; Recreational",
  "Recreational Facilities; Recruiting; Recruitment; Religious Institutions; Renewables; Renewables & Environment",
  "Research; Restaurants; Retail; Robotics; Science; Security; Security and Investigations; Semiconductors",
  "Services; Shipbuilding; Shipping; Software; Sporting Goods; Sports; Staffing and Recruiting; Steel",
  "Supermarkets; Supply Chain; Technology; Telecom; Telecommunications; Textiles; Think Tanks; Tobacco; Tourism",
  "Trade; Trading; Training; Translation and Localization; Transport; Transportation; Travel; Utilities",
  "Venture Capital; Veterinary; Warehousing; Waste Management; Water; Wellness; Wholesale; Wholesaler",
  "Wine and Spirits; Wireless; Writing and Editing",
];

/** See `lines`: in English, as HubSpot, LinkedIn and people write them. */
export function industryVocabulary(): Vocabulary {
  return { what: "an industry we know", words: lines.flatMap((line) => line.split("; ")) };
}
