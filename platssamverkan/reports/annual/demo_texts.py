# SPDX-License-Identifier: EUPL-1.2
"""What the demonstration's årsrapporter say. All of it is made up."""

SHARED = {
    "Inledning": "Rapporten berättar om förvaltningens boenden: vad de har gjort under året, hur det har gått och vad "
    "som saknas. Den är skriven av enhetscheferna tillsammans med personalen och samlad av förvaltningschefen.",
    "Uppdrag och tillhörighet": "Boendena hör till socialförvaltningen Sydväst. Uppdraget är att ge människor ett hem "
    "med det stöd de behöver, och att vara en god granne.\n\nPlatssamverkan är ett sätt att arbeta: boendet, grannarna "
    "och fastighetsägarna möts innan något har blivit ett problem.",
    "Året i korthet": "Rådet i Kallebäck har mötts som planerat. Två bänkar och ny belysning finns på plats vid "
    "hållplatsen. Grannarna vet vem de ska ringa, och gör det tidigare än förut.",
    "Alla boenden tillsammans": "Att antalet händelser ändras säger inte ensamt om det har blivit tryggare: fler "
    "antecknar i dag än tidigare. Läs siffrorna tillsammans med det boendena skriver.",
    "Ekonomi": "Kostnaden för samordningen delas mellan förvaltningarna efter den nyckel som är bestämd. Överskottet "
    "beror på att en tjänst stod tom under våren.",
    "Nästa år": "Vi vill öppna mötesplatsen på baksidan för grannarna en kväll i månaden. Det som kan hindra är att "
    "lokalen behöver byggas om.",
}
OF_BOENDE = {
    "Uppdrag": "Boendet ska vara ett tryggt hem med stöd dygnet runt, på uppdrag av socialnämnden.",
    "Målgrupp": "Vuxna som har varit utan eget hem länge och som behöver stöd i vardagen.",
    "Mål": "Varje fråga från en granne besvaras inom en vecka. Rådet möts fyra gånger. Minst en insats i planen ger "
    "något både till dem som bor här och till grannskapet.",
    "Arbete under året": "Vi har gått en promenad med grannar och fastighetsägare och sett gångvägen med deras ögon. "
    "Belysningen är lagad, och de som bor här sköter odlingslådorna vid entrén.\n\nPersonalen går ut tidigare när "
    "någon ringer. Det har lugnat kvällarna vid hållplatsen.",
    "Siffror": "Siffrorna visar vad som är antecknat. Många kontakter ser vi som ett gott tecken: grannarna hör av sig "
    "innan det har blivit en händelse.",
    "Behov som inte är mötta": "Det saknas något att göra på dagarna för dem som inte kan ta ett arbete. Väntetiden "
    "till egen lägenhet är för lång.",
}
CALLED = {"victor": {"Målgrupp": "Personer mellan 25 och 65 år som bor tillsammans med personal dygnet runt."}}
ROLES = [("Enhetschef", "1", "1"), ("Stödpedagog", "4", "3.5"), ("Stödassistent", "9.75", "9.5")]
BUDGETS = [(11_850, 11_620, 11_300, 11_410), (14_200, 14_060, 13_900, 13_750), (9_400, 9_480, 9_100, 9_050)]
# part, per cent and kronor, then those of the year before
KEY = [
    ("Socialförvaltningen Nordost", "37.9", 1_137_000, "38", 1_064_000),
    ("Socialförvaltningen Hisingen", "27.1", 813_000, "27", 756_000),
    ("Socialförvaltningen Centrum", "19.4", 582_500, "19.5", 546_000),
    ("Socialförvaltningen Sydväst", "15.5", 467_500, "15.5", 434_000),
]
TOTAL, TOTAL_BEFORE, REPAYMENT = 3_000_000, 2_800_000, 130_000
COMMENT = "Skriv gärna hur många hushåll som var med på promenaden."
COVER = {
    "handlaggare": "Eva Brandt",
    "diarienummer": "N000-00000/00",
    "summary": "Årsrapporten beskriver arbetet på förvaltningens boenden, med siffror, bemanning och budget för varje "
    "boende och en gemensam redovisning av kostnader som delas mellan förvaltningarna.",
    "social": "Boendenas arbete med grannskapet gör platsen tryggare både för dem som bor där och för dem runt om. "
    "Ingen enskild person beskrivs.",
    "children": "Oro som gäller barn besvaras före annat. Barn i grannskapet har fått information som är skriven för "
    "dem.",
    "attachments": "Årsrapporten",
    "description": "Boendena har skrivit sina avsnitt. Siffrorna är räknade ur Platssamverkan och frysta en viss dag. "
    "Siffror som inte kan jämföras med året före är märkta.",
    "assessment": "Förvaltningen bedömer att arbetet följer planen och att rapporten ger en rättvisande bild.",
    "recipients": "Socialnämnden Sydväst\nStadsledningskontoret",
    "second_signature": "",
}
