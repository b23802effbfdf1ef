package assets

import "embed"

// Rules are the dated rule sets that ship with the programs, for first use: one file a set.
// Head office replaces them by signed news.
//
//go:embed rules/*.json
var Rules embed.FS
