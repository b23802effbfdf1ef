// Package assets holds the files that ship inside the programs. It embeds and does nothing else.
package assets

import "embed"

// Words are the sentences of both languages, one file a room:
// {"key": {"id": "...", "en": "..."}} with {name} for arguments.
//
//go:embed words/*.json
var Words embed.FS
