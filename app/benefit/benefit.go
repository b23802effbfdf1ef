// Package benefit is what the insurance gives, told in plain words and dated, and where people can
// be treated. It explains and never promises: wherever an amount is shown, its date and the caveat
// belong beside it.
package benefit

import (
	"encoding/json"
	"io/fs"
	"sync"

	"loket/app"
	"loket/app/words"
	"loket/assets"
)

// Text is a sentence in both languages.
type Text struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// In gives the sentence in a language.
func (t Text) In(lang words.Lang) string {
	if lang == words.EN {
		return t.EN
	}
	return t.ID
}

// Guide is all that is told, as of a day.
type Guide struct {
	Version string   `json:"version"`
	AsOf    app.Date `json:"as_of"`
	Source  Text     `json:"source"`
	Caveat  Text     `json:"caveat"` // stands wherever an amount does
	Call    string   `json:"call"`   // the number that everybody can call
	Topics  []Topic  `json:"topics"`
	JMO     JMO      `json:"jmo"`
}

// Topic is one page of it: what is told with drawn signs, what is dated, and what is often asked.
type Topic struct {
	Key    string   `json:"key"`
	Icon   string   `json:"icon"`
	Title  Text     `json:"title"`
	Short  Text     `json:"short"` // where there is little room
	Lead   Text     `json:"lead"`
	Steps  bool     `json:"steps"` // the points come one after the other
	Points []Point  `json:"points"`
	Dated  []Dated  `json:"dated"`
	Asked  []Answer `json:"asked"` // for the officer: not shown to the other side unasked
}

// Point is one thing with its sign.
type Point struct {
	Icon string `json:"icon"`
	Text Text   `json:"text"`
}

// Dated is an amount or term that holds as of the guide's day.
type Dated struct {
	What  Text `json:"what"`
	Value Text `json:"value"`
}

// Answer is what to say when somebody asks.
type Answer struct {
	Question Text `json:"question"`
	Answer   Text `json:"answer"`
}

// JMO is the members' own app, and the link that leads to it.
type JMO struct {
	Name  string `json:"name"`
	Maker string `json:"maker"`
	Link  string `json:"link"`
}

// Topic finds a page by its key.
func (g Guide) Topic(key string) (Topic, bool) {
	for _, t := range g.Topics {
		if t.Key == key {
			return t, true
		}
	}
	return Topic{}, false
}

// Embedded is the guide that ships with the program.
var Embedded = sync.OnceValue(func() (g Guide) {
	read("benefits-2026.1.json", &g)
	return g
})

// read takes an embedded file in. The files are tested: a broken one cannot reach a user.
func read(name string, into any) {
	b, err := fs.ReadFile(assets.Benefits, "benefits/"+name)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		panic(err)
	}
}
