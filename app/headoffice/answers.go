package headoffice

import (
	"encoding/json"
	"errors"
	"net/http"

	"loket/app"
)

// Refusal is the body of an answer that is not 200: the code, whose sentences every program has.
type Refusal struct {
	Code app.Code `json:"code"`
}

var statuses = map[app.Code]int{
	app.OfficeUnknownKiosk:   http.StatusForbidden,
	app.OfficeRevoked:        http.StatusForbidden,
	app.OfficeSuspended:      http.StatusForbidden,
	app.OfficeKeyUsed:        http.StatusForbidden,
	app.OfficeOtherPath:      http.StatusForbidden,
	app.PostOtherKiosk:       http.StatusForbidden,
	app.EnrolRefused:         http.StatusForbidden,
	app.TokenExpired:         http.StatusForbidden,
	app.OfficeTokenUsed:      http.StatusForbidden,
	app.OfficeOtherIdentity:  http.StatusConflict,
	app.OfficeTooMuch:        http.StatusRequestEntityTooLarge,
	app.PostTooBig:           http.StatusRequestEntityTooLarge,
	app.OfficeTooFarAhead:    http.StatusConflict,
	app.OfficeFileUnnamed:    http.StatusTooEarly,
	app.OfficeFilesToday:     http.StatusForbidden,
	app.OfficeFileLate:       http.StatusForbidden,
	app.OfficeFileTooBig:     http.StatusRequestEntityTooLarge,
	app.PostTooLarge:         http.StatusRequestEntityTooLarge,
	app.OfficeTooMany:        http.StatusTooManyRequests,
	app.OfficeUnknownKey:     http.StatusUnprocessableEntity,
	app.NotFound:             http.StatusNotFound,
	app.OfficeStoreFull:      http.StatusInsufficientStorage,
	app.OfficeStoreBusy:      http.StatusServiceUnavailable,
	app.OfficeStoreUnreached: http.StatusServiceUnavailable,
	app.OfficeStoreUnsure:    http.StatusServiceUnavailable,
	app.OfficeStoreAlone:     http.StatusServiceUnavailable,
	app.OfficeStoreRefused:   http.StatusServiceUnavailable,
	app.OfficeStoreDamaged:   http.StatusInternalServerError,
	app.OfficeStoreForeign:   http.StatusInternalServerError,
	app.OfficeStoreNewer:     http.StatusInternalServerError,
	app.FileUnread:           http.StatusInternalServerError,
	app.FileUnwritten:        http.StatusInternalServerError,
	app.WrongUse:             http.StatusInternalServerError,
	app.OfficeKeysBroken:     http.StatusInternalServerError,
	app.OfficeNoSerials:      http.StatusInternalServerError,
	app.JournalChainBroken:   http.StatusInternalServerError,
	app.Cancelled:            http.StatusServiceUnavailable,
	app.Internal:             http.StatusInternalServerError,
}

// statusOf is the HTTP status of an error; what is not listed is the sender's mistake.
func statusOf(code app.Code) int {
	if status, ok := statuses[code]; ok {
		return status
	}
	return http.StatusBadRequest
}

func (k *kiosks) refuse(w http.ResponseWriter, r *http.Request, err error) {
	code := app.CodeOf(err)
	status := statusOf(code)
	k.count.refused.WithLabelValues(string(code)).Inc()
	level := k.office.log.Warn
	if status >= 500 {
		level = k.office.log.Error
	}
	level("refused", "method", r.Method, "path", r.URL.Path, "status", status, "code", code, "error", err)
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(Refusal{code}); err != nil {
		k.office.log.Debug("answer lost", "error", err)
	}
}

func asError[T error](err error, target *T) bool { return errors.As(err, target) }
