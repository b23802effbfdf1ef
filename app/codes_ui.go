package app

// Codes of the window.
const (
	WindowUnavailable Code = "window.unavailable"
)
