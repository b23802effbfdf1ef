package app

// What can be wrong with a journal.
const (
	JournalBadEntry    Code = "journal.bad_entry"
	JournalChainBroken Code = "journal.chain_broken"
)
