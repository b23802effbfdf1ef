package app

// What head office can answer to a kiosk.
const (
	OfficeUnknownKiosk  Code = "headoffice.unknown_kiosk"
	OfficeRevoked       Code = "headoffice.revoked"
	OfficeTwoPeople     Code = "headoffice.two_people"
	OfficeAccountTaken  Code = "headoffice.account_taken"
	OfficeOtherPath     Code = "headoffice.other_path"
	OfficeOtherIdentity Code = "headoffice.other_identity"
	OfficeTooMany       Code = "headoffice.too_many"
	OfficeTooMuch       Code = "headoffice.too_much"
	OfficeTokenUsed     Code = "headoffice.token_used"
	OfficeUnknownKey    Code = "headoffice.unknown_key"
	OfficeTooFarAhead   Code = "headoffice.too_far_ahead"
	OfficeFileUnnamed   Code = "headoffice.attachment_unnamed" // no entry that arrived names it: the kiosk keeps it for later
	OfficeFileLate      Code = "headoffice.attachment_late"
	OfficeFileTooBig    Code = "headoffice.attachment_too_big"
	OfficeFilesToday    Code = "headoffice.attachments_today"
	OfficeAnswersToday  Code = "headoffice.answers_today" // why a question waits for a person
	OfficeSuspended     Code = "headoffice.suspended"
	OfficeNotSuspended  Code = "headoffice.not_suspended"
	OfficeKeyUsed       Code = "headoffice.key_used"
)

// Why head office set an entry aside.
const (
	OfficeKindUnknown     Code = "headoffice.kind_unknown"
	OfficeBodyBad         Code = "headoffice.body_bad"
	OfficePartMissing     Code = "headoffice.part_missing"
	OfficeSerialNotLeased Code = "headoffice.serial_not_leased"
	OfficeMemberNotLeased Code = "headoffice.member_not_leased"
	OfficeNoRegistration  Code = "headoffice.no_registration"
	OfficeNoCard          Code = "headoffice.no_card"
	OfficeAttestationBad  Code = "headoffice.attestation_bad"
)

// Why the trust list leaves a key out.
const (
	OfficeKeyWindow  Code = "headoffice.key_window"
	OfficeKeyTooMany Code = "headoffice.key_too_many"
)

// What head office decided about a registration.
const (
	OfficeNIKTaken  Code = "headoffice.nik_taken"
	OfficeSameHuman Code = "headoffice.same_person"
	OfficeNotFit    Code = "headoffice.not_eligible"
)

// What can be wrong with head office's own keys, database and console.
const (
	OfficeStoreFull      Code = "headoffice.store_full"
	OfficeStoreDamaged   Code = "headoffice.store_damaged"
	OfficeStoreForeign   Code = "headoffice.store_foreign"
	OfficeStoreNewer     Code = "headoffice.store_newer"
	OfficeStoreBusy      Code = "headoffice.store_busy"
	OfficeStoreUnknown   Code = "headoffice.store_unknown"
	OfficeStoreRefused   Code = "headoffice.store_refused"
	OfficeStoreUnsure    Code = "headoffice.store_unsure"
	OfficeStoreAlone     Code = "headoffice.store_alone"
	OfficeBackupThere    Code = "headoffice.backup_there"
	OfficeRestoreThere   Code = "headoffice.restore_there"
	OfficeRestoreRunning Code = "headoffice.restore_running"
	OfficeRestoreKeys    Code = "headoffice.restore_keys"
	OfficeRestoreNumbers Code = "headoffice.restore_numbers"
	OfficeGap            Code = "headoffice.gap"
	OfficeNumbersTwice   Code = "headoffice.numbers_twice"
	OfficeAskedAgain     Code = "headoffice.asked_again"
	OfficeStoreUnreached Code = "headoffice.store_unreached"
	OfficeKeysBroken     Code = "headoffice.keys_broken"
	OfficeKeysOpen       Code = "headoffice.keys_open"
	OfficeKeysDiffer     Code = "headoffice.keys_differ"
	OfficeKeysEnded      Code = "headoffice.keys_ended"
	OfficeKeysEndSoon    Code = "headoffice.keys_end_soon"
	OfficeRootAway       Code = "headoffice.root_away"
	OfficeRootRequest    Code = "headoffice.root_request"
	OfficeAddress        Code = "headoffice.address_taken"
	OfficeWrongPassword  Code = "headoffice.wrong_password"
	OfficeFormOld        Code = "headoffice.form_old"
	OfficeNoSerials      Code = "headoffice.no_serials"
	OfficeNotPractice    Code = "headoffice.not_practice"
	OfficeHostBad        Code = "headoffice.host_bad"
	OfficeDecided        Code = "headoffice.already_decided"
)
