package journal

// ReferredBody is registration.referred: somebody whom the counter sent elsewhere.
type ReferredBody struct {
	Why string `cbor:"1,keyasint"` // construction, migrant, former
}

// ReferredPart is who that was, as far as it was told.
type ReferredPart struct {
	Name  string `cbor:"1,keyasint,omitempty"`
	Phone string `cbor:"2,keyasint,omitempty"`
}

// LeadBody is lead.employer: a small employer that wants to register its workers.
type LeadBody struct {
	Workers int `cbor:"1,keyasint"`
}

// LeadPart is the employer.
type LeadPart struct {
	Name    string   `cbor:"1,keyasint"`
	NPP     string   `cbor:"2,keyasint,omitempty"`
	Contact string   `cbor:"3,keyasint,omitempty"`
	Phone   string   `cbor:"4,keyasint,omitempty"`
	Address string   `cbor:"5,keyasint,omitempty"`
	Names   []string `cbor:"6,keyasint,omitempty"` // of workers
}
