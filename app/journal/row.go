package journal

import (
	"crypto/sha256"

	"loket/app"
	"loket/app/cose"
)

const rowLabel = "loket/row/1"

// CommitRow is what the order says of an accepted row of a sponsor's list without telling who it is:
// SHA-256("loket/row/1" || salt || CBOR [NIK, name, birth date, village]). The payer holds rows and
// salts.
func CommitRow(salt [16]byte, p app.Person, village string) ([32]byte, error) {
	row, err := cose.Marshal([]string{p.NIK, p.Name, p.BirthDate.ISO(), village})
	if err != nil {
		return [32]byte{}, refused(err)
	}
	h := sha256.New()
	h.Write([]byte(rowLabel))
	h.Write(salt[:])
	h.Write(row)
	return [32]byte(h.Sum(nil)), nil
}

// RowsGivenBody is programme.rows-given: the payer's file was written, with every accepted row of a
// version and its salt.
type RowsGivenBody struct {
	Version uint32 `cbor:"1,keyasint"`
	Rows    int    `cbor:"2,keyasint"`
}
