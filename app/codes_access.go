package app

// Codes of signing in and of what an operator may do.
const (
	AccessPINWrong    Code = "access.pin_wrong"
	AccessPINWait     Code = "access.pin_wait"
	AccessPINSame     Code = "access.pin_same"
	AccessUnknown     Code = "access.unknown"
	AccessNameMissing Code = "access.name_missing"
	AccessRoleUnknown Code = "access.role_unknown"
	AccessTokenLate   Code = "access.token_late"
	AccessRestricted  Code = "access.restricted"
	AccessNotInRole   Code = "access.not_in_role"
	AccessNotInPass   Code = "access.not_in_pass"
	AccessSignedOut   Code = "access.signed_out"
	AccessLastOne     Code = "access.last_supervisor"
	AccessKeyMissed   Code = "access.key_missed"
	AccessOwnPIN      Code = "access.own_pin"
)
