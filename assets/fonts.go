package assets

import _ "embed"

// The weights of Inter, as static TrueType files (SIL Open Font License, see fonts/OFL.txt). Paper
// and screens use the same face. The bytes are shared: whoever changes them copies first.
var (
	//go:embed fonts/Inter-Regular.ttf
	InterRegular []byte
	//go:embed fonts/Inter-SemiBold.ttf
	InterSemiBold []byte
	//go:embed fonts/Inter-Bold.ttf
	InterBold []byte
)
