package app

// Codes of the kiosk's own database and files.
const (
	StorageNewer     Code = "storage.newer"
	StorageDamaged   Code = "storage.damaged"
	StorageFull      Code = "storage.full"
	StorageReadOnly  Code = "storage.readonly"
	StorageBusy      Code = "storage.busy"
	StorageFailing   Code = "storage.failing"
	StorageForeign   Code = "storage.foreign"
	StorageEmpty     Code = "storage.not_begun"
	StorageBegun     Code = "storage.begun"
	StorageMigration Code = "storage.migration"
	StorageBlob      Code = "storage.blob_missing"
	StorageSecret    Code = "storage.secret"
	StorageNotNext   Code = "storage.not_next" // a token is not for the life after this one
	StorageBehind    Code = "storage.behind"   // traces tell of more than the database holds
	BackupBad        Code = "backup.bad"
)
