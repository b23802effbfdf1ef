package headoffice

import (
	"context"

	"loket/app"
	"loket/app/office/books"
	"loket/app/vault"
)

// Recover answers a kiosk's request for its data key, by the word of two people with accounts of
// their own. Recovery is head office's recovery key (32 private bytes), which may rest elsewhere.
// The own journal says who answered before the answer exists.
func (o *Office) Recover(ctx context.Context, r vault.RecoveryRequest, recovery []byte, first, second string) ([]byte, error) {
	if first == "" || second == "" || first == second {
		return nil, app.Fail(app.OfficeTwoPeople)
	}
	chain, err := o.store.Chain(ctx, r.Chain)
	if err != nil {
		return nil, err
	}
	if chain.Stopped() != "" || !chain.Current {
		return nil, app.Fail(app.OfficeRevoked)
	}
	answer, err := vault.AnswerRecovery(recovery, r)
	if err != nil {
		return nil, err
	}
	word := books.RecoveryWord{Chain: r.Chain, First: first, Second: second, Code: r.Code(), At: o.clock.Now()}
	return answer, o.store.NoteRecovery(ctx, word)
}
