package app

// Codes of the vault: PINs, keys, and what they lock.
const (
	VaultLocked      Code = "vault.locked"
	VaultPINWrong    Code = "vault.pin_wrong"
	VaultPINShort    Code = "vault.pin_short"
	VaultPINLong     Code = "vault.pin_long"
	VaultPINDigits   Code = "vault.pin_digits"
	VaultPINCommon   Code = "vault.pin_common"
	VaultSlotBroken  Code = "vault.slot_broken"
	VaultUnreadable  Code = "vault.unreadable"
	VaultRecoveryKey Code = "vault.recovery_key"

	VaultNoRecovery      Code = "vault.no_recovery"
	VaultRecoveryRequest Code = "vault.recovery_request"
	VaultRecoveryAnswer  Code = "vault.recovery_answer"
	VaultTampered        Code = "vault.tampered"
	VaultMachineWrong    Code = "vault.machine_wrong"
)
