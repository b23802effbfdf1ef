package masuk

import (
	"testing"

	"loket/app"
)

func TestOnePersonIsChosen(t *testing.T) {
	var m Model
	m.Listed(people[:1], nil)
	if m.Chosen.ID != "aaaa" || m.Back() {
		t.Error("with one person there is nothing to choose")
	}
}

func TestWhoIsGoneIsNotChosen(t *testing.T) {
	m := Model{Chosen: app.Operator{ID: "gone"}}
	m.Listed(people, nil)
	if m.Chosen.ID != "" {
		t.Error(m.Chosen)
	}
}

func TestTheWaitCountsDown(t *testing.T) {
	m := Model{Stage: Names, Chosen: people[0]}
	m.Refused(app.Fail(app.AccessPINWait, "seconds", 2))
	if m.Try() {
		t.Error("tried while waiting")
	}
	if !m.Tick() || m.Tick() {
		t.Error("two seconds are two ticks")
	}
	if m.Err != nil || !m.Try() {
		t.Error("after the wait one may try")
	}
}

func TestFirstStartSaysWhatIsMissing(t *testing.T) {
	good := Start{Good: true, Name: "Rahmat", PIN: "73910284", Again: "73910284"}
	for _, c := range []struct {
		name  string
		spoil func(*Start)
		field string
		code  app.Code
	}{
		{"nothing", func(*Start) {}, "", ""},
		{"no code", func(s *Start) { s.Good = false }, "code", app.TokenBad},
		{"no name", func(s *Start) { s.Name = "  " }, "name", app.AccessNameMissing},
		{"short PIN", func(s *Start) { s.PIN = "739102" }, "pin", app.VaultPINShort},
		{"guessable PIN", func(s *Start) { s.PIN = "12345678" }, "pin", app.VaultPINCommon},
		{"other PIN", func(s *Start) { s.Again = "73910285" }, "again", app.SignInPINDiffers},
	} {
		s := good
		c.spoil(&s)
		if field, err := s.Problem(); field != c.field || app.CodeOf(err) != c.code {
			t.Errorf("%s: %s %v", c.name, field, err)
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Dewi Lestari": "DL", "sri": "S", "": "?", "Yohanes Ngau Ajang": "YA"} {
		if got := Initials(name); got != want {
			t.Errorf("%q: %s", name, got)
		}
	}
}
