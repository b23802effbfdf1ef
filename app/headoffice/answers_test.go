package headoffice

import (
	"net/http"
	"testing"

	"loket/app"
)

// What is wrong here is never told as the kiosk's mistake: a kiosk waits and sends again after 5xx.
func TestOwnTroubleIsNoRefusal(t *testing.T) {
	for _, code := range []app.Code{
		app.OfficeStoreFull, app.OfficeStoreBusy, app.OfficeStoreUnreached, app.OfficeStoreDamaged, app.OfficeStoreForeign, app.OfficeStoreNewer,
		app.OfficeKeysBroken, app.OfficeNoSerials, app.JournalChainBroken, app.FileUnread, app.FileUnwritten, app.Cancelled, app.Internal,
	} {
		if statusOf(code) < http.StatusInternalServerError {
			t.Error(code, statusOf(code))
		}
	}
	for _, code := range []app.Code{
		app.OfficeUnknownKiosk, app.OfficeRevoked, app.OfficeOtherIdentity, app.OfficeUnknownKey, app.PostMalformed, app.CoseSignature, app.EnrolRefused,
	} {
		if statusOf(code) >= http.StatusInternalServerError {
			t.Error(code, statusOf(code))
		}
	}
}
