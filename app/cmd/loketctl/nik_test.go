package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"loket/app/words"
)

func kioskEnv(lang words.Lang) (*Env, *bytes.Buffer) {
	var out bytes.Buffer
	now := func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }
	return &Env{Out: &out, Err: &out, In: strings.NewReader(""), Lang: lang, Now: now}, &out
}

func TestNIKAsJSON(t *testing.T) {
	cases := []struct {
		number, at, want string
		no               bool
	}{
		{number: "6471014510900003", want: `{"valid":true,"birth_date":"1990-10-05","sex":"female","region":"64.71.01","errors":[],"warnings":[]}`},
		{number: "6471010101300001", want: `{"valid":true,"birth_date":"1930-01-01","sex":"male","region":"64.71.01","errors":[],"warnings":[]}`},
		{number: "6471010101300001", at: "2031-01-01", want: `{"valid":true,"birth_date":"2030-01-01","sex":"male","region":"64.71.01","errors":[],"warnings":[]}`},
		{number: "6499014510900003", want: `{"valid":true,"birth_date":"1990-10-05","sex":"female","region":"64.99.01","errors":[],"warnings":["nik_region_old"]}`},
		{number: "9914510900003", want: `{"valid":false,"birth_date":"","sex":"","region":"","errors":["nik_length"],"warnings":[]}`, no: true},
		{number: "xx", want: `{"valid":false,"birth_date":"","sex":"","region":"","errors":["nik_missing"],"warnings":[]}`, no: true},
	}
	for _, c := range cases {
		env, out := kioskEnv(words.ID)
		err := (&nikCmd{Number: c.number, At: c.at, JSON: true}).Run(env)
		if errors.Is(err, errAnswerNo) != c.no || !c.no && err != nil {
			t.Errorf("%s: answered %v", c.number, err)
		}
		if got := strings.TrimSpace(out.String()); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.number, got, c.want)
		}
	}
}

func TestNIKForPeople(t *testing.T) {
	env, out := kioskEnv(words.ID)
	if err := (&nikCmd{Number: "6471014510900003"}).Run(env); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"647101 451090 0003", "05-10-1990", "Perempuan", "64.71.01 Balikpapan Timur, Kota Balikpapan"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestNIKRefusesABadDay(t *testing.T) {
	env, _ := kioskEnv(words.ID)
	if got := env.fail((&nikCmd{Number: "6471014510900003", At: "20-11-2026"}).Run(env)); got != exitWrongUse {
		t.Errorf("exit code %d", got)
	}
}
