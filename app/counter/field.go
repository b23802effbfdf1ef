package counter

import (
	"slices"

	"loket/app/scheme"
)

// Field names one field of the form: in drafts, in problems and on the screen. Its label is
// field.<name>.
type Field = scheme.Field

// The fields that the form parts further than the rules of the scheme do.
const (
	RT             Field = "rt"
	RW             Field = "rw"
	Source         Field = "source"
	Through        Field = "through" // reached through whom, without a phone
	BankName       Field = "bank_name"
	BankAccount    Field = "bank_account"
	BankHolder     Field = "bank_holder"
	FamilyName     Field = "family_name"
	FamilyRelation Field = "family_relation"
	FamilyPhone    Field = "family_phone"
)

// numbers are the fields of digits, and of the marks that part them in dates and in RT/RW.
var numbers = []Field{
	scheme.FieldNIK, scheme.FieldFamilyCard, scheme.FieldBirthDate, scheme.FieldPhone, scheme.FieldIncome,
	RT, RW, BankAccount, FamilyPhone,
}

// Numeric says whether only digits are typed into a field: fingers get a pad of digits for it.
func Numeric(f Field) bool { return slices.Contains(numbers, f) }

// PayerName is the paying person, agency or firm.
const PayerName = scheme.FieldPayerName

// OnPaper marks, in the draft alone, that the person signs the archive sheet instead of the screen.
const OnPaper Field = "archive_sheet"
