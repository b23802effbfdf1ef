package benefit_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"loket/app/benefit"
	"loket/assets"
)

// texts are all sentences of the guide.
func texts(g benefit.Guide) []benefit.Text {
	all := []benefit.Text{g.Source, g.Caveat}
	for _, t := range g.Topics {
		all = append(all, t.Title, t.Short, t.Lead)
		for _, p := range t.Points {
			all = append(all, p.Text)
		}
		for _, d := range t.Dated {
			all = append(all, d.What, d.Value)
		}
		for _, a := range t.Asked {
			all = append(all, a.Question, a.Answer)
		}
	}
	return all
}

func TestEverySentenceStandsInBothLanguages(t *testing.T) {
	g := benefit.Embedded()
	if !g.AsOf.Valid() || len(g.Topics) < 6 {
		t.Fatal(g.AsOf, len(g.Topics))
	}
	for _, text := range texts(g) {
		if strings.TrimSpace(text.ID) == "" || strings.TrimSpace(text.EN) == "" || text.ID == text.EN {
			t.Errorf("%q / %q", text.ID, text.EN)
		}
	}
}

// Amounts of money stand among what is dated and nowhere else: there the caveat stands beside them.
func TestAmountsAreDated(t *testing.T) {
	money := regexp.MustCompile(`Rp|juta|million`)
	for _, topic := range benefit.Embedded().Topics {
		for _, p := range append(topic.Points, benefit.Point{Text: topic.Lead}) {
			if money.MatchString(p.Text.ID + p.Text.EN) {
				t.Errorf("%s promises: %q", topic.Key, p.Text.ID)
			}
		}
	}
}

func TestEverySignIsDrawn(t *testing.T) {
	for _, topic := range benefit.Embedded().Topics {
		for _, p := range append(topic.Points, benefit.Point{Icon: topic.Icon}) {
			if _, err := fs.Stat(assets.Icons, "icons/"+p.Icon+".svg"); err != nil {
				t.Error(topic.Key, err)
			}
		}
	}
}

func TestHospitalsAreFound(t *testing.T) {
	d := benefit.Hospitals()
	if len(d.Find("64.71", "")) != 6 {
		t.Error("Balikpapan's six are not there")
	}
	for text, want := range map[string]int{
		"": 6, "pertamina": 1, "RS kanujoso": 1, "rskd": 1, "balikpapan": 6, "  Siloam ": 1, "beriman rsud": 1, "samarinda": 0, "(*&": 6,
	} {
		if got := d.Find("", text); len(got) != want {
			t.Errorf("%q finds %d, not %d", text, len(got), want)
		}
	}
	if len(d.Find("64.08", "")) != 0 {
		t.Error("a city without entries has some")
	}
}
