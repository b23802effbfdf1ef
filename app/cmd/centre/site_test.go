package centre_test

import (
	"context"
	"testing"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/headoffice"
)

func started(t *testing.T, o centre.Options) (s headoffice.Site, err error) {
	t.Helper()
	o.Listen, o.KioskListen = "127.0.0.1:0", "127.0.0.1:0"
	c, err := centre.Start(t.Context(), o)
	if err != nil {
		return s, err
	}
	need(t, c.Stop(context.Background()))
	return c.Site, nil
}

// A start that says nothing of the cards' address changes nothing: a forgotten flag must not put
// another address on people's cards.
func TestWhatAStartWasToldStays(t *testing.T) {
	data := t.TempDir()
	if s, err := started(t, centre.Options{Data: data}); err != nil || s.Settings.Host != centre.ExampleHost {
		t.Fatal(s, err)
	}
	for _, o := range []centre.Options{{Data: data, Host: "kartu.kantor.id", Issuer: "KTR"}, {Data: data}} {
		s, err := started(t, o)
		if err != nil || s.Settings.Host != "KARTU.KANTOR.ID" || s.Settings.Issuer != "KTR" {
			t.Error(s, err)
		}
	}
}

// Practice and real books never share a folder.
func TestPracticeAndRealBooksStayApart(t *testing.T) {
	data := t.TempDir()
	_, err := started(t, centre.Options{Data: data})
	need(t, err)
	if _, err := started(t, centre.Options{Data: data, Practice: true}); app.CodeOf(err) != app.OfficeNotPractice {
		t.Error("real books were opened for practice:", err)
	}
	data = t.TempDir()
	for _, o := range []centre.Options{{Data: data, Practice: true}, {Data: data}, {Data: data, Issuer: "KTR"}} {
		s, err := started(t, o)
		if err != nil || s.Settings.Issuer != headoffice.PracticeIssuer {
			t.Error("practised books became real:", s.Settings.Issuer, err)
		}
	}
}
