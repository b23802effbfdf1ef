package assets

import "embed"

// Console is head office's pages: html/template files and their style sheet.
//
//go:embed web/console
var Console embed.FS
