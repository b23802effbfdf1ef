package app

// What can be wrong with a journal.
const (
	JournalBadEntry    Code = "journal.bad_entry"
	JournalChainBroken Code = "journal.chain_broken"
	JournalTooLong     Code = "journal.too_long"    // more than one entry can carry to head office
	JournalPartLost    Code = "journal.part_lost"   // what is personal in an entry is gone or spoiled here
	JournalRowDiffers  Code = "journal.row_differs" // a row is not what its entries say
)
