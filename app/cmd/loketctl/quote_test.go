package main

import (
	"encoding/json"
	"strings"
	"testing"

	"loket/app/words"
)

func TestQuoteAsJSON(t *testing.T) {
	env, out := kioskEnv(words.ID)
	c := quoteCmd{Income: 900000, Sector: "transport", Payer: "self", Programmes: "JKK+JKM", FirstMonth: "2026-12", Months: 6, JSON: true}
	if err := c.Run(env); err != nil {
		t.Fatal(err)
	}
	begins := `{"total_idr":67200,"months":[{"month":"2026-12","jkk_idr":5000,"jkm_idr":3400,"jht_idr":0,"total_idr":8400,"relief":"`
	if !strings.HasPrefix(out.String(), begins) {
		t.Errorf("got %s", out)
	}
	var answer quoteAnswer
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil || len(answer.Months) != 6 {
		t.Fatal(err, answer)
	}
	if last := answer.Months[5]; last.Relief != "" || last.Total != 16800 {
		t.Errorf("the relief ends in March 2027, got %+v", last)
	}
}

// Who registers on 20 November 2026 pays from December on.
func TestQuoteForPeople(t *testing.T) {
	env, out := kioskEnv(words.ID)
	c := quoteCmd{Income: 900000, Sector: "other", Payer: "self", Programmes: "jkk+jkm", Months: 2}
	if err := c.Run(env); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2026-12", "2027-01", "Rp8.400", "Rp16.800", "Rp25.200", "50% JKK+JKM (PP 50/2025)", "Bulan"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	t.Log("\n" + out.String())
}

func TestQuoteRefusesWhatCannotBe(t *testing.T) {
	good := quoteCmd{Income: 1, Sector: "other", Payer: "self", Programmes: "JKK+JKM", Months: 1}
	bad := map[string]func(*quoteCmd){
		"half of the pair":  func(c *quoteCmd) { c.Programmes = "JKK" },
		"unknown programme": func(c *quoteCmd) { c.Programmes = "JKK+JKM+JP" },
		"negative income":   func(c *quoteCmd) { c.Income = -1 },
		"no month":          func(c *quoteCmd) { c.Months = 0 },
		"month as a word":   func(c *quoteCmd) { c.FirstMonth = "Desember" },
	}
	for name, spoil := range bad {
		env, _ := kioskEnv(words.EN)
		c := good
		spoil(&c)
		if got := env.fail(c.Run(env)); got != exitWrongUse {
			t.Errorf("%s: exit code %d", name, got)
		}
	}
}
