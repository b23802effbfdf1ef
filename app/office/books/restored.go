package books

import "time"

// Names of what is counted outside the books too.
const (
	MemberNumbers = "member"
	SerialShards  = "shard"
	KioskNumbers  = "kiosk"
)

// Ahead keeps, outside the books, how far numbers may have been given out. It is told before they are.
type Ahead interface {
	Reached(name string, value int64) error
}

// MayHaveLent says whether a member number is one that was lent after the backup, for all that is known.
func (r Restoration) MayHaveLent(member int64) bool {
	return r.From <= member && member <= r.Numbers[MemberNumbers]
}

// MayHaveOpened is the same of a shard of serials: none is opened up to there any more.
func (r Restoration) MayHaveOpened(shard uint32) bool { return int64(shard) <= r.Numbers[SerialShards] }

// Backup says what a backup of the books holds. It is its first file, office.backup, as JSON.
type Backup struct {
	Made       time.Time         `json:"made"`
	Engine     string            `json:"engine"`     // sqlite, postgres
	Migrations int               `json:"migrations"` // how many the tables have
	Rows       map[string]int64  `json:"rows"`       // of each table
	Files      map[string]string `json:"files"`      // SHA-256 of each file, hexadecimal
	Keys       bool              `json:"keys"`       // head office's keys are in it
}

// Restoration is what books are told that come out of a backup.
type Restoration struct {
	Made    time.Time        `json:"made"`    // when the backup was
	At      time.Time        `json:"at"`      // when it was restored
	Numbers map[string]int64 `json:"numbers"` // nothing up to these is given out again
	From    int64            `json:"from"`    // member numbers from here to Numbers may have been lent after the backup
	Done    bool             `json:"done"`    // the feeds were begun anew
}
