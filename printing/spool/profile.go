package spool

import (
	_ "embed"
	"encoding/json"
	"sync"

	"loket/app"
)

// Profile says how one kind of printer wants its pages.
type Profile struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Media   string  `json:"media"` // cr80, a4, a6, roll80
	Width   float64 `json:"width_mm"`
	Height  float64 `json:"height_mm"` // 0: as long as the document
	DPI     int     `json:"dpi"`
	CanvasW int     `json:"canvas_w"` // printable dots
	CanvasH int     `json:"canvas_h"`
	OffsetX float64 `json:"offset_x_mm"`
	OffsetY float64 `json:"offset_y_mm"`
	Bleed   bool    `json:"bleed"`
	Sides   Sides   `json:"sides"`
	PerHour int     `json:"per_hour"` // cards or pages, to tell how long a run takes
}

// Sides is the order in which a printer wants the sides of a card.
type Sides string

// The orders of sides.
const (
	FrontFirst Sides = "front_first"
	BackFirst  Sides = "back_first"
	FrontOnly  Sides = "front_only"
)

//go:embed profiles.json
var profileFile []byte

// Profiles lists the profiles that come with Loket. The first is the PDF folder's.
var Profiles = sync.OnceValue(func() []Profile {
	var all []Profile
	if err := json.Unmarshal(profileFile, &all); err != nil {
		// The file is embedded and tested: a broken one cannot reach a user.
		panic(err)
	}
	return all
})

// ProfileByID finds a profile.
func ProfileByID(id string) (Profile, error) {
	for _, p := range Profiles() {
		if p.ID == id {
			return p, nil
		}
	}
	return Profile{}, app.Fail(app.PrintProfile, "profile", id)
}
