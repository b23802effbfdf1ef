package headoffice

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics count what this process did.
type metrics struct {
	registry    *prometheus.Registry
	batches     prometheus.Counter
	attachments prometheus.Counter
	enrolled    prometheus.Counter
	refused     *prometheus.CounterVec
}

func newMetrics() *metrics {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Namespace: "loket", Name: name, Help: help})
	}
	m := &metrics{
		registry:    prometheus.NewRegistry(),
		batches:     counter("batch_requests_total", "Requests whose batches were taken in, repeats included."),
		attachments: counter("attachments_total", "Attachments taken in, repeats included."),
		enrolled:    counter("enrolments_total", "Enrolment requests answered."),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "loket", Name: "refused_total", Help: "Requests of kiosks that were refused.",
		}, []string{"code"}),
	}
	m.registry.MustRegister(m.batches, m.attachments, m.enrolled, m.refused,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
