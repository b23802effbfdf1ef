package headoffice

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"loket/app"
)

// Running is a head office that answers on its listeners.
type Running struct {
	Office       *Office
	ConsoleURL   string // http://127.0.0.1:8080; "" when nothing listens for the console
	PageURL      string // of the verify page
	KioskAddress string // what enrolment tokens name: https://127.0.0.1:8443
	Admin        string // the first account's password, only when this start made it

	servers []*http.Server
	stop    context.CancelFunc
	done    sync.WaitGroup
}

// Start opens the listeners and serves until Stop.
func Start(ctx context.Context, c Config) (*Running, error) {
	o, err := Open(ctx, c)
	if err != nil {
		return nil, err
	}
	if c.Public.Cert != "" || c.Public.Key != "" {
		if o.tls, err = openTLS(c.Public.Cert, c.Public.Key); err != nil {
			return nil, err
		}
	}
	doors, err := openDoors(c.Listen, c.Public, o.tls)
	if err != nil {
		return nil, err
	}
	private, err := listen(c.KioskListen)
	if err != nil {
		return nil, errors.Join(err, closeDoors(doors))
	}
	r := &Running{Office: o, ConsoleURL: consoleURL(doors), PageURL: doors[0].url, KioskAddress: c.KioskAddress}
	if r.KioskAddress == "" {
		r.KioskAddress = "https://" + private.Addr().String()
	}
	if err := r.open(ctx, c, doors, private); err != nil {
		return nil, errors.Join(err, closeDoors(doors), private.Close())
	}
	return r, nil
}

// open prepares everything and begins to answer.
func (r *Running) open(ctx context.Context, c Config, doors []*door, private net.Listener) error {
	if err := errors.Join(r.prepare(ctx, c), r.Office.tellAlarms(ctx)); err != nil {
		return err
	}
	o, kick, orders := r.Office, make(chan struct{}, 1), make(chan struct{}, 1)
	limits, count := newLimits(), newMetrics()
	count.registry.MustRegister(alarmGauge{o})
	front, err := o.front(c, r.KioskAddress, count, kicker(kick), kicker(orders))
	if err != nil {
		return err
	}
	live, stop := context.WithCancel(context.WithoutCancel(ctx))
	r.stop = stop
	trusted := proxies(c.Public.Trusted)
	for _, d := range doors {
		r.serve(d.listener, trusted.behind(limits.perAddress(front.handler(d))))
	}
	api := &kiosks{o, limits, count, kicker(kick)}
	r.serve(tls.NewListener(private, o.keys.tlsConfig()), api.Handler())
	r.done.Go(func() { o.publisher(live, kick) })
	r.done.Go(func() { o.orderly(live, orders, kicker(kick)) })
	return nil
}

// prepare leaves what commands beside the server need, makes the first account and publishes, so
// that the lists are there with the first answer.
func (r *Running) prepare(ctx context.Context, c Config) (err error) {
	if err := r.Office.leaveSite(ctx, r.KioskAddress); err != nil {
		return err
	}
	if r.Admin, err = r.Office.firstAccount(ctx, c.PasswordFile); err != nil {
		return err
	}
	return r.Office.Publish(ctx)
}

func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, &app.Error{Code: app.OfficeAddress, Args: app.Args{"address": address}, Op: "headoffice.listen", Err: err}
	}
	return l, nil
}

func kicker(kick chan<- struct{}) func() {
	return func() {
		select {
		case kick <- struct{}{}:
		default:
		}
	}
}

func (r *Running) serve(l net.Listener, h http.Handler) {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 20 * time.Second, ReadTimeout: 10 * time.Minute, // 64 kbit/s and 4 batches
		WriteTimeout: 10 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(r.Office.log.Handler(), slog.LevelDebug),
	}
	r.servers = append(r.servers, s)
	r.done.Go(func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			r.Office.log.Error("listener ended", "error", err)
		}
	})
}

// Stop answers what is being asked, then ends. The store is the caller's to close.
func (r *Running) Stop(ctx context.Context) error {
	var errs error
	for _, s := range r.servers {
		errs = errors.Join(errs, s.Shutdown(ctx))
	}
	r.stop()
	r.done.Wait()
	return app.Wrap("headoffice.Stop", app.Internal, errs)
}
