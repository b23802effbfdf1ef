package books

// Durability is what a commit of the books survives.
type Durability struct {
	Engine   string // sqlite, postgres
	Sure     bool   // a receipt waits for as much as this engine can give
	Commit   string // PostgreSQL's synchronous_commit
	Standbys string // its synchronous_standby_names
}
