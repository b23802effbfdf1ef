package app

// What can be wrong with who somebody is. The first two groups are the closed list of verdicts on
// the rows of a sponsor list; the same codes serve the counter and the commands.
const (
	NIKMissing          Code = "nik_missing"
	NIKLength           Code = "nik_length"
	NIKSuspect          Code = "nik_suspect" // a spreadsheet lost digits
	NIKImpossible       Code = "nik_impossible"
	NameMissing         Code = "name_missing"
	AgeOver             Code = "age_over"
	AgeUnder            Code = "age_under"
	VillageUnknown      Code = "village_unknown"
	DuplicateInList     Code = "duplicate_in_list"
	AlreadyInProgramme  Code = "already_in_programme"
	NotVulnerableWorker Code = "not_vulnerable_worker"
	Deceased            Code = "deceased"
)

// What is only a warning: the law allows it, but a person should look.
const (
	NIKBirthDateDiffers Code = "nik_birth_date_differs"
	NIKSexDiffers       Code = "nik_sex_differs"
	BirthDateFromNIK    Code = "birth_date_from_nik"
	NIKRegionOld        Code = "nik_region_old"
	PhoneShared         Code = "phone_shared"
	PhoneInvalid        Code = "phone_invalid"
	VillageGuessed      Code = "village_guessed"
	OtherPayer          Code = "other_payer"
)

// What can be wrong with a family card number (No. KK).
const (
	FamilyCardLength  Code = "family_card_length"
	FamilyCardSwapped Code = "family_card_swapped" // a NIK stands where the No. KK belongs
)
