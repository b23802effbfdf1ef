package app

// What can be wrong with a journal.
const (
	JournalBadEntry    Code = "journal.bad_entry"
	JournalChainBroken Code = "journal.chain_broken"
	JournalTooLong     Code = "journal.too_long" // more than one entry can carry to head office
)
