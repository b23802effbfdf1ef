package assets

import _ "embed"

// Regions is the table of provinces to villages: see regions/ATTRIBUTION.md for its origin, its
// licence (ODbL 1.0) and its form.
//
//go:embed regions/regions.txt.gz
var Regions []byte
