package assets

import "embed"

// Icons are our own stroke icons, 24 x 24, drawn in #000000 so that the theme can colour them.
//
//go:embed icons/*.svg
var Icons embed.FS

// AppIcon is Loket's own sign, for the window.
//
//go:embed app.svg
var AppIcon []byte
