package custody

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/app"
)

func TestWhatAHandoverNeeds(t *testing.T) {
	hash := [32]byte{1}
	signature := []app.Evidence{{Kind: "signature", Hash: [32]byte{2}, Size: 5}}
	tests := map[string]struct {
		form     Form
		demanded app.EvidenceLevel
		want     app.Code
	}{
		"nothing":                        {Form{}, 1, app.HandoverNotScanned},
		"typed and not scanned":          {Form{Serial: 1, Receiver: app.ReceiverHolder}, 1, app.HandoverNotScanned},
		"nobody chosen":                  {Form{Serial: 1, Hash: hash}, 1, app.HandoverNoReceiver},
		"somebody unknown":               {Form{Serial: 1, Hash: hash, Receiver: "neighbour"}, 1, app.HandoverNoReceiver},
		"the holder":                     {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverHolder}, 1, ""},
		"family without a name":          {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverFamily, Name: " - ", Relation: "child"}, 1, app.HandoverNoName},
		"family without a relation":      {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverFamily, Name: "ABDUL"}, 1, app.HandoverNoRelation},
		"family":                         {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverFamily, Name: "ABDUL", Relation: "child"}, 1, ""},
		"a proxy without a name":         {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverProxy}, 1, app.HandoverNoName},
		"a proxy":                        {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverProxy, Name: "ABDUL"}, 1, ""},
		"evidence asked and not there":   {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverHolder}, 2, app.HandoverNoEvidence},
		"evidence asked and there":       {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverHolder, Evidence: signature}, 2, ""},
		"level 3 is more than we can do": {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverHolder, Evidence: signature}, 3, app.HandoverNoEvidence},
		"a picture of something else":    {Form{Serial: 1, Hash: hash, Receiver: app.ReceiverHolder, Evidence: []app.Evidence{{Kind: "ektp"}}}, 1, app.HandoverEvidenceUnknown},
	}
	for name, tt := range tests {
		if got := app.CodeOf(tt.form.Missing(tt.demanded)); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func FuzzParked(f *testing.F) {
	f.Add([]byte{0xa2, 1, 1, 2, 0x40})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		form, err := decodeForm(b)
		if err != nil && (app.CodeOf(err) != app.ParkedUnreadable || !cmp.Equal(form, Form{})) {
			t.Error(form, err)
		}
	})
}
