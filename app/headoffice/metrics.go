package headoffice

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"loket/app"
	"loket/app/office/books"
)

// metrics count what this process did.
type metrics struct {
	registry    *prometheus.Registry
	batches     prometheus.Counter
	attachments prometheus.Counter
	enrolled    prometheus.Counter
	objects     prometheus.Counter
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
		objects:     counter("objects_total", "Published objects handed out, whole or as changes."),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "loket", Name: "refused_total", Help: "Requests of kiosks that were refused.",
		}, []string{"code"}),
	}
	m.registry.MustRegister(m.batches, m.attachments, m.enrolled, m.objects, m.refused,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// alarmGauge tells each alarm of the first page to who watches by machine, by its code alone.
type alarmGauge struct{ office *Office }

var alarmDesc = prometheus.NewDesc("loket_alarms", "What head office must not leave standing, by code.", []string{"code"}, nil)

// Describe names the gauge.
func (alarmGauge) Describe(to chan<- *prometheus.Desc) { to <- alarmDesc }

// Collect asks anew at each scrape. Books that do not answer are an alarm too.
func (g alarmGauge) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	alarms, err := g.office.Alarms(ctx)
	if err != nil {
		alarms = append(alarms, books.Alarm{Code: app.CodeOf(err)})
	}
	counts := map[app.Code]int{}
	for _, a := range alarms {
		counts[a.Code]++
	}
	for code, n := range counts {
		to <- prometheus.MustNewConstMetric(alarmDesc, prometheus.GaugeValue, float64(n), string(code))
	}
}
