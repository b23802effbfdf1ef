package assets

import "embed"

// Benefits is what the insurance gives, in plain words and dated, and where people can be treated:
// one file a version. Drawn signs are named as in Icons.
//
//go:embed benefits/*.json
var Benefits embed.FS
