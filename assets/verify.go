package assets

import "embed"

// VerifyPage is the public page on which anybody checks a card: one HTML, one CSS and one JS file,
// and a service worker.
//
//go:embed web/verify/*
var VerifyPage embed.FS
