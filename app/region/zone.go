package region

import (
	"strings"
	"time"
)

// Indonesia has three zones since 1 January 1988 (Keputusan Presiden 41/1987), by province. A province
// that was made later keeps the zone of the one that it was taken from.
var (
	wib  = time.FixedZone("WIB", 7*3600)
	wita = time.FixedZone("WITA", 8*3600)
	wit  = time.FixedZone("WIT", 9*3600)
)

// zones holds the zone of each province by its code.
var zones = func() map[string]*time.Location {
	of := map[string]*time.Location{}
	for zone, codes := range map[*time.Location]string{
		wib:  "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62", // Sumatra, Java, West and Central Kalimantan
		wita: "51 52 53 63 64 65 71 72 73 74 75 76",                   // Bali, Nusa Tenggara, the rest of Kalimantan, Sulawesi
		wit:  "81 82 91 92 93 94 95 96",                               // Maluku and Papua
	} {
		for _, code := range strings.Fields(codes) {
			of[code] = zone
		}
	}
	return of
}()

// Zone is the zone of a place by its official code ("64.71"): that of its province. Where the code says
// none it is WIB, the capital's.
func Zone(code string) *time.Location {
	if zone, ok := zones[code[:min(2, len(code))]]; ok {
		return zone
	}
	return wib
}
