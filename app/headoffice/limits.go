package headoffice

import (
	"net/http"
	"net/netip"
	"sync"

	"golang.org/x/time/rate"

	"loket/app"
	"loket/app/headoffice/console"
)

// Rates: a kiosk sends seldom, but catches up fast after days without a line; behind one address a
// whole branch may stand.
const (
	kioskRate, kioskBurst     = 20, 200
	addressRate, addressBurst = 100, 1000
	maxWatched                = 20_000 // before limiters are forgotten
)

// limits slow down whoever asks too much. They guard this process alone, so they live in memory.
type limits struct {
	mu        sync.Mutex
	kiosks    map[app.Kiosk]*rate.Limiter
	addresses map[netip.Prefix]*rate.Limiter
}

func newLimits() *limits {
	return &limits{kiosks: map[app.Kiosk]*rate.Limiter{}, addresses: map[netip.Prefix]*rate.Limiter{}}
}

func allow[K comparable](l *limits, of map[K]*rate.Limiter, key K, per rate.Limit, burst int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter, ok := of[key]
	if !ok {
		if len(of) >= maxWatched {
			for old := range of { // some one: clearing all would give everybody a fresh start
				delete(of, old)
				break
			}
		}
		limiter = rate.NewLimiter(per, burst)
		of[key] = limiter
	}
	return limiter.Allow()
}

func (l *limits) kiosk(k app.Kiosk) bool {
	return allow(l, l.kiosks, k, kioskRate, kioskBurst)
}

func (l *limits) address(r *http.Request) bool {
	return allow(l, l.addresses, console.Caller(r), addressRate, addressBurst)
}

// perAddress answers 429 to an address that asks too much.
func (l *limits) perAddress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !l.address(r) {
			w.Header().Set("Retry-After", "5")
			http.Error(w, string(app.OfficeTooMany), http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(w, r)
	})
}
