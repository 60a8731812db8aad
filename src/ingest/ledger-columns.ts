/**
 * What the columns of a ledger are called, in English and German. Spaces may also be written as underscores,
 * hyphens or not at all: "Invoice no", "invoice_no", "InvoiceNo".
 */
export const ledgerColumns = {
  document: spellings(
    ...["Invoice number", "Invoice no", "Invoice no.", "Invoice", "Invoice id", "Invoice #"],
    ...["Document number", "Document no", "Rechnungsnummer", "Rechnungsnr", "Rechnungsnr.", "Rechnungs nr"],
    ...["Belegnummer", "Belegnr", "Belegnr.", "Beleg nr"],
  ),
  day: spellings(
    ...["Invoice date", "Date", "Document date", "Posting date"],
    ...["Rechnungsdatum", "Belegdatum", "Datum", "Buchungsdatum"],
  ),
  accountId: spellings(
    ...["Customer ID", "Customer number", "Customer no", "Customer no.", "Customer code", "Client ID"],
    ...["Kundennummer", "Kundennr", "Kundennr.", "Kunden nr", "Kunden ID", "Debitorennummer"],
  ),
  accountName: spellings(
    ...["Customer name", "Customer", "Client name", "Client", "Account name", "Kunde", "Kundenname"],
  ),
  amount: spellings(
    ...["Net amount", "Amount", "Amount net", "Line amount", "Line total", "Line net amount"],
    ...["Nettobetrag", "Betrag", "Betrag netto", "Positionsbetrag", "Nettoumsatz"],
  ),
  quantity: spellings("Quantity", "Qty", "Menge", "Anzahl", "Stückzahl"),
  unitPrice: spellings(
    ...["Unit price", "Price", "Price per unit", "Unit amount", "Unit net price"],
    ...["Einzelpreis", "Stückpreis", "Preis", "Nettopreis"],
  ),
  productId: spellings(
    ...["Stock code", "SKU", "Product ID", "Product code", "Product number", "Item code", "Item number"],
    ...["Artikelnummer", "Artikelnr", "Artikelnr.", "Artikel nr", "Produktnummer"],
  ),
  productName: spellings("Product", "Product name", "Item", "Item name", "Artikel", "Produkt"),
  description: spellings("Description", "Bezeichnung", "Artikelbezeichnung", "Beschreibung"),
  region: spellings("Country", "Customer country", "Billing country", "Land"),
  currency: spellings("Currency", "Currency code", "Währung"),
} as const;

/**
 * Headers that may mean that a row is no sale, or an amount not the net one. What exactly they mean only
 * people know, and a mapping says it.
 */
export const doubtfulInLedger: readonly RegExp[] = [
  /tax|vat\b|mwst|\bust\b|steuer|gross|brutto/,
  /status|type|kind|belegart|buchungsart|credit|gutschrift|debit|refund|erstatt|void|storno|cancel/,
  /discount|rabatt|skonto|nachlass|paid|bezahlt|balance|saldo|^soll|^haben/,
  // Often the whole invoice's, repeated on each of its lines.
  /^(?:invoice |grand |sub)?[ _-]?total$|^(?:gesamt|summe|rechnungs|gesamt)(?:betrag|summe)?$/,
  /supplier|vendor|lieferant|kreditor/,
];

/** The names as they are and then in other spellings: messages show the first ones. */
function spellings(...names: readonly string[]): readonly string[] {
  const others = names.flatMap((name) => ["", "_", "-"].map((joint) => name.replaceAll(" ", joint)));
  return [...new Set([...names, ...others])];
}
