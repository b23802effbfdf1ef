package program

import (
	"context"
	"encoding/json"

	"loket/app"
	"loket/ui/task"
)

// draftForm is what a programme is kept by while somebody is typing it.
const draftForm = "form"

// draftVillages is what decisions about the villages of a programme's lists are kept by.
func draftVillages(scope app.Scope) string { return "villages/" + keyOf(scope[:]) }

// keeper keeps what is unfinished, away from the window: one at a time, and only the newest of each.
type keeper struct {
	uses    Drafts
	by      func() app.Operator
	owner   *task.Owner
	read    bool // the form was read
	busy    bool
	pending []draft
	rests   []func() // told when all is kept
}

type draft struct {
	id   string
	body []byte // nil forgets it
}

type keeping struct {
	keep func(ctx context.Context, by app.Operator, id string, body []byte) error
	by   app.Operator
	draft
}

// put keeps a draft, instead of an older one that still waits.
func (k *keeper) put(id string, body []byte) {
	if k.uses.Keep == nil {
		return
	}
	for i := range k.pending {
		if k.pending[i].id == id {
			k.pending[i].body = body
			return
		}
	}
	k.pending = append(k.pending, draft{id, body})
	k.next()
}

func (k *keeper) next() {
	if k.busy {
		return
	}
	if len(k.pending) == 0 {
		rests := k.rests
		k.rests = nil
		for _, rest := range rests {
			rest()
		}
		return
	}
	in := keeping{k.uses.Keep, k.by(), k.pending[0]}
	k.pending, k.busy = k.pending[1:], true
	task.Run(k.owner, in, func(ctx context.Context, in keeping) (struct{}, error) {
		return struct{}{}, in.keep(ctx, in.by, in.id, in.body)
	}, func(struct{}, error) { // what cannot be kept still stands on the screen
		k.busy = false
		k.next()
	})
}

// Rest goes on when everything that was typed and decided is kept. The screen is not used any more.
func (s *Screen) Rest(then func()) {
	s.drafts.rests = append(s.drafts.rests, then)
	s.drafts.next()
}

// keepForm keeps the form as it stands, or forgets the one that was saved or thrown away.
func (s *Screen) keepForm() {
	if !s.model.Form.Typing {
		s.drafts.put(draftForm, nil)
		return
	}
	if body, err := json.Marshal(s.model.Form); err == nil {
		s.drafts.put(draftForm, body)
	}
}

// restore reads the form that somebody left unfinished, once.
func (s *Screen) restore() {
	if s.drafts.read || s.uses.Drafts.Kept == nil {
		return
	}
	s.drafts.read = true
	in := keeping{by: s.uses.By(), draft: draft{id: draftForm}}
	task.Run(s.drafts.owner, in, func(ctx context.Context, in keeping) (f Form, err error) {
		body, err := s.uses.Drafts.Kept(ctx, in.by, in.id)
		if err != nil || body == nil {
			return f, err
		}
		return f, json.Unmarshal(body, &f)
	}, func(f Form, err error) {
		if err == nil && f.Typing && !s.model.Form.Typing {
			s.model.Form = f
			if s.model.Page == PageList {
				s.show()
			}
		}
	})
}

// goOnTyping opens the form that was begun.
func (s *Screen) goOnTyping() {
	for _, p := range s.model.All {
		if p.Scope == s.model.Form.Scope {
			s.model.Choose(p.Scope)
		}
	}
	s.model.Page, s.model.Err = PageForm, nil
	s.show()
}

// keepVillages keeps what was decided about the villages of this programme's lists.
func (s *Screen) keepVillages() {
	if body, err := json.Marshal(s.model.Import.Decided); err == nil {
		s.drafts.put(draftVillages(s.model.Chosen.Scope), body)
	}
}

// keptVillages reads what was decided about them; it is called away from the window. Without it the
// same decisions are asked for again.
func (s *Screen) keptVillages() func(ctx context.Context) map[string]string {
	kept, by, id := s.uses.Drafts.Kept, s.uses.By(), draftVillages(s.model.Chosen.Scope)
	return func(ctx context.Context) (decided map[string]string) {
		if kept == nil {
			return nil
		}
		body, err := kept(ctx, by, id)
		if err != nil || body == nil || json.Unmarshal(body, &decided) != nil {
			return nil
		}
		return decided
	}
}
